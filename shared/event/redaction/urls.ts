/** Passwords in URLs and connection strings, and the webhook addresses that are themselves the secret. */

import { marker } from './marker.ts';

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

/** A run of URL text may hold further URLs, as parameters. */
function redactUserInfo(run: string, isCut: boolean): string {
  const parts = run.split('://');
  const last = parts.length - 1;
  return parts
    .map((part, index) => (index === 0 ? part : concealPassword(part, isCut && index === last)))
    .join('://');
}

/** Takes the text after `://`. A password may hold a bare `@` or `/`; a cut one has no `@` yet. */
function concealPassword(rest: string, isCut: boolean): string {
  const path = rest.search(/[/?#]/);
  const authority = path === -1 ? rest : rest.slice(0, path);
  const colon = authority.indexOf(':');
  if (colon === -1) {
    const user = authority.lastIndexOf('@');
    return user < 20 || authority.startsWith('«') ? rest : marker('token') + rest.slice(user);
  }
  const inAuthority = authority.lastIndexOf('@');
  if (inAuthority > colon) return rest.slice(0, colon + 1) + marker('password') + rest.slice(inAuthority);
  if (authority.startsWith('[') || /^\d*$/.test(authority.slice(colon + 1))) return rest;
  const anywhere = rest.lastIndexOf('@');
  if (anywhere > colon) return rest.slice(0, colon + 1) + marker('password') + rest.slice(anywhere);
  return isCut && path === -1 ? rest.slice(0, colon + 1) + marker('password') : rest;
}
