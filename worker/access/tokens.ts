/** Bearer tokens: 256 random bits, shown once, kept as their SHA-256. */

/** A new token. The prefix lets secret scanners find one that leaked. */
export function newToken(): string {
  const random = crypto.getRandomValues(new Uint8Array(32));
  return `st_${random.toBase64({ alphabet: 'base64url', omitPadding: true })}`;
}

/** SHA-256 of a token: what is stored and looked up. */
export async function tokenDigest(token: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token)));
}

/** Whether two tokens are the same, in constant time: their digests are compared. */
export async function sameToken(one: string, other: string): Promise<boolean> {
  return crypto.subtle.timingSafeEqual(await tokenDigest(one), await tokenDigest(other));
}

/** The token of an Authorization header, or undefined. */
export function bearer(request: Request): string | undefined {
  return /^Bearer +([\x20-\x7e]{16,512})$/i.exec(request.headers.get('authorization') ?? '')?.[1];
}

/**
 * The token of a request by who may not be able to set a bearer token: that, or `X-Sidetrail-Token`, or the password
 * of HTTP Basic, which is how clients send what stands before the host in a URL. Never a part of the address itself,
 * which ends up in logs.
 */
export function carriedToken(request: Request): string | undefined {
  const beside = request.headers.get('x-sidetrail-token');
  return bearer(request) ?? (beside === null ? basicPassword(request) : asToken(beside));
}

function basicPassword(request: Request): string | undefined {
  const [, encoded = ''] =
    /^Basic +([\w+/=-]{1,1024})$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  try {
    const [, password] = /^[^:]*:(.*)$/s.exec(atob(encoded)) ?? [];
    return password === undefined ? undefined : asToken(password);
  } catch {
    return undefined;
  }
}

function asToken(text: string): string | undefined {
  return /^[\x20-\x7e]{16,512}$/.test(text) ? text : undefined;
}

/** A short random id for what has no natural one. */
export function newId(): string {
  return crypto.getRandomValues(new Uint8Array(8)).toHex();
}
