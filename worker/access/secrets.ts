/** Keys derived from the root secret: one HKDF label per use, so that none can stand in for another. */

/** What a key is for. */
export type Label = 'cursor' | 'credential';

export interface RootSecrets {
  current: string;
  /** Verifies what was signed before a rotation, signs nothing. */
  previous?: string;
}

/** The root secrets of the environment, or what is wrong with them. */
export function rootSecrets(env: {
  SIDETRAIL_SECRET?: string;
  SIDETRAIL_SECRET_PREVIOUS?: string;
}): { ok: true; secrets: RootSecrets } | { ok: false; problem: string } {
  const { SIDETRAIL_SECRET: current, SIDETRAIL_SECRET_PREVIOUS: previous } = env;
  if (current === undefined) return { ok: false, problem: 'SIDETRAIL_SECRET is not set' };
  for (const [name, secret] of [
    ['SIDETRAIL_SECRET', current],
    ['SIDETRAIL_SECRET_PREVIOUS', previous],
  ] as const) {
    if (secret !== undefined && secretBytes(secret) === undefined) {
      return { ok: false, problem: `${name} is not 32 bytes in base64url` };
    }
  }
  return { ok: true, secrets: { current, ...(previous === undefined ? {} : { previous }) } };
}

/** AES-256-GCM key for a label. Derived once per isolate. */
export function sealingKey(secret: string, label: Label): Promise<CryptoKey> {
  const cached = keys.get(`${label} ${secret}`);
  if (cached) return cached;
  const made = derive(secret, label);
  keys.set(`${label} ${secret}`, made);
  return made;
}

const keys = new Map<string, Promise<CryptoKey>>();

async function derive(secret: string, label: Label): Promise<CryptoKey> {
  const bytes = secretBytes(secret);
  if (bytes === undefined) throw new Error('the root secret was not checked');
  const root = await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveKey']);
  const info = new TextEncoder().encode(`sidetrail/${label}/1`);
  return await crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info },
    root,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

function secretBytes(secret: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\w-]{43}=?$/.test(secret)) return undefined;
  const bytes = Uint8Array.fromBase64(secret, { alphabet: 'base64url' });
  return bytes.length === 32 ? bytes : undefined;
}
