import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EventSummary, Person } from '../../../shared/event/event.ts';
import { askerOf, matches } from '../../../shared/query/matches.ts';
import { parseQuery } from '../../../shared/query/parse.ts';
import { printTerm } from '../../../shared/query/print.ts';
import type { ResolvedQuery } from '../../../shared/query/query.ts';
import { resolveQuery } from '../../../shared/query/resolve.ts';
import { arbitrarySummary } from '../../support/arbitraries.ts';
import { ARBITRARY_CONTEXT, arbitraryQuery, arbitraryTerm } from '../../support/arbitrary-queries.ts';

function resolved(text: string): ResolvedQuery {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(`${parsed.error.message}: ${text}`);
  const result = resolveQuery(parsed.query, { ...ARBITRARY_CONTEXT, spans: parsed.spans });
  if (!result.ok) throw new Error(`${result.error.message}: ${text}`);
  return result.query;
}

const EVENT: EventSummary = {
  id: 'k7qz3m5n2p4r6s2t3v4w5x3y5a',
  seq: 7,
  account: '100000000001',
  time: '2026-11-22T06:00:05.900Z',
  requestId: '6b0f1f0e-0000-4000-8000-0000000000Aa',
  eventId: 'c0ffee00-0000-4000-8000-000000000001',
  operator: { type: 'role', id: '100000000011', name: '王Web-Deploy', key: 'AKIDmadeup000001' },
  person: { id: '100000000014', name: 'Li.Si', status: 'exact' },
  product: 'cvm',
  event: 'RunInstances',
  action: 'write',
  via: 'console',
  region: 'ap-guangzhou',
  resources: [
    { type: 'instance', id: 'ins-0a1b2c3d', name: 'Cafe\u0301 5*', region: 'ap-beijing' },
    { id: 'disk-9z8y7x6w' },
  ],
  ip: '203.0.113.5',
  network: 'inside',
  agent: '',
  outcome: 'failed',
  error: { layer: 'api', code: 'InvalidParameterValue.Zone', message: '' },
  is: ['purchase', 'change'],
  sources: [
    { source: 'api', received: '2026-11-22T06:05:00Z' },
    { source: 'push', received: '2026-11-22T06:00:07Z' },
  ],
  tags: ['env=Prod', 'team=', 'note=a=b'],
};

test.each([
  ['', true],
  ['account:100000000001', true],
  ['account:10000000000', false],
  ['operator:100000000011', true],
  ['operator:10000000001*', false],
  ['operator:王web-deploy', true],
  ['operator:王*', true],
  ['operator:Web-Release', true],
  ['operator:*release', true],
  ['operator:web-deploy', false],
  ['event:runinstances', true],
  ['event:run', false],
  ['event:*INSTANCES', true],
  ['product:CVM', true],
  ['product:cv', false],
  ['resource:INS-0A1B2C3D', true],
  ['resource:ins-0a', false],
  ['resource:disk-*', true],
  ['resource:*x6w', true],
  ['resource:"caf\u00e9 5\\*"', true],
  ['resource:caf\u00e9*', true],
  ['resource:"5\\*"', false],
  ['region:ap-guangzhou', true],
  ['region:ap-beijing', false],
  ['action:write', true],
  ['action:read', false],
  ['outcome:ok,failed', true],
  ['outcome:denied', false],
  ['error:invalidparametervalue.zone', true],
  ['error:InvalidParameterValue', false],
  ['error:InvalidParameterValue*', true],
  ['error:*', true],
  ['ip:203.0.113.5', true],
  ['ip:::ffff:203.0.113.5', true],
  ['ip:203.0.113.0/24,10.0.0.0/8', true],
  ['ip:203.0.113.128/25', false],
  ['request:6B0F1F0E-0000-4000-8000-0000000000AA', true],
  ['request:c0ffee00-0000-4000-8000-000000000001', true],
  ['request:K7QZ3M5N2P4R6S2T3V4W5X3Y5A', false],
  ['request:k7qz', false],
  ['person:100000000014', true],
  ['person:10000000001*', false],
  ['person:li.si,王五', true],
  ['person:*SI', true],
  ['person:*', true],
  ['person:web-release', false],
  ['person:100000000011', false],
  ['operator:li.si', false],
  ['type:INSTANCE', true],
  ['type:ins', false],
  ['via:console', true],
  ['via:api,service', false],
  ['network:inside', true],
  ['network:outside', false],
  ['key:akidMADEUP000001', true],
  ['key:AKIDmadeup', false],
  ['tag:env=prod', true],
  ['tag:env=pro', false],
  ['tag:env=*ro*', true],
  ['tag:team=*', true],
  ['tag:team=', true],
  ['tag:note=a', false],
  ['tag:note=*b', true],
  ['tag:owner=*', false],
  ['is:change', true],
  ['is:login,root', false],
  ['source:push', true],
  ['source:files', false],
  // Words: event name, operator name, resource id, resource name, error code.
  ['NSTANCE', true],
  ['eb-dep', true],
  ['0A1B', true],
  ['"af\u00e9 5"', true],
  ['Value.Z', true],
  ['cafe', false],
  ['王', true],
  ['in*ces', true],
  ['run*deploy', false],
  ['*', true],
  [String.raw`"5\*"`, true],
  [String.raw`"\*5"`, false],
  ['li.si', false],
  ['guangzhou', false],
  ['AKID', false],
  ['prod', false],
  ['100000000011', false],
  ['nothing,zone', true],
  ['run zone', true],
  ['run nothing', false],
  ['-nothing', true],
  ['-run', false],
  ['-nothing,zone', false],
  ['-outcome:ok', true],
  ['-outcome:ok,failed', false],
  ['product:cvm action:write -region:ap-shanghai', true],
  ['product:cvm action:read', false],
  // The event belongs to second 5, whatever its fraction.
  ['from:2026-11-22T06:00:05Z', true],
  ['from:2026-11-22T06:00:05.5Z', false],
  ['to:2026-11-22T06:00:05Z', false],
  ['to:2026-11-22T06:00:05.1Z', true],
  ['from:2026-11-22T14:00:05 to:2026-11-22T14:00:06', true],
])('%j on the event: %s', (text, expected) => {
  expect(matches(resolved(text), EVENT)).toBe(expected);
});

const BARE: EventSummary = {
  ...EVENT,
  operator: { type: 'user', id: '', name: '' },
  action: '',
  resources: [],
  region: '',
  via: '',
  ip: '',
  event: '',
  is: [],
  sources: [],
  tags: [],
};
delete BARE.error;
delete BARE.person;

test.each([
  'operator:*',
  'resource:*',
  'error:*',
  'ip:0.0.0.0/0,::/0',
  'action:read,write',
  'region:ap-guangzhou',
  'person:*',
  'type:instance',
  'via:console,api,miniprogram,service',
  'key:AKIDmadeup000001',
  'tag:env=*',
  'is:purchase,change,sensitive,login,root,conflict',
  'source:api',
  '*',
])('what is not known does not match %s, and matches its negation', (text) => {
  expect(matches(resolved(text), BARE)).toBe(false);
  expect(matches(resolved(`-${text}`), BARE)).toBe(true);
});

test.each<[text: string, person: Person, expected: boolean]>([
  ['person:li.si', { name: 'Li.Si', status: 'claimed' }, true],
  ['person:100000000014', { id: '100000000014', status: 'claimed' }, true],
  ['person:*', { name: 'x', status: 'claimed' }, true],
  ['person:*', { id: '100000000014', status: 'exact' }, true],
  ['person:*4', { id: '100000000014', status: 'exact' }, false],
  // Whoever bears the name today.
  ['person:web-release', { id: '100000000011', status: 'exact' }, true],
])('%s with the person %j: %s', (text, person, expected) => {
  expect(matches(resolved(text), { ...EVENT, person })).toBe(expected);
});

test('half a surrogate pair is found in no character that has it', () => {
  const event = { ...EVENT, event: 'a😀' };
  expect(matches(resolved('😀'), event)).toBe(true);
  expect(matches(resolved('\ud83d'), event)).toBe(false);
});

test('a negated term holds exactly when the term does not', () => {
  fc.assert(
    fc.property(arbitraryTerm(), arbitrarySummary(), (term, event) => {
      const holds = matches(resolved(printTerm({ ...term, negated: false })), event);
      expect(matches(resolved(printTerm({ ...term, negated: true })), event)).toBe(!holds);
    }),
  );
});

test('many queries asked of one event at once answer what each does alone', () => {
  fc.assert(
    fc.property(fc.array(arbitraryQuery(), { maxLength: 8 }), arbitrarySummary(), (queries, event) => {
      const asked = queries.map(resolved);
      expect(asked.map(askerOf(event))).toEqual(asked.map((query) => matches(query, event)));
    }),
  );
});

test('values after a comma are alternatives', () => {
  fc.assert(
    fc.property(arbitraryTerm(), arbitrarySummary(), (term, event) => {
      const each = term.values.map((value) => printTerm({ ...term, negated: false, values: [value] }));
      const any = each.some((text) => matches(resolved(text), event));
      expect(matches(resolved(printTerm({ ...term, negated: false })), event)).toBe(any);
    }),
  );
});

test('terms beside each other must all hold', () => {
  fc.assert(
    fc.property(arbitraryTerm(), arbitraryTerm(), arbitrarySummary(), (a, b, event) => {
      const both = matches(resolved(printTerm(a)), event) && matches(resolved(printTerm(b)), event);
      expect(matches(resolved(`${printTerm(a)} ${printTerm(b)}`), event)).toBe(both);
    }),
  );
});

test('generated queries find some events and miss others, so that properties over them say something', () => {
  const events = fc.sample(arbitrarySummary(), { numRuns: 200, seed: 1 });
  const counts = fc.sample(arbitraryQuery(), { numRuns: 200, seed: 1 }).map((text) => {
    const query = resolved(text);
    return events.filter((event) => matches(query, event)).length;
  });
  expect(counts.filter((count) => count > 0 && count < events.length).length).toBeGreaterThan(100);
});
