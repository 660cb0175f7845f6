import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeSpan, curlOf, jsonOf, markdownOf, shellQuote } from '../../../extension/panel/text/copy.ts';
import { visible, visibleJson } from '../../../extension/panel/text/visible.ts';
import type { AuditEvent, Json } from '../../../shared/event/event.ts';
import { parseJson } from '../../../shared/event/json.ts';
import { eventOf } from '../../support/panel-harness/events.ts';

/** Text as an attacker would write it. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom(
      ...Array.from('`\'"\\$()|&;<>[]*_#!@~ \n\r\t'),
      '\u202e',
      '\u0000',
      '\u001b',
      '$(id)',
      '```',
      'a',
    ),
    maxLength: 40,
  }),
);

function event(record: Json): AuditEvent {
  return { ...eventOf(0), request: null, response: null, record };
}

test('a shell takes a quoted text as one argument, and runs nothing', () => {
  const texts = fc.sample(hostile, { numRuns: 300, seed: 7 }).map((text) => text.toWellFormed());
  const script = `printf '%s\\0' ${texts.map(shellQuote).join(' ')}`;
  const { stdout } = spawnSync('/bin/sh', ['-c', script], { encoding: 'utf8', env: {} });
  // oxlint-disable-next-line no-control-regex -- what a terminal would take for a key press
  const expected = texts.map((text) => text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, ''));
  expect(stdout.split('\0').slice(0, -1)).toEqual(expected);
});

test('the copied command asks one address, with the token from the environment', () => {
  const ids = fc.sample(hostile, { numRuns: 60, seed: 11 });
  const commands = ids.map((id) => curlOf('https://audit.example.com', id));
  const script = `curl() { printf '%s\\n' "$#" "$@"; }\n${commands.join('\n')}`;
  const { stdout, stderr } = spawnSync('/bin/sh', ['-c', script], {
    encoding: 'utf8',
    env: { SIDETRAIL_TOKEN: 'st_token' },
  });
  expect(stderr).toBe('');
  expect(stdout).toBe(
    ids
      .map(
        (id) =>
          `4\n-sS\n-H\nAuthorization: Bearer st_token\nhttps://audit.example.com/v1/events/${encodeURIComponent(id.toWellFormed())}\n`,
      )
      .join(''),
  );
});

/** What CommonMark takes for the content of a code span, if the whole text is exactly one. */
function contentOfSpan(text: string): string | undefined {
  const [fence = ''] = /^`+/.exec(text) ?? [];
  const inside = text.slice(fence.length, -fence.length);
  const closes = [...inside.matchAll(/`+/g)].some(([run]) => run === fence);
  if (fence === '' || !text.endsWith(fence) || text.length <= 2 * fence.length || closes) return undefined;
  if (inside.startsWith('`') || inside.endsWith('`')) return undefined;
  const isPadded = inside.startsWith(' ') && inside.endsWith(' ') && inside.trim() !== '';
  return isPadded ? inside.slice(1, -1) : inside;
}

test('in Markdown a text is a code span of one line, and reads as what it was', () => {
  fc.assert(
    fc.property(
      hostile.filter((text) => text !== ''),
      (text) => {
        const span = codeSpan(text);
        expect(span).not.toMatch(/[\n\r]/);
        expect(contentOfSpan(span)).toBe(visible(text));
      },
    ),
    { numRuns: 2000 },
  );
});

test('in Markdown nothing of a record ends the block that it is in', () => {
  fc.assert(
    fc.property(hostile, hostile, (name, value) => {
      const copied = markdownOf(
        [['Operator', name]],
        event({ [name]: value, list: [value, '```\n```'] }),
        'https://x/e/1',
      );
      const lines = copied.split('\n');
      const open = lines.findIndex((line) => /^`{3,}json$/.test(line));
      const fence = lines[open]?.replace('json', '') ?? '';
      expect(lines.slice(0, open).every((line) => line === '' || line.startsWith('- '))).toBe(true);
      expect(lines.slice(open + 1).filter((line) => line.includes(fence))).toEqual([fence]);
      expect(lines.slice(-2)).toEqual([fence, '']);
    }),
  );
});

test('the record as JSON is the record, with nothing hidden in it', () => {
  fc.assert(
    fc.property(fc.dictionary(hostile, fc.oneof(hostile, fc.integer(), fc.array(hostile))), (record) => {
      const json = jsonOf(event(record));
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(record)));
      expect(json.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }),
  );
});

test('integers that no number holds keep their digits', () => {
  const parsed = parseJson('{"uin":4611686018429146108}');
  expect(parsed.ok && jsonOf(event(parsed.value))).toBe('{\n  "uin": 4611686018429146108\n}');
});

test.for([
  ['web\u202egpj.exe', 'web⟨U+202E⟩gpj.exe'],
  ['a\u0000b\nc', 'a⟨U+0000⟩b⟨U+000A⟩c'],
  ['zero\u200bwidth', 'zero⟨U+200B⟩width'],
  ['tag\u{e0041}', 'tag⟨U+E0041⟩'],
  ['half\ud800', 'half⟨U+D800⟩'],
  ['订单服务 · naïve 🙂', '订单服务 · naïve 🙂'],
])('%j shows as %s', ([text, shown]) => {
  expect(visible(text ?? '')).toBe(shown);
  expect(JSON.parse(visibleJson(JSON.stringify(text)))).toBe(text);
});
