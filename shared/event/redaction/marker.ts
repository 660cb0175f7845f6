/** What stands where a secret stood: `«redacted:kind»`. */

export type Kind =
  | 'authorization'
  | 'base64'
  | 'command'
  | 'cookie'
  | 'credential'
  | 'depth'
  | 'encoded'
  | 'jwt'
  | 'key'
  | 'password'
  | 'pem'
  | 'secret'
  | 'signature'
  | 'token'
  | 'url'
  | 'userdata';

const MARKER = /^«redacted:[a-z0-9]{1,20}»/;

/** Gives the text that replaces a secret of this kind. */
export function marker(kind: Kind): string {
  return `«redacted:${kind}»`;
}

/** True where a marker starts at `at`: such a place was redacted before and stays as it is. */
export function hasMarkerAt(text: string, at: number): boolean {
  return text[at] === '«' && MARKER.test(text.slice(at, at + 32));
}

/** True for a text that is one marker and nothing else. */
export function isMarker(text: string): boolean {
  return text[0] === '«' && text.indexOf('»') === text.length - 1 && hasMarkerAt(text, 0);
}

/** Values that a secret's field may hold without being a secret: flags, nothing, and what was masked at the source. */
const HARMLESS = /^(?:|[01]|true|false|null|nil|none|undefined|yes|no|on|off|\*+)$/i;

/** True for a text under a secret's name that gives nothing away. */
export function isHarmless(text: string): boolean {
  return (text.length < 10 || text[0] === '*') && HARMLESS.test(text);
}

/** An access key id, alone or as the credential scope of a signature (`AKID…/2026-01-31/cvm/tc3_request`). */
const ACCESS_KEY_ID =
  /^(?:AKID|AKIA|ASIA)[\w-]{8,120}(?:(?:\/|%2F)(?:\d{8}|\d{4}-\d\d-\d\d)(?:(?:\/|%2F)[\w.-]{1,24}){0,4})?$/;

/** True for an access key id: it names a key and opens nothing, and an auditor needs it. */
export function isAccessKeyId(text: string): boolean {
  return text.length < 300 && ACCESS_KEY_ID.test(text);
}
