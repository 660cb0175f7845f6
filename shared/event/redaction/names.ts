/** The lists of names, folded: lower case, letters and digits only. */

import type { Kind } from './marker.ts';

/** A name that ends in one of these holds a secret: `AdminPassword`, `X-Amz-Security-Token`, `DB_PASSWORD`. */
export const ENDINGS: readonly [Kind, readonly string[]][] = [
  ['password', ['password', 'passwords', 'passwd', 'pwd', 'passphrase', 'passcode', 'psk']],
  ['token', ['token', 'tokens', 'sessionkey', 'csrfcode', 'usersig', 'samlassertion', 'jwt']],
  ['token', ['verifycode', 'verificationcode', 'mfacode', 'smscode', 'otpcode', 'loginticket']],
  ['secret', ['secret', 'secrets', 'secretstring', 'secretbinary']],
  [
    'key',
    ['secretkey', 'secretkeys', 'privatekey', 'privatekeys', 'accesskey', 'apikey', 'appkey', 'authkey'],
  ],
  ['key', ['clientkey', 'encryptionkey', 'encryptkey', 'decryptkey', 'signingkey', 'signkey', 'masterkey']],
  ['key', ['presharedkey', 'presharekey', 'sharedkey', 'hmackey', 'aeskey', 'callbackkey', 'keymaterial']],
  ['signature', ['signature', 'signatures']],
  ['authorization', ['authorization']],
  ['credential', ['credential', 'credentials', 'kubeconfig', 'kubeconfigs']],
  ['cookie', ['cookie', 'cookies']],
  ['userdata', ['userdata', 'userscript', 'startupscript']],
  ['url', ['vncurl']],
];

/** Too short or too common to count as an ending. */
export const WHOLE_NAMES: readonly [Kind, readonly string[]][] = [
  [
    'password',
    ['pass', 'psw', 'dbpass', 'userpass', 'rootpass', 'adminpass', 'mysqlpass', 'redispass', 'sshpass'],
  ],
  ['token', ['skey', 'pskey', 'lskey', 'ticket', 'otp']],
  ['signature', ['sig', 'sign']],
  ['authorization', ['auth']],
  ['key', ['plaintext']],
];

/** Tokens that page through a list, recognise a retry or count words: they open nothing. */
export const OPEN_TOKENS =
  /(?:(?:client|clientrequest|next|page|prev|previous|pagination|continuation|continue|creation|idempotency)token|(?:max|min|total|input|output|prompt|completion)tokens)$/;

/** Said after a name without changing what it holds: `PasswordNew`, `TokenValue`, `client-key-data`, `Password2`. */
export const TAIL =
  /(?:value|data|text|string|content|plain|base64|new|old|confirmation|confirmed|confirm|again|repeat|hash|encrypted|\d)+$/;

/** Endings of names that stay readable inside something secret. */
export const PUBLIC =
  /(?:ids?|uin|uid|arn|name|time|date|expiration|expires?|status|state|type|code|region|version|count|flag)$/;

/** Where a pair has its name: `{ Key: 'password', Value: '…' }`. */
export const NAMING: ReadonlySet<string> = new Set(
  `key name k paramname parametername paramkey parameterkey fieldname field variable variablename varname envname
  header headername headerkey tagkey attribute`.split(/\s+/),
);

/** Where a pair has its value. */
export const VALUED: ReadonlySet<string> = new Set(
  `value values v val currentvalue paramvalue parametervalue fieldvalue newvalue oldvalue defaultvalue variablevalue
  envvalue headervalue tagvalue data content text`.split(/\s+/),
);
