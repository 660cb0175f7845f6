import { line } from './clean.ts';
import type { Json, Operator, OperatorType, Person } from './event.ts';
import { readObject, type JsonObject } from './json.ts';

/** What a record says about who acted: its `userIdentity` and the texts nested in it. */
export interface Identity {
  user: JsonObject;
  session: JsonObject;
  extra: JsonObject;
}

const TYPES: { [type: string]: OperatorType } = {
  root: 'root',
  user: 'user',
  camuser: 'user',
  subuser: 'user',
  role: 'role',
  assumedrole: 'role',
  service: 'service',
  tencentcloudservice: 'service',
};
/** Events by which somebody signs in through an identity provider. */
export const FEDERATED_LOGIN: ReadonlySet<string> = new Set([
  'AssumeRoleWithSAML',
  'AssumeRoleWithWebIdentity',
]);
/** How identity providers are named, in types and in keys of a session. */
const FEDERATION = /saml|oidc|webidentity|federat|identityprovider/i;
const NOTHING = new Set(['', '0', 'false']);
const DIGITS = /^[1-9]\d{0,31}$/;

/** Gives `userIdentity` of a record, its `sessionContext` and the `extraInfo` in that; each empty if unreadable. */
export function readIdentity(record: JsonObject): Identity {
  const user = readObject(record['userIdentity']);
  const session = readObject(user['sessionContext']);
  return { user, session, extra: readObject(session['extraInfo']) };
}

/** Gives a scalar as a decimal id; '' where it is none (0 means none in records). */
function decimal(value: Json | undefined): string {
  const digits = line(value);
  return DIGITS.test(digits) ? digits : '';
}

/** Gives who acted. `eventName` may tell that a role session came of an identity provider. */
export function readOperator({ user, session, extra }: Identity, eventName: string): Operator {
  const name = line(user['userName']);
  const type = readType(line(user['type']), name);
  const key = line(user['secretId']);
  const mfa = readFlag(line(session['mfa']));
  const federated =
    type === 'role' && (FEDERATED_LOGIN.has(eventName) || [user, session, extra].some(namesIdentityProvider));
  return {
    type: federated ? 'federated' : type,
    id: decimal(user['principalId']) || (type === 'root' ? decimal(user['accountId']) : ''),
    name,
    ...(key && { key }),
    ...(mfa !== undefined && { mfa }),
  };
}

/**
 * Gives the human behind a role session, undefined where the record does not tell. A service is assumed by the
 * service's own account, so there the user on whose behalf it acts comes first.
 */
export function readPerson({ user, extra }: Identity, operator: Operator): Person | undefined {
  const [assumer, onBehalf] = [decimal(extra['assumerUin']), decimal(extra['userUin'])];
  const id = operator.type === 'service' ? onBehalf || assumer : assumer || onBehalf;
  const name = line(extra['roleSessionName']) || line(user['roleSessionName']);
  if (id) return { id, ...(name && { name }), status: 'exact' };
  return name ? { name, status: 'claimed' } : undefined;
}

/** An unknown type is a user: the kind of operator that is granted the least. */
function readType(type: string, name: string): OperatorType {
  const known = type.toLowerCase().replaceAll(/[^a-z]/g, '');
  if (Object.hasOwn(TYPES, known)) return TYPES[known] ?? 'user';
  if (FEDERATION.test(type)) return 'federated';
  return type === '' && name === 'root' ? 'root' : 'user';
}

function namesIdentityProvider(part: JsonObject): boolean {
  return Object.entries(part).some(([key, value]) => FEDERATION.test(key) && !NOTHING.has(line(value)));
}

function readFlag(flag: string): boolean | undefined {
  if (flag === '1' || flag === 'true') return true;
  return flag === '0' || flag === 'false' ? false : undefined;
}
