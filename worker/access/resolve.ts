/** The addresses of a name, asked over HTTPS: a Worker has no other way to ask. */
import * as v from 'valibot';
import { beginning } from './beginning.ts';

export type Resolved = { ok: true; addresses: string[] } | { ok: false; reason: string };

/** Every IPv4 and IPv6 address of a name; none where it has none or does not exist. */
export type Resolve = (name: string) => Promise<Resolved>;

const RESOLVER = 'https://cloudflare-dns.com/dns-query';
const TIMEOUT_MS = 5_000;
const MAX_BYTES = 65_536;

/** Numbers of record types. An answer also holds the aliases (CNAME) that led to its addresses. */
const TYPES = { A: 1, AAAA: 28 } as const;

const NO_ERROR = 0;
const NO_SUCH_NAME = 3;

const dnsAnswer = v.object({
  Status: v.number(),
  Answer: v.optional(v.array(v.object({ type: v.number(), data: v.string() })), []),
});

/** Asks Cloudflare's public resolver. Both kinds of address have to be told, or nothing is. */
export function resolveOverHttps(fetcher: typeof fetch): Resolve {
  return async (name) => {
    const answers = await Promise.all([ask(fetcher, name, 'A'), ask(fetcher, name, 'AAAA')]);
    const addresses = answers.flatMap((found) => found ?? []);
    return answers.includes(undefined)
      ? { ok: false, reason: `the addresses of ${name} cannot be found out` }
      : { ok: true, addresses };
  };
}

async function ask(
  fetcher: typeof fetch,
  name: string,
  type: keyof typeof TYPES,
): Promise<string[] | undefined> {
  try {
    const response = await fetcher(`${RESOLVER}?${new URLSearchParams({ name, type }).toString()}`, {
      headers: { accept: 'application/dns-json' },
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status !== 200) return undefined;
    const { Status, Answer } = v.parse(dnsAnswer, JSON.parse(await beginning(response, MAX_BYTES)));
    if (Status !== NO_ERROR && Status !== NO_SUCH_NAME) return undefined;
    return Answer.flatMap((record) => (record.type === TYPES[type] ? [record.data] : []));
  } catch {
    // No connection, too slow, or not an answer of a resolver.
    return undefined;
  }
}
