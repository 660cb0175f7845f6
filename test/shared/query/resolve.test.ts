import { expect, test } from 'vitest';
import { parseQuery } from '../../../shared/query/parse.ts';
import { hasRange, type Query } from '../../../shared/query/query.ts';
import { type ResolveContext, resolveQuery } from '../../../shared/query/resolve.ts';

const CONTEXT: ResolveContext = {
  now: Date.parse('2026-11-22T06:00:00Z'),
  tz: 'Asia/Shanghai',
  names: new Map([
    ['web-release', ['100000000011', '100000000012']],
    ['web-old', ['100000000013']],
  ]),
};

function resolve(text: string, context = CONTEXT) {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return resolveQuery(parsed.query, { ...context, spans: parsed.spans });
}

const exact = (text: string) => ({ kind: 'exact', text });
const pattern = (...parts: string[]) => ({ kind: 'pattern', parts });

test.each([
  [
    'event:Run*,STOP',
    { kind: 'text', key: 'event', negated: false, values: [pattern('run', ''), exact('stop')] },
  ],
  ['-product:CVM', { kind: 'text', key: 'product', negated: true, values: [exact('cvm')] }],
  ['outcome:Failed', { kind: 'choice', key: 'outcome', negated: false, values: ['failed'] }],
  ['-action:read', { kind: 'choice', key: 'action', negated: true, values: ['read'] }],
  [
    'ip:10.1.2.3/8',
    {
      kind: 'network',
      key: 'ip',
      negated: false,
      values: [{ bytes: [10, 0, 0, 0], prefix: 8, text: '10.0.0.0/8' }],
    },
  ],
  [
    'operator:Web-Release,100000000014',
    {
      kind: 'who',
      key: 'operator',
      negated: false,
      values: [
        { name: exact('web-release'), ids: ['web-release', '100000000011', '100000000012'] },
        { name: exact('100000000014'), ids: ['100000000014'] },
      ],
    },
  ],
  [
    'operator:web-*',
    {
      kind: 'who',
      key: 'operator',
      negated: false,
      values: [{ name: pattern('web-', ''), ids: ['100000000011', '100000000012', '100000000013'] }],
    },
  ],
  [
    'person:Web-Old',
    {
      kind: 'who',
      key: 'person',
      negated: false,
      values: [{ name: exact('web-old'), ids: ['web-old', '100000000013'] }],
    },
  ],
  ['-is:Login', { kind: 'choice', key: 'is', negated: true, values: ['login'] }],
  ['tag:env=P*', { kind: 'text', key: 'tag', negated: false, values: [pattern('env=p', '')] }],
  ['Security', { kind: 'text', key: 'word', negated: false, values: [pattern('', 'security', '')] }],
  ['Run*', { kind: 'text', key: 'word', negated: false, values: [pattern('', 'run', '')] }],
  [
    '-a**B,*',
    { kind: 'text', key: 'word', negated: true, values: [pattern('', 'a', 'b', ''), pattern('', '')] },
  ],
])('%s is resolved', (text, term) => {
  expect(resolve(text)).toEqual({ ok: true, query: { terms: [term] } });
});

const seconds = (time: string) => Date.parse(time) / 1000;

test('a range becomes unix seconds and is no term any more', () => {
  expect(resolve('from:7d to:2026-11-22')).toEqual({
    ok: true,
    query: { from: seconds('2026-11-15T06:00:00Z'), to: seconds('2026-11-22T16:00:00Z'), terms: [] },
  });
  expect(resolve('to:2026-11-22', { ...CONTEXT, tz: 'America/New_York' })).toEqual({
    ok: true,
    query: { to: seconds('2026-11-23T05:00:00Z'), terms: [] },
  });
});

test.each([
  ['from:1d   to:2d', 10, 5],
  ['to:2026-11-20 from:2026-11-21', 0, 13],
  ['from:2026-11-22T10:00:00Z product:cvm to:2026-11-22T10:00:00Z', 38, 23],
  // No whole second lies between these.
  ['from:2026-11-22T10:00:00.2Z to:2026-11-22T10:00:00.8Z', 28, 25],
])('%s is an empty range, and an error at its to', (text, at, length) => {
  expect(resolve(text)).toEqual({
    ok: false,
    error: { message: 'to must be later than from', fault: { kind: 'range' }, at, length },
  });
});

test('without the places of terms an error points into the canonical text', () => {
  const query: Query = {
    terms: [
      { key: 'from', negated: false, values: ['1d'] },
      { key: 'to', negated: false, values: ['2d'] },
    ],
  };
  expect(resolveQuery(query, CONTEXT)).toMatchObject({ ok: false, error: { at: 8, length: 5 } });
});

test('a term that no text gives is a fault of the caller', () => {
  const query: Query = { terms: [{ key: 'ip', negated: false, values: ['nowhere'] }] };
  expect(() => resolveQuery(query, CONTEXT)).toThrow('ip:nowhere');
  const choice: Query = { terms: [{ key: 'via', negated: true, values: ['air'] }] };
  expect(() => resolveQuery(choice, CONTEXT)).toThrow('-via:air');
});

test.each([
  ['product:cvm', false],
  ['product:cvm from:7d', true],
  ['to:2026-11-22', true],
])('%s bounds time: %s', (text, expected) => {
  const parsed = parseQuery(text);
  expect(parsed.ok && hasRange(parsed.query)).toBe(expected);
});
