import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { createSplitter, type Piece } from '../../../shared/event/split.ts';

function split(text: string, chunk = text.length || 1, maxChars = 100_000): Piece[] {
  const splitter = createSplitter({ maxChars });
  const pieces: Piece[] = [];
  for (let at = 0; at < text.length; at += chunk) pieces.push(...splitter.push(text.slice(at, at + chunk)));
  return [...pieces, ...splitter.end()];
}

/** Each piece in short: the text of a good one, `!` and the text of a refused one. */
function brief(pieces: Piece[]): string[] {
  return pieces.map((piece) => (piece.ok ? piece.text : `!${piece.text}`));
}

test.each<[string, string, string[]]>([
  ['nothing', '', []],
  ['blank lines, a byte order mark and CRLF', '\uFEFF\r\n{"a":1}\r\n\r\n{"b":2}\r\n', ['{"a":1}', '{"b":2}']],
  ['a last line without its end', '{"a":1}\n{"b":2}', ['{"a":1}', '{"b":2}']],
  ['one list', '[{"a":1}, {"b":[2]},3,"x"]', ['{"a":1}', '{"b":[2]}', '3', '"x"']],
  ['a pretty list', '[\n  {\n    "a": 1\n  },\n  {}\n]\n', ['{\n    "a": 1\n  }', '{}']],
  ['several lists', '[{"a":1}]\n[{"b":2}]', ['{"a":1}', '{"b":2}']],
  [
    'pretty objects',
    '{\n  "a": [\n    {}\n  ]\n}\n{\n  "b": 2\n}',
    ['{\n  "a": [\n    {}\n  ]\n}', '{\n  "b": 2\n}'],
  ],
  ['objects without a break', '{"a":1}{"b":2} {"c":3}', ['{"a":1}', '{"b":2}', '{"c":3}']],
  ['brackets and quotes in strings', '{"a":"}]\\"{"}\n{"b":"\\\\"}', ['{"a":"}]\\"{"}', '{"b":"\\\\"}']],
  ['text that is not JSON', 'hello\nworld {"a":1}\n{"b":2}', ['!hello', '!world {"a":1}', '{"b":2}']],
  ['a line cut in an object', '{"a":1\n{"b":2}', ['!{"a":1', '{"b":2}']],
  ['a line cut after a colon', '{"a":\n{"b":2}\n{"c":3}', ['!{"a":', '{"b":2}', '{"c":3}']],
  ['a line cut in a list', '{"a":[1,\n{"b":2}\n{"c":3}', ['!{"a":[1,', '{"b":2}', '{"c":3}']],
  ['the last but one line cut in a list', '{"a":[\n{"b":2}', ['!{"a":[', '{"b":2}']],
  [
    'several lines cut in lists',
    '{"a":[\n{"b":[\n{"c":3}\n{"d":4}',
    ['!{"a":[', '!{"b":[', '{"c":3}', '{"d":4}'],
  ],
  ['a line cut in a string', '{"a":"x\n{"b":2}', ['!{"a":"x', '{"b":2}']],
  ['a line cut after a backslash', '{"a":"x\\\n{"b":2}', ['!{"a":"x\\', '{"b":2}']],
  ['a wrong bracket', '{"a":1]\n{"b":2}', ['!{"a":1]', '{"b":2}']],
  ['a bracket too many', '{"a":1}}\n{"b":2}', ['{"a":1}', '!}', '{"b":2}']],
  ['a text cut in its last line', '{"a":1}\n{"b":', ['{"a":1}', '!{"b":']],
  [
    'a broken pretty object',
    '{\n  "a": "x\n",\n  "b": 1\n}\n{"c":3}',
    ['!{\n  "a": "x\n",\n  "b": 1\n}', '{"c":3}'],
  ],
  ['a list element that is not closed', '[{"a":1,{"b":2},{"c":3}]', ['!{"a":1,', '{"b":2}', '{"c":3}']],
  ['a list element with a wrong bracket', '[{"a":[1},{"b":2}]', ['!{"a":[1}', '{"b":2}']],
  [
    'a list element with a broken string',
    '[\n{"a":"x\n},\n{"b":2}\n]\n{"c":3}',
    ['!{"a":"x\n},', '{"b":2}', '{"c":3}'],
  ],
  [
    'a pretty element with a broken string',
    '[\n  {\n    "a": "x\n  },\n  {}\n]',
    ['!{\n    "a": "x\n  },', '{}'],
  ],
  ['the last element broken', '[\n  {"a":"x\n]\n{"c":3}', ['!{"a":"x', '{"c":3}']],
  ['a list that is cut', '[{"a":1},{"b":', ['{"a":1}', '!{"b":', '!']],
])('%s', (_, text, expected) => {
  expect(brief(split(text))).toEqual(expected);
  expect(brief(split(text, 1))).toEqual(expected);
});

test('a piece says where it starts and, if refused, why', () => {
  expect(split('\n{"a":1}\n{"b":"x\n{"c":3}\nhello')).toEqual([
    { ok: true, text: '{"a":1}', line: 2 },
    { ok: false, reason: 'line break inside a string', text: '{"b":"x', line: 3 },
    { ok: true, text: '{"c":3}', line: 4 },
    { ok: false, reason: 'not JSON', text: 'hello', line: 5 },
  ]);
});

test.each([1, 7, 1000, 100_000])('a value that is too long is refused once, in chunks of %i', (chunk) => {
  const long = `{"a":"${'x'.repeat(20_000)}","b":[{}]}`;
  const pieces = split(`{"a":1}\n${long}\n{"b":2}\n[${long},3]`, chunk, 10_000);
  const refused = {
    ok: false,
    reason: 'record longer than 10000 characters',
    text: long.slice(0, 4096),
  };
  expect(pieces).toEqual([
    { ok: true, text: '{"a":1}', line: 1 },
    { ...refused, line: 2 },
    { ok: true, text: '{"b":2}', line: 3 },
    { ...refused, line: 4 },
    { ok: true, text: '3', line: 4 },
  ]);
});

const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 }), {
  maxLength: 6,
});
const scalars = fc.oneof(fc.integer(), fc.boolean(), fc.constant(null), fc.string());

/** The ways in which a file may hold values. */
const layouts: Record<string, (values: unknown[]) => string> = {
  lines: (values) => values.map((value) => JSON.stringify(value)).join('\n'),
  'lines with CRLF': (values) => values.map((value) => `${JSON.stringify(value)}\r\n`).join('\r\n'),
  list: (values) => JSON.stringify(values),
  'pretty list': (values) => JSON.stringify(values, null, 2),
  'several lists': (values) => values.map((value) => JSON.stringify([value], null, '\t')).join('\n'),
  'pretty values': (values) => values.map((value) => JSON.stringify(value, null, 2)).join('\n'),
};

function cut(text: string, cuts: number[]): string[] {
  const places = [0, ...cuts.map((part) => Math.floor(part * text.length)), text.length].toSorted(
    (a, b) => a - b,
  );
  return places.slice(1).map((place, index) => text.slice(places[index], place));
}

const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

test.each(Object.entries(layouts))(
  '%s give their values back in order, wherever they are cut',
  (_, layout) => {
    const values = fc.oneof(objects, fc.array(scalars, { maxLength: 6 }));
    fc.assert(
      fc.property(values, cuts, (given, places) => {
        const splitter = createSplitter({ maxChars: 100_000 });
        const pieces = cut(layout(given), places).flatMap((chunk) => splitter.push(chunk));
        const all = [...pieces, ...splitter.end()];
        expect(all.every((piece) => piece.ok)).toBe(true);
        expect(all.map((piece): unknown => JSON.parse(piece.text))).toEqual(
          given.map((value): unknown => JSON.parse(JSON.stringify(value))),
        );
      }),
      { numRuns: 200 },
    );
  },
);

test('broken lines are refused, and nothing but them', () => {
  const record = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { minKeys: 1, maxKeys: 4 });
  const good = record.map((value) => ({ ok: true, text: JSON.stringify(value) }));
  const bad = fc.tuple(record, fc.double({ min: 0, max: 1, noNaN: true })).map(([value, part]) => {
    const text = JSON.stringify(value);
    return { ok: false, text: text.slice(0, 1 + Math.floor(part * (text.length - 2))) };
  });
  fc.assert(
    fc.property(fc.array(fc.oneof(good, bad), { maxLength: 12 }), cuts, (lines, places) => {
      const splitter = createSplitter({ maxChars: 100_000 });
      const text = lines.map((line) => line.text).join('\n');
      const pieces = [...cut(text, places).flatMap((chunk) => splitter.push(chunk)), ...splitter.end()];
      const read = pieces.map((piece) => ({ ok: piece.ok, text: piece.text, line: piece.line }));
      expect(read).toEqual(
        lines.map((line, index) => ({ ok: line.ok, text: line.text.trimEnd(), line: index + 1 })),
      );
    }),
    { numRuns: 1000 },
  );
});
