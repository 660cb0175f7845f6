/** The accounts to follow, from the Worker's secrets. What is wrong with them is said by place, never by value. */

import { isList, isObject, parseJson, type JsonObject } from '../../shared/event/json.ts';
import type { Json } from '../../shared/event/event.ts';
import type { Credential } from './credential.ts';
import { readBuckets, type BucketConfig } from './buckets.ts';

export interface CredentialEnv {
  SIDETRAIL_LOCAL?: string;
  TENCENT_SECRET_ID?: string;
  TENCENT_SECRET_KEY?: string;
  TENCENT_TOKEN?: string;
  TENCENT_REGION?: string;
  TENCENT_ENDPOINT?: string;
  TENCENT_BUCKETS?: string;
  TENCENT_ACCOUNTS?: string;
}

/** A key with what it is used for. */
export interface KeyConfig extends Credential {
  /** Where CloudAudit is asked. */
  region: string;
  /** An origin that answers in place of the vendor's. */
  endpoint?: string;
  /** Buckets that tracking sets of CloudAudit deliver to. */
  buckets: BucketConfig[];
}

export type Credentials = { ok: true; keys: KeyConfig[] } | { ok: false; problem: string };

const DEFAULT_REGION = 'ap-guangzhou';
const FIELDS = ['secretId', 'secretKey', 'token', 'region', 'endpoint', 'buckets'] as const;
type Field = (typeof FIELDS)[number];

/** Names of an account's fields as problems call them: variables for the first account, a JSON path for others. */
type Naming = (field: Field) => string;

/**
 * Reads the keys: that of TENCENT_SECRET_ID first, then those of TENCENT_ACCOUNTS. None is fine. A problem names the
 * variable, or the place in its JSON, and holds no part of its value.
 */
export function credentialsFrom(env: CredentialEnv): Credentials {
  const local = env.SIDETRAIL_LOCAL === '1';
  const read: (KeyConfig | Problem)[] = [];
  const first = present({
    secretId: env.TENCENT_SECRET_ID,
    secretKey: env.TENCENT_SECRET_KEY,
    token: env.TENCENT_TOKEN,
    region: env.TENCENT_REGION,
    endpoint: env.TENCENT_ENDPOINT,
    buckets: env.TENCENT_BUCKETS,
  });
  if ('secretId' in first || 'secretKey' in first)
    read.push(readKey(first, (field) => VARIABLES[field], local));
  read.push(...readAccounts(env.TENCENT_ACCOUNTS?.trim() ?? '', local));

  const keys: KeyConfig[] = [];
  for (const key of read) {
    if ('problem' in key) return { ok: false, problem: key.problem };
    if (keys.some(({ secretId }) => secretId === key.secretId)) {
      return { ok: false, problem: 'the same secret id is given twice' };
    }
    keys.push(key);
  }
  return { ok: true, keys };
}

const VARIABLES: Readonly<Record<Field, string>> = {
  secretId: 'TENCENT_SECRET_ID',
  secretKey: 'TENCENT_SECRET_KEY',
  token: 'TENCENT_TOKEN',
  region: 'TENCENT_REGION',
  endpoint: 'TENCENT_ENDPOINT',
  buckets: 'TENCENT_BUCKETS',
};

interface Problem {
  problem: string;
}

function readAccounts(json: string, local: boolean): (KeyConfig | Problem)[] {
  if (json === '') return [];
  const parsed = parseJson(json);
  if (!parsed.ok) return [{ problem: `TENCENT_ACCOUNTS is ${parsed.reason}` }];
  if (!isList(parsed.value)) return [{ problem: 'TENCENT_ACCOUNTS is no list' }];
  return parsed.value.map((entry, index) => readAccount(entry, `TENCENT_ACCOUNTS[${index}]`, local));
}

function readAccount(entry: Json, place: string, local: boolean): KeyConfig | Problem {
  if (!isObject(entry)) return { problem: `${place} is no object` };
  const stranger = Object.keys(entry).findIndex((name) => !FIELDS.some((field) => field === name));
  // Its name is not repeated: a key that was put in the wrong place would be printed.
  if (stranger !== -1) return { problem: `${place} has a field that is none of ${FIELDS.join(', ')}` };
  const wrong = FIELDS.find((field) => entry[field] !== undefined && typeof entry[field] !== 'string');
  if (wrong !== undefined) return { problem: `${place}.${wrong} is no text` };
  return readKey(texts(entry), (field) => `${place}.${field}`, local);
}

function readKey(given: Partial<Record<Field, string>>, name: Naming, local: boolean): KeyConfig | Problem {
  const { secretId, secretKey, token, region = DEFAULT_REGION, endpoint, buckets: listed = '' } = given;
  if (secretId === undefined) return { problem: `${name('secretId')} is not set` };
  if (secretKey === undefined) return { problem: `${name('secretKey')} is not set` };
  // They travel in headers, where other characters cannot.
  for (const field of ['secretId', 'secretKey', 'token'] as const) {
    if (!/^[\x21-\x7e]*$/.test(given[field] ?? '')) {
      return { problem: `${name(field)} has characters that no key has` };
    }
  }
  if (!/^[a-z]+(-[a-z0-9]+)+$/.test(region))
    return { problem: `${name('region')} is no region such as ${DEFAULT_REGION}` };
  const origin = endpoint === undefined ? undefined : originOf(endpoint, local);
  if (endpoint !== undefined && origin === undefined) {
    const wanted = local ? 'an https origin or http://127.0.0.1:PORT' : 'an https origin';
    return { problem: `${name('endpoint')} is not ${wanted}` };
  }
  const buckets = readBuckets(listed);
  if (!buckets.ok) return { problem: `${name('buckets')}: ${buckets.problem}` };
  return {
    secretId,
    secretKey,
    ...(token !== undefined && { token }),
    region,
    ...(origin !== undefined && { endpoint: origin }),
    buckets: buckets.buckets,
  };
}

function originOf(endpoint: string, local: boolean): string | undefined {
  const url = URL.parse(endpoint);
  if (!url || (endpoint !== url.origin && endpoint !== `${url.origin}/`)) return undefined;
  const loopback = local && /^http:\/\/127\.0\.0\.1:\d+$/.test(url.origin);
  return loopback || url.protocol === 'https:' ? url.origin : undefined;
}

function texts(entry: JsonObject): Partial<Record<Field, string>> {
  const at = (field: Field): string | undefined => {
    const value = entry[field];
    return typeof value === 'string' ? value : undefined;
  };
  return present(Object.fromEntries(FIELDS.map((field) => [field, at(field)])));
}

/** The fields that hold something. A variable that is set to nothing is not set. */
function present(fields: Partial<Record<Field, string | undefined>>): Partial<Record<Field, string>> {
  const given: Partial<Record<Field, string>> = {};
  for (const field of FIELDS) {
    const value = fields[field]?.trim() ?? '';
    if (value !== '') given[field] = value;
  }
  return given;
}
