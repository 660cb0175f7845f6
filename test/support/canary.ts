/** Records with a canary, a string found nowhere else, in each place where a record may hold a secret. */

import type { Json } from '../../shared/event/event.ts';

export type JsonObject = { [key: string]: Json };

export interface Planted {
  /** The record, or a text that holds it. */
  record: Json;
  canary: string;
  /** What was planted where, to be read in a failing test. */
  where: string;
}

/** Names of fields that hold a secret, in the cases and with the separators that occur. */
export const SECRET_FIELDS = [
  'token,Token,skey,p_skey,password,Passwd,PWD,AdminPassword,NewPassword,rootPassword,Password2,DB_PASSWORD',
  'LoginToken,X-Amz-Security-Token,accessToken,refresh_token,TokenValue,csrfCode,sessionKey,userSig',
  'secret,SecretKey,secret_key,Secret-Key,SECRETKEY,ApiKeySecret,clientSecret,SecretString,PreShareKey',
  'privateKey,private key,CertificatePrivateKey,MasterAuthKey,client-key-data,Kubeconfig,Credential',
  'signature,Authorization,Cookie,UserData',
].flatMap((line) => line.split(','));

/** Texts that hold a secret, whatever field they stand in. */
const TEXTS: Record<string, (canary: string) => string> = {
  pem: (c) => `-----BEGIN RSA PRIVATE KEY-----\nMIIE${c}\n-----END RSA PRIVATE KEY-----\n`,
  jwt: (c) => `id eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${c} end`,
  bearer: (c) => `curl -H "X: Bearer ${c}" https://example.com/`,
  basic: (c) => `X: Basic ${base64(`admin:${c}`)}`,
  tc3: (c) =>
    `TC3-HMAC-SHA256 Credential=AKIDexample0123456789/2026-01-31/cvm/tc3_request, SignedHeaders=host, Signature=${c}`,
  'signed url': (c) => `https://b-1250000000.cos.ap-guangzhou.myqcloud.com/a?q-ak=AKIDx&q-signature=${c}&x=1`,
  'amazon url': (c) => `https://example.com/a?X-Amz-Date=20260131&X-Amz-Signature=${c}`,
  'token in url': (c) => `see https://example.com/a?b=1&x-cos-security-token=${c}#top`,
  'password in url': (c) => `mysql://root:${c}@10.0.0.1:3306/db`,
  'redirect in url': (c) =>
    `https://example.com/?to=${encodeURIComponent(`https://example.com/?token=${c}`)}&b=1`,
  webhook: (c) => `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${c}`,
  form: (c) => `user=bob&password=${c}&remember=1`,
  ini: (c) => `[client]\nuser = root\npassword = ${c} ${c}\nport = 3306`,
  environment: (c) => `MYSQL_PWD=${c} mysqldump -u root db`,
  flag: (c) => `mysqldump --user root --password ${c} db`,
  'flag with equals': (c) => `mysqldump --password='${c}' db`,
  yaml: (c) => `users:\n- name: admin\n  user:\n    token: ${c}\n    name: x`,
  'yaml block': (c) => `kind: Secret\nstringData:\n  password: |\n    ${c}\n  user: bob`,
  kubeconfig: (c) => `users:\n- user:\n    client-key-data: ${base64(c)}`,
  sql: (c) => `CREATE USER 'a'@'%' IDENTIFIED BY '${c}'`,
  'quoted text': (c) => `params: {'password': '${c}', 'user': 'bob'}`,
  'flattened pair': (c) => `Env.0.Key=DB_PASSWORD&Env.0.Value=${c}`,
  'percent-encoded JSON': (c) => `body=${encodeURIComponent(JSON.stringify({ Password: c }))}`,
  'base64 script': (c) => `echo ${base64(`#!/bin/sh\nexport DB_PASSWORD=${c}\n`)} | base64 -d | sh`,
  'url-safe base64': (c) =>
    base64(JSON.stringify({ Password: c, note: '???>>>' }))
      .replaceAll('+', '-')
      .replaceAll('/', '_'),
  'base64 in base64': (c) => base64(`data: ${base64(`token=${c}; user=bob; home=/root`)}`),
};

/** Objects that hold a secret under names that say little, and whether a cut text still shows it. */
const OBJECTS: Record<string, { make: (canary: string) => JsonObject; showsWhenCut: boolean }> = {
  pair: { make: (c) => ({ Variables: [{ Key: 'DB_PASSWORD', Value: c }] }), showsWhenCut: true },
  'pair, value first': {
    make: (c) => ({ Params: [{ CurrentValue: c, Name: 'requirepass_password' }] }),
    showsWhenCut: false,
  },
  'nested secret': {
    make: (c) => ({ Credentials: { TmpSecretId: 'AKIDexample0123456789', First: [c] } }),
    showsWhenCut: true,
  },
  'login settings': {
    make: (c) => ({ LoginSettings: { KeyIds: ['skey-0example'], Password: c } }),
    showsWhenCut: true,
  },
  'login settings as text': { make: (c) => ({ LoginSettings: `Password is ${c}` }), showsWhenCut: true },
  'user data': { make: (c) => ({ UserData: base64(`echo ${c}`) }), showsWhenCut: true },
  arguments: { make: (c) => ({ Command: ['mysql', '--password', c] }), showsWhenCut: true },
  command: { make: (c) => ({ CommandName: 'x', Content: base64(`echo ${c}`) }), showsWhenCut: true },
};

/** Actions whose answers hold a secret whatever its field is called. */
const HANDING_OUT = ['AssumeRole', 'GetFederationToken', 'CreateAccessKey', 'CreateApiKey', 'GetProjectKey'];

/** Gives variants of a record, each with one canary. The same seed gives the same canaries. */
export function plantCanaries(base: JsonObject, seed: number): Planted[] {
  const random = mulberry(seed);
  const planted: Planted[] = [];

  function plant(where: string, make: (canary: string) => Json): void {
    const canary = `Canary${randomText(random, 18)}`;
    planted.push({ record: make(canary), canary, where });
  }

  function plantInRecords(what: string, make: (canary: string) => JsonObject, showsWhenCut = true): void {
    plant(what, make);
    plant(`${what}, as text`, (canary) => JSON.stringify(make(canary)));
    plant(`${what}, in an API item`, (canary) => ({
      EventId: '1',
      Username: 'root',
      CloudAuditEvent: JSON.stringify(make(canary)),
    }));
    plant(`${what}, in an envelope`, (canary) => ({ specversion: '1.0', data: make(canary) }));
    plant(`${what}, cut behind`, (canary) => JSON.stringify(make(canary)).slice(0, -1));
    if (!showsWhenCut) return;
    plant(`${what}, cut inside`, (canary) => cutInside(JSON.stringify(make(canary)), canary, random));
    plant(`${what}, in an API item, cut inside`, (canary) =>
      cutInside(JSON.stringify({ CloudAuditEvent: JSON.stringify(make(canary)) }), canary, random),
    );
  }

  function plantAtLevels(what: string, make: (canary: string) => JsonObject, showsWhenCut = true): void {
    for (let level = 0; level <= 4; level += 1) {
      plantInRecords(
        `${what} at level ${level}`,
        (canary) => hideAt(base, make(canary), level),
        showsWhenCut,
      );
    }
  }

  for (const field of SECRET_FIELDS) plantAtLevels(field, (canary) => ({ [field]: canary }));
  for (const [what, { make, showsWhenCut }] of Object.entries(OBJECTS))
    plantAtLevels(what, make, showsWhenCut);
  for (const [what, make] of Object.entries(TEXTS)) {
    plantAtLevels(what, (canary) => ({ Note: make(canary) }));
    plant(`${what}, bare`, make);
  }
  for (const eventName of HANDING_OUT) {
    const named = { ...base, eventName };
    plantInRecords(`answer of ${eventName}`, (canary) => ({
      ...named,
      responseElements: { Given: [canary] },
    }));
    plantInRecords(`answer of ${eventName} as text`, (canary) => ({
      ...named,
      responseElements: JSON.stringify({ Response: { Given: canary, RequestId: '1' } }),
    }));
    plantInRecords(`answer of ${eventName}, dotted`, (canary) => ({
      ...named,
      'responseElements.Given': canary,
    }));
  }
  plantInRecords('script of a command', (canary) => ({
    ...base,
    eventName: 'RunCommand',
    requestParameters: JSON.stringify({ Content: base64(`echo ${canary}`) }),
  }));
  plantInRecords('dotted token', (canary) => ({ ...base, 'userIdentity.sessionContext.token': canary }));
  plantInRecords('dotted part', (canary) => ({ ...base, 'responseElements.Credentials.First': canary }));
  return planted;
}

/** True if the head of a canary can be read in a text, plainly or in base64 of any depth and alignment. */
export function leaks(text: string, canary: string): boolean {
  const head = canary.slice(0, 10);
  if (text.includes(head)) return true;
  const runs = text.match(/[\w+/-]{12,}/g) ?? [];
  return runs.some((run) => [0, 1, 2, 3].some((skip) => leaks(fromBase64(run.slice(skip)), canary)));
}

/** Puts an object into a record's request: as it is, or under this many levels of JSON in strings. */
function hideAt(base: JsonObject, secret: JsonObject, level: number): JsonObject {
  let parameters: Json = { InstanceIds: ['ins-0example'], ...secret };
  for (let made = 0; made < level; made += 1) {
    parameters = JSON.stringify(made === 0 ? parameters : { extraInfo: parameters });
  }
  return { ...base, requestParameters: parameters };
}

/** Cuts a text a few characters after the canary's head; where an encoding hides that, before the text's end. */
function cutInside(text: string, canary: string, random: () => number): string {
  const at = text.indexOf(canary);
  const within = 10 + Math.floor(random() * (canary.length - 10));
  return at === -1 ? text.slice(0, -1) : text.slice(0, at + within);
}

function randomText(random: () => number, length: number): string {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
  return Array.from({ length }, () => letters[Math.floor(random() * letters.length)]).join('');
}

function base64(text: string): string {
  return btoa(text);
}

function fromBase64(text: string): string {
  const standard = text.replaceAll('-', '+').replaceAll('_', '/');
  return atob(standard.slice(0, standard.length - (standard.length % 4)));
}

/** A small generator of numbers from 0 to before 1 (mulberry32). */
function mulberry(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
