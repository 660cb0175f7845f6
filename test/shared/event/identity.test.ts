import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { identify, hexToId, idToHex } from '../../../shared/event/identity.ts';
import type { JsonObject } from '../../../shared/event/json.ts';
import { ACCOUNT, record } from '../../support/samples/sample.ts';

const SECOND = 1739981156;

function id(changes: JsonObject, account = ACCOUNT, second = SECOND): string {
  return identify(account, record(changes), second);
}

test('an id is 26 characters of base32 and goes to hex and back', () => {
  expect(id({})).toMatch(/^[a-z2-7]{26}$/);
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      expect(idToHex(hexToId(hex))).toBe(hex);
    }),
  );
});

test('base32 is that of RFC 4648', () => {
  expect(hexToId('666f6f626172666f6f626172666f6f62')).toBe('mzxw6ytbojtg633cmfzgm33pmi');
});

test.each(['', 'a'.repeat(25), `${'a'.repeat(25)}b`, 'A'.repeat(26), '1'.repeat(26), `${'a'.repeat(26)}\n`])(
  '%j is no id',
  (text) => {
    expect(idToHex(text)).toBeUndefined();
  },
);

test('hex of another length is a bug', () => {
  expect(() => hexToId('ff')).toThrow(RangeError);
});

test.each<[string, string]>([
  ['the account', id({}, '100000000042')],
  ['the request', id({ requestID: 'other' })],
  ['the event name', id({ eventName: 'StartInstances' })],
  ['the second', id({}, ACCOUNT, SECOND + 1)],
  ['the resource name', id({ resourceName: 'ins-8kq2m1zd' })],
])('%s makes another event', (_name, other) => {
  expect(other).not.toBe(id({}));
});

test('everything else makes the same event', () => {
  expect(id({ sourceIPAddress: '198.51.100.1', userIdentity: {}, eventID: 'x', apiErrorCode: 'No' })).toBe(
    id({}),
  );
});

test('order, type and wildcards in the resource name do not count', () => {
  expect(id({ resourceName: 'instance/ins-b|instance/ins-a|volume/*|' })).toBe(
    id({ resourceName: 'ins-a|ins-b' }),
  );
  expect(id({ resourceName: 'instance/*' })).toBe(id({ resourceName: '' }));
});

test('neighbouring fields do not run into each other', () => {
  expect(id({ requestID: 'ab', eventName: 'c' })).not.toBe(id({ requestID: 'a', eventName: 'bc' }));
  expect(id({ resourceName: 'a,b' })).not.toBe(id({ resourceName: 'a|b' }));
});

test('the event id takes the place of a missing request id', () => {
  expect(id({ requestID: '', eventID: 'same' })).toBe(id({ requestID: 'same' }));
});

test('without any id, operator, address and request tell events apart, however the request is written', () => {
  const none = { requestID: '', requestParameters: '{"A": 1, "B": "x"}' };
  expect(id({ ...none, requestParameters: { B: 'x', A: '1' } })).toBe(id(none));
  expect(id({ ...none, requestParameters: '{"A":2}' })).not.toBe(id(none));
  expect(id({ ...none, sourceIPAddress: '' })).not.toBe(id(none));
  expect(id({ ...none, userIdentity: { principalId: '1' } })).not.toBe(id(none));
});
