import { expect, test } from 'vitest';
import { readCidr } from '../../../shared/classify/cidr.ts';

test.each([
  ['203.0.113.0/24', '203.0.113.0/24'],
  ['203.0.113.7', '203.0.113.7/32'],
  ['2001:DB8:0:0::/32', '2001:db8::/32'],
  ['::ffff:203.0.113.0/120', '203.0.113.0/24'],
])('%s is written %s', (text, cidr) => {
  expect(readCidr(text)).toEqual({ ok: true, cidr });
});

test.each([
  ['203.0.113.7/24', /the network is 203\.0\.113\.0\/24/],
  ['2001:db8::1/32', /the network is 2001:db8::\/32/],
  ['10.0.0.0/8', /private/],
  ['9.1.0.0/16', /relay/],
  ['fd00::/64', /private/],
  ['203.0.113.0/33', /an address or a CIDR/],
  ['203.0.113', /an address or a CIDR/],
  ['office', /an address or a CIDR/],
  ['', /an address or a CIDR/],
])('%j is refused, and it says why', (text, reason) => {
  expect(readCidr(text)).toEqual({ ok: false, message: expect.stringMatching(reason) });
});
