/**
 * Where the Worker may call: the one function that decides, for every address that somebody gave.
 *
 * A Worker cannot hold on to an address: `fetch` resolves the name once more. A name that answers with a public
 * address here and with a private one there (rebinding) passes this check. It ends at TLS: only https is called, and
 * what answers from the inside has no certificate for that name, so nothing of the request is ever read there.
 */
import ipaddr from 'ipaddr.js';
import { readPrivateHosts } from '../../shared/api/private-hosts.ts';
import { resolveOverHttps, type Resolve } from './resolve.ts';

export type Reached = { ok: true } | Unreachable;

/**
 * `inward`: it may not be called. `nowhere`: there is no such name. `unresolved`: whether it may be called cannot be
 * told now.
 */
export interface Unreachable {
  ok: false;
  kind: 'inward' | 'nowhere' | 'unresolved';
  reason: string;
}

/** Decides about one address. */
export type Reach = (url: string) => Promise<Reached>;

export interface Ways {
  /** `host:port` that may be called whatever they are, by http too. */
  allowPrivate: readonly string[];
  resolve: Resolve;
}

/** As a URL has them: that of https is none. */
const PORTS: ReadonlySet<string> = new Set(['', '8443']);
const MAX_NAME = 253;

/** Dots part labels of letters, digits and inner hyphens; the last is no number. */
const NAME = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Names that lead nowhere, or into the network of whoever asks; those below them too. */
const SPECIAL = [
  // RFC 6761 and what was added to its registry.
  'alt arpa example example.com example.net example.org invalid local localhost onion test',
  // Used inside of networks, by standard or by habit.
  'corp home internal intranet lan localdomain mail private workgroup',
  // Tencent Cloud's inner side, where the metadata of its machines are.
  'tencentyun.com',
].flatMap((names) => names.split(' '));

/** Whether the Worker may call an address, and if not why not. */
export async function mayReach(url: string, { allowPrivate, resolve }: Ways): Promise<Reached> {
  const { protocol, hostname, port, username, password } = URL.parse(url) ?? {};
  if (protocol === undefined || hostname === undefined) return inward('this is not an address');
  if (username !== '' || password !== '') return inward('an address has no user name and no password in it');
  const actual = port || (protocol === 'https:' ? '443' : '80');
  if (/^https?:$/.test(protocol) && allowPrivate.includes(`${hostname}:${actual}`)) return { ok: true };
  if (protocol !== 'https:') return inward('only https is called');
  if (!PORTS.has(port ?? '')) return inward('only the ports 443 and 8443 are called');
  const named = checkName(hostname);
  if (!named.ok) return named;
  const resolved = await resolve(hostname);
  if (!resolved.ok) return { ok: false, kind: 'unresolved', reason: resolved.reason };
  if (resolved.addresses.length === 0) {
    return { ok: false, kind: 'nowhere', reason: `${hostname} has no address` };
  }
  return resolved.addresses.every(isPublic)
    ? { ok: true }
    : inward(`${hostname} has an address that is not public`);
}

/** Whether a host, as URL gives it, is a name of the public internet: no number, nothing with an inner meaning. */
function checkName(host: string): Reached {
  if (host.startsWith('[') || ipaddr.IPv4.isValid(host)) {
    return inward('a host is given by its name, not by its number');
  }
  if (host.length > MAX_NAME || !NAME.test(host)) return inward('this is no name of a host in the internet');
  if (SPECIAL.some((name) => host === name || host.endsWith(`.${name}`))) {
    return inward(`${host} is not a name of the public internet`);
  }
  return { ok: true };
}

/** Whether an address is one that everybody in the internet means the same by. */
function isPublic(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' || address.match(GLOBAL_IPV6);
}

/** The only part of IPv6 that is given out. */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3');

function inward(reason: string): Reached {
  return { ok: false, kind: 'inward', reason };
}

/** The decision as this Worker takes it. Where it is deployed, no private host may be on its list. */
export function reachOf(
  env: { SIDETRAIL_ALLOW_PRIVATE?: string; SIDETRAIL_LOCAL?: string },
  fetcher: typeof fetch,
): Reach {
  const read = readPrivateHosts(env.SIDETRAIL_ALLOW_PRIVATE ?? '');
  if (!read.ok) return async () => inward(read.problem);
  if (read.hosts.length > 0 && env.SIDETRAIL_LOCAL !== '1') {
    return async () =>
      inward('SIDETRAIL_ALLOW_PRIVATE is for tests: a deployed Worker calls nothing until it is gone');
  }
  const resolve = resolveOverHttps(fetcher);
  return (url) => mayReach(url, { allowPrivate: read.hosts, resolve });
}
