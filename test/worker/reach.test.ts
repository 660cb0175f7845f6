import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { mayReach, reachOf, type Reached } from '../../worker/access/reach.ts';
import type { Resolve } from '../../worker/access/resolve.ts';
import { readPrivateHosts } from '../../shared/api/private-hosts.ts';

const PUBLIC: Resolve = async () => ({ ok: true, addresses: ['93.184.215.14', '2606:2800:21f::1'] });
const allowing = (...allowPrivate: string[]) => ({ allowPrivate, resolve: PUBLIC });
const unresolved: Resolve = async () => ({ ok: false, reason: 'no resolver' });
const nowhere: Resolve = async () => ({ ok: true, addresses: [] });
const reasonOf = (reached: Reached) => (reached.ok ? '' : reached.reason);

test.each([
  'https://hooks.acme.io/audit',
  'https://hooks.acme.io:443/',
  'https://hooks.acme.io:8443/',
  'HTTPS://HOOKS.ACME.IO/',
  'https://a-b.c1.acme.io/?key=1',
  // Names in other scripts are names; URL writes them in ASCII.
  'https://例子.公司/',
  'https://xn--fsqu00a.xn--55qx5d/',
  'https://1.acme.io/',
])('%s may be called', async (url) => {
  expect(await mayReach(url, allowing())).toEqual({ ok: true });
});

const NUMBERS = [
  '127.0.0.1',
  '10.0.0.1',
  '93.184.215.14',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '0177.0.0.1',
  '017700000001',
  '127.1',
  '0',
  '127.0.0.1.',
  '１２７.０.０.１',
  '127。0。0。1',
  '%31%32%37.0.0.1',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
  '[fe80::1]',
  '[fd00::1]',
  '[2606:2800:21f::1]',
  '169.254.169.254',
  '0xa9fea9fe',
  '100.100.100.200',
];

test.each(NUMBERS)('a host is never a number: %s', async (host) => {
  const reached = await mayReach(`https://${host}/`, allowing());
  expect(reached).toMatchObject({ ok: false, kind: 'inward' });
  expect(reasonOf(reached)).toMatch(/by its name, not by its number|no name of a host/);
});

test.each([
  '[fe80::1%25eth0]',
  '999.999.999.999',
  '1.2.3.4.5',
  '256.1',
  '[::1',
  'a b.acme.io',
  '',
  'acme.io:99999',
])('what is no host is refused: %s', async (host) => {
  expect(await mayReach(`https://${host}/`, allowing())).toMatchObject({ ok: false, kind: 'inward' });
});

test.each([
  'localhost',
  'LOCALHOST',
  'localhost.',
  'app.localhost',
  'router',
  'metadata',
  'metadata.google.internal',
  'db.internal',
  'printer.local',
  'nas.home.arpa',
  'nas.home',
  'wiki.corp',
  'box.lan',
  'host.localdomain',
  'a.test',
  'a.example',
  'example.com',
  'www.example.org',
  'a.invalid',
  'facebookwkhpilnemxj7asaniu7vnjjbiltxjqhye3mhbshg7kx5tfyd.onion',
  '1.0.0.127.in-addr.arpa',
  'metadata.tencentyun.com',
  'acme.io.',
  'acme..io',
  '-acme.io',
  'acme-.io',
  'a_b.acme.io',
  'acme.123',
  `${'a'.repeat(64)}.io`,
  `${'a.'.repeat(126)}io.`,
  `${'a.'.repeat(127)}io`,
  `${'abcdefghi.'.repeat(10_000)}io`,
])('no name of the public internet: %.60s', async (host) => {
  const reached = await mayReach(`https://${host}/`, allowing());
  expect(reached).toMatchObject({ ok: false, kind: 'inward' });
  expect(reasonOf(reached).length).toBeLessThan(400);
});

test.each([
  ['http://acme.io/', 'only https'],
  ['ftp://acme.io/', 'only https'],
  ['file:///etc/passwd', 'only https'],
  ['data:text/plain,x', 'only https'],
  ['https://acme.io:80/', 'ports 443 and 8443'],
  ['https://acme.io:22/', 'ports 443 and 8443'],
  ['https://acme.io:0/', 'ports 443 and 8443'],
  ['https://user@acme.io/', 'no user name'],
  ['https://user:word@acme.io/', 'no user name'],
  ['https://:word@acme.io/', 'no user name'],
  ['https://acme.io@127.0.0.1/', 'no user name'],
  ['acme.io', 'not an address'],
  ['//acme.io/', 'not an address'],
  ['https://', 'not an address'],
])('%s is refused: %s', async (url, reason) => {
  expect(reasonOf(await mayReach(url, allowing()))).toContain(reason);
});

test('a password in an address is not in the reason', async () => {
  expect(reasonOf(await mayReach('https://user:sesame@acme.io/', allowing()))).not.toContain('sesame');
});

const MIXED: [string[], boolean][] = [
  [['93.184.215.14'], true],
  [['2606:2800:21f::1'], true],
  [['93.184.215.14', '2606:2800:21f::1'], true],
  [[], false],
  [['93.184.215.14', '10.0.0.1'], false],
  [['93.184.215.14', 'fd00::1'], false],
  [['::1'], false],
  [['127.0.0.1'], false],
  [['0.0.0.0'], false],
  [['169.254.0.23'], false],
  [['172.16.0.1'], false],
  [['192.168.1.1'], false],
  [['100.64.0.1'], false],
  [['192.0.2.1'], false],
  [['198.18.0.1'], false],
  [['224.0.0.1'], false],
  [['255.255.255.255'], false],
  [['240.0.0.1'], false],
  [['::ffff:10.0.0.1'], false],
  [['::ffff:93.184.215.14'], false],
  [['64:ff9b::a00:1'], false],
  [['2002:a00:1::'], false],
  [['2001:0:4136:e378:8000:63bf:3fff:fdd2'], false],
  [['2001:db8::1'], false],
  [['fe80::1'], false],
  [['fec0::1'], false],
  [['ff02::1'], false],
  [['100::1'], false],
  [['4000::1'], false],
  [['not an address'], false],
];

test.each(MIXED)('a name with the addresses %j may be called: %s', async (addresses, ok) => {
  const resolve: Resolve = async () => ({ ok: true, addresses });
  expect((await mayReach('https://acme.io/', { allowPrivate: [], resolve })).ok).toBe(ok);
});

test('a name that cannot be resolved now is not called, and not taken for one that points inward', async () => {
  expect(await mayReach('https://acme.io/', { allowPrivate: [], resolve: unresolved })).toEqual({
    ok: false,
    kind: 'unresolved',
    reason: 'no resolver',
  });
});

test('a name that has no address leads nowhere', async () => {
  expect(await mayReach('https://acme.io/', { allowPrivate: [], resolve: nowhere })).toMatchObject({
    ok: false,
    kind: 'nowhere',
  });
});

test.each([
  ['http://127.0.0.1:9000/x', true],
  ['https://127.0.0.1:9000/x', true],
  ['http://127.0.0.1:9001/x', false],
  ['http://127.1:9000/x', true],
  ['http://[::1]:9000/', true],
  ['http://localhost:9000/', false],
  ['http://user@127.0.0.1:9000/', false],
  ['ftp://127.0.0.1:9000/', false],
  ['http://hooks:80/', true],
  ['http://hooks/', true],
  ['https://hooks/', false],
])('with 127.0.0.1:9000, [::1]:9000 and hooks:80 allowed, %s may be called: %s', async (url, ok) => {
  const ways = allowing('127.0.0.1:9000', '[::1]:9000', 'hooks:80');
  expect((await mayReach(url, ways)).ok).toBe(ok);
});

test('whatever the text, the answer is a value, and never yes for anything but https to a name', async () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'https://',
      'http://',
      '127.0.0.1',
      '[::1]',
      '@',
      ':',
      '/',
      '\\',
      '.',
      '#',
      '?',
      '%',
      '。',
    ),
    fc.constantFrom(...NUMBERS),
    fc.string({ maxLength: 5 }),
  );
  const safe = await fc.check(
    fc.asyncProperty(fc.array(piece, { maxLength: 6 }), async (pieces) => {
      const url = pieces.join('');
      const reached = await mayReach(url, allowing());
      return !reached.ok || /^https:\/\/[a-z0-9.-]+\.[a-z][a-z0-9-]*(:8443)?$/.test(new URL(url).origin);
    }),
    { numRuns: 2000 },
  );
  expect(safe).toMatchObject({ failed: false });
});

test.each([
  ['', []],
  [' ', []],
  ['127.0.0.1:9000', ['127.0.0.1:9000']],
  ['127.0.0.1:9000, LOCALHOST:1,', ['127.0.0.1:9000', 'localhost:1']],
  ['[::1]:65535', ['[::1]:65535']],
])('SIDETRAIL_ALLOW_PRIVATE %j is the list %j', (text, hosts) => {
  expect(readPrivateHosts(text)).toEqual({ ok: true, hosts });
});

test.each([
  '127.0.0.1',
  '*:80',
  'host:',
  'host:0',
  'host:65536',
  ':80',
  'http://host:80',
  '10.0.0.0/8:80',
  '::1:80',
])('SIDETRAIL_ALLOW_PRIVATE %j is refused', (text) => {
  expect(readPrivateHosts(text)).toMatchObject({ ok: false });
});

test('a list of private hosts counts on a laptop only: deployed, nothing is called while there is one', async () => {
  const SIDETRAIL_ALLOW_PRIVATE = '127.0.0.1:9000';
  const url = 'http://127.0.0.1:9000/';
  expect(await reachOf({ SIDETRAIL_ALLOW_PRIVATE, SIDETRAIL_LOCAL: '1' }, fetch)(url)).toEqual({ ok: true });
  const deployed = reachOf({ SIDETRAIL_ALLOW_PRIVATE }, fetch);
  expect(reasonOf(await deployed(url))).toContain('for tests');
  expect(reasonOf(await deployed('https://acme.io/'))).toContain('for tests');
  const wrong = reachOf({ SIDETRAIL_ALLOW_PRIVATE: 'everything', SIDETRAIL_LOCAL: '1' }, fetch);
  expect(reasonOf(await wrong('https://acme.io/'))).toContain('SIDETRAIL_ALLOW_PRIVATE is a list');
});
