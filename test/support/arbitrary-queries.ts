/** Random queries about the events of `arbitraries.ts`, so that they often hit. */
import * as fc from 'fast-check';
import { fold } from '../../shared/query/fold.ts';
import { type ChoiceKey, KEYS } from '../../shared/query/keys.ts';
import { literal } from '../../shared/query/pattern.ts';
import { printQuery } from '../../shared/query/print.ts';
import type { FieldTerm, Query, RangeTerm } from '../../shared/query/query.ts';
import type { ResolveContext } from '../../shared/query/resolve.ts';
import {
  accessKey,
  ACCOUNTS,
  ADDRESSES,
  DEEDS,
  FIRST_SECOND,
  OPERATORS,
  PERSONS,
  REQUESTS,
  RESOURCE_NAMES,
  RESOURCES,
  SECONDS,
  TAGS,
} from './arbitraries.ts';

/** What generated queries are resolved with: two operators bear other names today than in their records. */
export const ARBITRARY_CONTEXT: ResolveContext = {
  // `15m` falls into the middle of the seconds in which events happen.
  now: (FIRST_SECOND + 900 + 7) * 1000,
  tz: 'Asia/Shanghai',
  names: new Map([
    ['web-release', ['100000000011']],
    ['小王', ['100000000013', '100000000012']],
  ]),
};

/** Texts of valid queries about such events, with a range that is not empty; see `ARBITRARY_CONTEXT`. */
export function arbitraryQuery(): fc.Arbitrary<string> {
  return fc
    .record({
      fields: fc.array(arbitraryTerm(), { maxLength: 3 }),
      from: fc.option(arbitraryFrom, { nil: undefined, freq: 2 }),
      to: fc.option(arbitraryTo, { nil: undefined, freq: 2 }),
    })
    .map(({ fields, from, to }): Query => {
      const range = [from, to].filter((bound) => bound !== undefined);
      return { terms: [...fields, ...range] };
    })
    .map(printQuery);
}

/** One term of such a query. */
export function arbitraryTerm(): fc.Arbitrary<FieldTerm> {
  return fc.oneof(
    term('account', fc.constantFrom(...ACCOUNTS, '100000000009')),
    term('operator', fc.oneof(exact(OPERATOR_IDS), starred(OPERATOR_NAMES), exact(OPERATOR_NAMES))),
    term('person', fc.oneof(exact(OPERATOR_IDS), starred(PERSON_NAMES), exact(PERSON_NAMES))),
    term('event', fc.oneof(exact(EVENT_NAMES), starred(EVENT_NAMES))),
    term('product', exact(['cvm', 'cbs', 'cam', 'vpc'])),
    term('resource', fc.oneof(exact(RESOURCE_TEXTS), starred(RESOURCE_TEXTS))),
    term('region', exact(['ap-guangzhou', 'ap-shanghai', 'ap-singapore'])),
    choice('action'),
    choice('outcome'),
    choice('via'),
    choice('network'),
    choice('is'),
    choice('source'),
    term('error', fc.oneof(exact(ERROR_CODES), begun(ERROR_CODES))),
    term('ip', arbitraryNetwork),
    term('request', exact(REQUESTS)),
    term('type', exact(['instance', 'volume', 'disk'])),
    term('key', exact(ACCESS_KEYS)),
    term('tag', fc.oneof(exact(TAGS), starredTag)),
    { arbitrary: term('word', fc.oneof(stretch(WORDS), exact(WORDS), starred(WORDS))), weight: 5 },
  );
}

function choice(key: ChoiceKey): fc.Arbitrary<FieldTerm> {
  return term(key, fc.constantFrom<string>(...KEYS[key].choices));
}

const OPERATOR_IDS = OPERATORS.map(({ id }) => id);
const OPERATOR_NAMES = [...OPERATORS.map(({ name }) => name), 'web-release', '小王'];
const PERSON_NAMES = [...PERSONS.flatMap((person) => person?.name ?? []), 'web-release'];
const ACCESS_KEYS = [...OPERATORS.map(({ id }) => accessKey(id)), 'AKIDmadeup'];
const EVENT_NAMES = DEEDS.map(({ event }) => event);
const RESOURCE_TEXTS = [...RESOURCES, ...RESOURCE_NAMES];
const ERROR_CODES = ['InvalidParameterValue', 'InvalidParameter.Zone', 'ResourceNotFound', '4104'];

const WORDS = [...EVENT_NAMES, ...OPERATOR_NAMES, ...PERSON_NAMES, ...RESOURCE_TEXTS, ...ERROR_CODES];

const arbitraryFrom: fc.Arbitrary<RangeTerm> = fc
  .oneof(fc.constantFrom('15m', '7d', '2026-11-22', '2026-11-20'), clockBetween(0, 9))
  .map((value) => ({ key: 'from', negated: false, values: [value] }));

const arbitraryTo: fc.Arbitrary<RangeTerm> = fc
  .oneof(fc.constantFrom('0m', '2026-11-22', '2026-11-25'), clockBetween(11, SECONDS))
  .map((value) => ({ key: 'to', negated: false, values: [value] }));

/** Times between two seconds of the happenings: in UTC or in the zone of the context, with or without a fraction. */
function clockBetween(min: number, max: number): fc.Arbitrary<string> {
  return fc
    .record({
      second: fc.integer({ min, max }),
      fraction: fc.constantFrom('', '.000', '.25'),
      zone: fc.constantFrom(
        { hour: '06', offset: 'Z' },
        { hour: '14', offset: '' },
        { hour: '14', offset: '+08:00' },
      ),
    })
    .map(({ second, fraction, zone }) => {
      const seconds = String(second).padStart(2, '0');
      return `2026-11-22T${zone.hour}:00:${seconds}${fraction}${zone.offset}`;
    });
}

const arbitraryNetwork: fc.Arbitrary<string> = fc
  .record({
    address: fc.constantFrom(...ADDRESSES.filter(Boolean), '::ffff:203.0.113.5', '192.0.2.1', '2001:DB8::2'),
    share: fc.constantFrom(undefined, 0, 0.25, 0.5, 0.75, 0.97, 1),
  })
  .map(({ address, share }) => {
    const bits = address.includes(':') ? 128 : 32;
    return share === undefined ? address : `${address}/${Math.floor(bits * share)}`;
  });

function term(key: FieldTerm['key'], value: fc.Arbitrary<string>): fc.Arbitrary<FieldTerm> {
  return fc.record({
    key: fc.constant(key),
    negated: fc.boolean(),
    values: fc.array(value, { minLength: 1, maxLength: 3 }),
  });
}

/** The texts in any ASCII case, with every character meaning itself. */
function exact(texts: readonly string[]): fc.Arbitrary<string> {
  return anyCase(texts).map(literal);
}

/** The texts with a stretch replaced by a star: at the start, in the middle, at the end, or all of it. */
function starred(texts: readonly string[]): fc.Arbitrary<string> {
  return fc
    .record({ text: anyCase(texts), cuts: fc.array(fc.nat(8), { minLength: 2, maxLength: 4 }) })
    .map(({ text, cuts }) => {
      const places = cuts.map((cut) => Math.round((cut / 8) * text.length)).toSorted((a, b) => a - b);
      const pieces = places.flatMap((place, i) => (i % 2 === 1 ? [text.slice(place, places[i + 1])] : []));
      return [text.slice(0, places[0]), ...pieces].map(literal).join('*');
    });
}

/** One to six characters of the texts, at the start, in the middle or at the end. */
function stretch(texts: readonly string[]): fc.Arbitrary<string> {
  return fc
    .record({ text: anyCase(texts), length: fc.integer({ min: 1, max: 6 }), place: fc.nat(4) })
    .map(({ text, length, place }) => {
      const characters = Array.from(text);
      const start = Math.round((place / 4) * Math.max(0, characters.length - length));
      return literal(characters.slice(start, start + length).join(''));
    });
}

/** Tags with a stretch of their value replaced by a star. */
const starredTag: fc.Arbitrary<string> = fc
  .record({ tag: anyCase(TAGS), from: fc.nat(6), length: fc.nat(6) })
  .map(({ tag, from, length }) => {
    const start = tag.indexOf('=') + 1 + from;
    return `${literal(tag.slice(0, start))}*${literal(tag.slice(start + length))}`;
  });

/** The first letters of the texts, with a star after them. */
function begun(texts: readonly string[]): fc.Arbitrary<string> {
  return fc
    .record({ text: anyCase(texts), length: fc.nat(12) })
    .map(({ text, length }) => `${literal(text.slice(0, length))}*`);
}

function anyCase(texts: readonly string[]): fc.Arbitrary<string> {
  return fc
    .record({ text: fc.constantFrom(...texts), change: fc.constantFrom('none', 'upper', 'lower', 'compose') })
    .map(({ text, change }) => {
      if (change === 'upper') return text.replaceAll(/[a-z]+/g, (letters) => letters.toUpperCase());
      if (change === 'lower') return fold(text);
      return change === 'compose' ? text.normalize('NFC') : text;
    });
}
