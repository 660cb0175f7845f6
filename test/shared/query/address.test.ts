import { expect, test } from 'vitest';
import { contains, parseAddress, parseNetwork } from '../../../shared/query/address.ts';

test.each([
  ['10.1.2.3', '10.1.2.3/32'],
  ['10.1.2.3/8', '10.0.0.0/8'],
  ['10.255.2.3/9', '10.128.0.0/9'],
  ['1.2.3.4/0', '0.0.0.0/0'],
  ['2001:DB8:0:0::1', '2001:db8::1/128'],
  ['2001:db8:ffff::/33', '2001:db8:8000::/33'],
  ['::/0', '::/0'],
  ['::ffff:1.2.3.4', '1.2.3.4/32'],
  ['::ffff:102:304', '1.2.3.4/32'],
  ['::ffff:10.1.2.3/104', '10.0.0.0/8'],
  ['::ffff:10.1.2.3/90', '::ffc0:0:0/90'],
])('%s is the network %s', (text, expected) => {
  expect(parseNetwork(text)?.text).toBe(expected);
});

test.each([
  '',
  '10',
  '10.1',
  '0x0a.1.1.1',
  '010.1.1.1',
  '256.1.1.1',
  '10.1.2.3/',
  '10.1.2.3/33',
  '10.1.2.3/-1',
])('%j is no network', (text) => {
  expect(parseNetwork(text)).toBeUndefined();
});

test.each([
  ['10.0.0.0/8', '10.255.255.255', true],
  ['10.0.0.0/8', '11.0.0.0', false],
  ['10.128.0.0/9', '10.127.255.255', false],
  ['10.128.0.0/9', '10.128.0.0', true],
  ['203.0.113.5', '203.0.113.5', true],
  ['203.0.113.5', '::ffff:203.0.113.5', true],
  ['::ffff:203.0.113.5', '203.0.113.5', true],
  ['2001:db8::/32', '2001:db8:ffff::9', true],
  ['2001:db8::/32', '2001:db9::', false],
  ['0.0.0.0/0', '2001:db8::1', false],
  ['::/0', '203.0.113.5', false],
  ['::/0', '2001:db8::1', true],
])('%s has %s in it: %s', (network, address, expected) => {
  const range = parseNetwork(network);
  const bytes = parseAddress(address);
  expect(range && bytes && contains(range, bytes)).toBe(expected);
});
