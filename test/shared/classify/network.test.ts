import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NamedNetwork } from '../../../shared/classify/classification.ts';
import { networkTeller } from '../../../shared/classify/network.ts';
import { contains, type Network, parseAddress, parseNetwork } from '../../../shared/query/address.ts';

function cidr(text: string): Network {
  const read = parseNetwork(text);
  if (read === undefined) throw new Error(`${text} is no network`);
  return read;
}

function network(cidrs: string[], valid: Pick<NamedNetwork, 'from' | 'to'> = {}): NamedNetwork {
  return { id: cidrs.join(), name: 'Office', cidrs: cidrs.map(cidr), ...valid };
}

const user = { type: 'user', id: '100000000011', name: 'mei' } as const;
const time = '2026-11-22T06:00:00Z';
const OFFICE = [network(['203.0.113.0/24', '2001:db8::/32'])];

test.each([
  ['203.0.113.7', 'inside'],
  ['2001:db8:1::7', 'inside'],
  ['::ffff:203.0.113.7', 'inside'],
  ['203.0.114.7', 'outside'],
  ['2001:db9::7', 'outside'],
  ['8.8.8.8', 'outside'],
  ['9.1.2.3', 'unknown'],
  ['10.1.2.3', 'unknown'],
  ['100.64.0.1', 'unknown'],
  ['100.127.255.254', 'unknown'],
  ['100.128.0.1', 'outside'],
  ['127.0.0.1', 'unknown'],
  ['169.254.169.254', 'unknown'],
  ['172.16.0.1', 'unknown'],
  ['172.31.255.255', 'unknown'],
  ['172.32.0.1', 'outside'],
  ['192.168.1.1', 'unknown'],
  ['::1', 'unknown'],
  ['fe80::1', 'unknown'],
  ['fd00::1', 'unknown'],
  ['::ffff:10.1.2.3', 'unknown'],
  ['', 'unknown'],
  ['somewhere', 'unknown'],
])('from %j, with an office, is %s', (ip, side) => {
  expect(networkTeller(OFFICE)({ operator: user, ip, time })).toBe(side);
});

test('private addresses stay unknown even where a network has them', () => {
  const all = networkTeller([network(['0.0.0.0/0'])]);
  expect(all({ operator: user, ip: '8.8.8.8', time })).toBe('inside');
  expect(all({ operator: user, ip: '10.1.2.3', time })).toBe('unknown');
});

test('services are services, from wherever', () => {
  const service = { type: 'service', id: '4611686018400000022', name: 'TKE_QCSRole' } as const;
  expect(networkTeller(OFFICE)({ operator: service, ip: '203.0.113.7', time })).toBe('service');
});

test('without a network that is valid at the time nothing is outside', () => {
  expect(networkTeller([])({ operator: user, ip: '8.8.8.8', time })).toBe('unknown');
  const tell = networkTeller([network(['203.0.113.0/24'], { from: '2026-01-01T00:00:00Z', to: time })]);
  const at = (when: string, ip: string): string => tell({ operator: user, ip, time: when });
  expect(at('2025-12-31T23:59:59Z', '203.0.113.7')).toBe('unknown');
  expect(at('2026-01-01T00:00:00Z', '203.0.113.7')).toBe('inside');
  expect(at('2026-11-22T05:59:59.999Z', '8.8.8.8')).toBe('outside');
  expect(at(time, '203.0.113.7')).toBe('unknown');
});

test('an address inside a network of former days is outside the present ones', () => {
  const tell = networkTeller([
    network(['203.0.113.0/24'], { to: '2026-01-01T00:00:00Z' }),
    network(['198.51.100.0/24']),
  ]);
  expect(tell({ operator: user, ip: '203.0.113.7', time })).toBe('outside');
});

test('it agrees with asking every CIDR by itself', () => {
  const address = fc.oneof(
    fc.tuple(fc.nat(3), fc.nat(3)).map(([third, fourth]) => `203.0.${third}.${fourth}`),
    fc.tuple(fc.nat(3), fc.nat(3)).map(([one, two]) => `2001:db8:${one}::${two}`),
  );
  const range = fc.oneof(
    fc.tuple(address, fc.integer({ min: 0, max: 32 })).filter(([ip]) => !ip.includes(':')),
    fc.tuple(address, fc.integer({ min: 0, max: 128 })).filter(([ip]) => ip.includes(':')),
  );
  fc.assert(
    fc.property(fc.array(range, { minLength: 1, maxLength: 5 }), address, (ranges, ip) => {
      const cidrs = ranges.map(([start, prefix]) => `${start}/${prefix}`);
      const bytes = parseAddress(ip) ?? [];
      const expected = cidrs.some((text) => contains(cidr(text), bytes)) ? 'inside' : 'outside';
      expect(networkTeller([network(cidrs)])({ operator: user, ip, time })).toBe(expected);
    }),
  );
});
