/** Passwords in URLs and connection strings, and the webhook addresses that are themselves the secret. */

import { hasMarkerAt, marker } from './marker.ts';

/** Replaces what opens something in URLs. (Signature and token parameters are assignments: see assignments.ts.) */
export function redactUrls(text: string): string {
  let out = text;
  if (out.includes('://')) {
    out = out.replaceAll(/:\/\/[^\s"'<>\\]+/g, (found, index: number) =>
      redactUserInfo(found, index + found.length === out.length),
    );
  }
  if (out.includes('@tcp(') || out.includes('@unix(')) {
    out = out.replaceAll(/:[^\s:"'@]{1,128}@(?=(?:tcp|unix)\()/g, `:${marker('password')}@`);
  }
  return out.replaceAll(WEBHOOK, `$1${marker('url')}`);
}

/** Chat robots of WeCom, Feishu and Slack: who has the address may post. */
const WEBHOOK = /(\/webhook\/send\?key=|\/bot\/(?:v2\/)?hook\/|hooks\.slack\.com\/services\/)[\w/-]+/g;

/** A user name of this length, without a password, is an access token. */
const SHORTEST_TOKEN = 20;

/** A run of URL text may hold further URLs, as parameters. */
function redactUserInfo(run: string, isCut: boolean): string {
  const parts = run.split('://');
  const last = parts.length - 1;
  return parts
    .map((part, index) => (index === 0 ? part : concealPassword(part, isCut && index === last)))
    .join('://');
}

/** Takes the text after `://`. A password may hold a bare `@` or `/`, so the last `@` ends it; a cut one has none yet. */
function concealPassword(rest: string, isCut: boolean): string {
  if (hasMarkerAt(rest, 0)) return rest;
  const path = rest.search(/[/?#]/);
  const authority = path === -1 ? rest : rest.slice(0, path);
  const colon = authority.indexOf(':');
  if (colon === -1) {
    const user = authority.lastIndexOf('@');
    return user < SHORTEST_TOKEN ? rest : marker('token') + rest.slice(user);
  }
  const isPort = authority.startsWith('[') || /^\d*$/.test(authority.slice(colon + 1));
  const end = isPort ? -1 : rest.lastIndexOf('@');
  if (end > colon) return rest.slice(0, colon + 1) + marker('password') + rest.slice(end);
  return isCut && !isPort && path === -1 ? rest.slice(0, colon + 1) + marker('password') : rest;
}
