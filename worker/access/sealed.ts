/** Texts that only this Worker reads: credentials of destinations and channels, encrypted where they are stored. */
import { sealingKey, type Label, type RootSecrets } from './secrets.ts';

/** What a text is sealed for: opened for anything else it does not open. */
export interface SealedFor {
  label: Exclude<Label, 'cursor'>;
  /** The id of the row that keeps it. */
  id: string;
}

const IV_BYTES = 12;
const BASE64URL = { alphabet: 'base64url', omitPadding: true } as const;

/** The text, sealed with AES-GCM under the present root secret: base64url. */
export async function seal(secrets: RootSecrets, to: SealedFor, text: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const key = await sealingKey(secrets.current, to.label);
  const sealed = await crypto.subtle.encrypt(algorithm(iv, to), key, new TextEncoder().encode(text));
  const bytes = new Uint8Array(IV_BYTES + sealed.byteLength);
  bytes.set(iv);
  bytes.set(new Uint8Array(sealed), IV_BYTES);
  return bytes.toBase64(BASE64URL);
}

/** The text that was sealed for this; undefined for anything else, or under a root secret that is gone. */
export async function open(secrets: RootSecrets, to: SealedFor, sealed: string): Promise<string | undefined> {
  for (const secret of [secrets.current, secrets.previous]) {
    const text = secret === undefined ? undefined : await openWith(secret, to, sealed);
    if (text !== undefined) return text;
  }
  return undefined;
}

async function openWith(secret: string, to: SealedFor, sealed: string): Promise<string | undefined> {
  const key = await sealingKey(secret, to.label);
  try {
    const bytes = Uint8Array.fromBase64(sealed, BASE64URL);
    const iv = bytes.subarray(0, IV_BYTES);
    const plain = await crypto.subtle.decrypt(algorithm(iv, to), key, bytes.subarray(IV_BYTES));
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain);
  } catch {
    // Not base64url, or not sealed with this key for this row.
    return undefined;
  }
}

function algorithm(iv: Uint8Array<ArrayBuffer>, { id }: SealedFor): SubtleCryptoEncryptAlgorithm {
  return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(id) };
}
