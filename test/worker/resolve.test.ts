import { expect, test } from 'vitest';
import { mayReach } from '../../worker/access/reach.ts';
import { resolveOverHttps } from '../../worker/access/resolve.ts';

/** A resolver over HTTPS that answers so. */
function resolver(answers: Record<string, unknown>, status = 200) {
  const asked: string[] = [];
  const fetcher: typeof fetch = async (input) => {
    const url = new URL(input instanceof Request ? input.url : input);
    asked.push(url.href);
    const answer = answers[url.searchParams.get('type') ?? ''];
    return new Response(typeof answer === 'string' ? answer : JSON.stringify(answer), { status });
  };
  return { asked, resolve: resolveOverHttps(fetcher) };
}
const none = { Status: 0 };

const broken: typeof fetch = async () => {
  throw new Error('no connection');
};

test('both kinds of address are asked for, of Cloudflare', async () => {
  const { asked, resolve } = resolver({
    A: { Status: 0, Answer: [{ name: 'acme.io', type: 1, TTL: 60, data: '93.184.215.14' }] },
    AAAA: { Status: 0, Answer: [{ name: 'acme.io', type: 28, TTL: 60, data: '2606:2800:21f::1' }] },
  });
  expect(await resolve('acme.io')).toEqual({ ok: true, addresses: ['93.184.215.14', '2606:2800:21f::1'] });
  expect(asked).toEqual([
    'https://cloudflare-dns.com/dns-query?name=acme.io&type=A',
    'https://cloudflare-dns.com/dns-query?name=acme.io&type=AAAA',
  ]);
});

test('the addresses at the end of a chain of aliases count, every one of them', async () => {
  const Answer = [
    { name: 'acme.io', type: 5, data: 'edge.acme.net.' },
    { name: 'edge.acme.net', type: 5, data: 'lb.acme.net.' },
    { name: 'lb.acme.net', type: 1, data: '93.184.215.14' },
    { name: 'lb.acme.net', type: 1, data: '10.0.0.1' },
  ];
  const { resolve } = resolver({ A: { Status: 0, Answer }, AAAA: none });
  expect(await resolve('acme.io')).toEqual({ ok: true, addresses: ['93.184.215.14', '10.0.0.1'] });
  expect((await mayReach('https://acme.io/', { allowPrivate: [], resolve })).ok).toBe(false);
});

test.each([
  ['an alias to nothing', { Status: 0, Answer: [{ name: 'acme.io', type: 5, data: 'gone.acme.net.' }] }],
  ['no such name', { Status: 3 }],
  ['no address', none],
])('%s is no address', async (_, answer) => {
  const { resolve } = resolver({ A: answer, AAAA: answer });
  expect(await resolve('acme.io')).toEqual({ ok: true, addresses: [] });
});

test.each([
  ['the resolver fails', { Status: 2 }],
  ['the resolver refuses', { Status: 5 }],
  ['the answer is no JSON', '<html>'],
  ['the answer is another JSON', []],
  ['the answer never ends', `{"Status":0,"x":"${'x'.repeat(100_000)}"}`],
])('%s, for one kind of address: nothing is told', async (_, answer) => {
  const good = { Status: 0, Answer: [{ name: 'acme.io', type: 1, data: '93.184.215.14' }] };
  const { resolve } = resolver({ A: good, AAAA: answer });
  expect(await resolve('acme.io')).toMatchObject({ ok: false });
});

test('a resolver that cannot be reached, or answers with another status, tells nothing', async () => {
  expect(await resolveOverHttps(broken)('acme.io')).toMatchObject({ ok: false });
  expect(await resolver({ A: none, AAAA: none }, 302).resolve('acme.io')).toMatchObject({ ok: false });
});
