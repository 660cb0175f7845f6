/** Where a Worker is, read from what somebody typed. */

export interface Address {
  /** `https://audit.example.com`, `http://127.0.0.1:8787`: no path, no slash at the end. */
  origin: string;
  /** The match pattern of the permission to talk to it. Patterns name no port: Firefox knows none in them. */
  pattern: string;
}

export type ReadAddress =
  | { kind: 'address'; address: Address }
  | { kind: 'not-an-address' }
  /** Unencrypted, and not on this machine: the token would be readable on the way. */
  | { kind: 'insecure' };

const LOCAL = ['127.0.0.1', 'localhost'];

/** Reads an address with or without its scheme; a path is dropped, so any page of the Worker will do. */
export function readAddress(typed: string): ReadAddress {
  const text = typed.trim();
  const scheme = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? '' : isLocal(text) ? 'http://' : 'https://';
  const url = URL.parse(`${scheme}${text}`);
  if (url === null || /\s/.test(text)) return { kind: 'not-an-address' };
  const { protocol, hostname, origin } = url;
  if (protocol === 'http:' && !LOCAL.includes(hostname)) return { kind: 'insecure' };
  if (protocol !== 'http:' && protocol !== 'https:') return { kind: 'not-an-address' };
  return { kind: 'address', address: { origin, pattern: `${protocol}//${hostname}/*` } };
}

function isLocal(text: string): boolean {
  return LOCAL.some((host) => text === host || text.startsWith(`${host}:`) || text.startsWith(`${host}/`));
}
