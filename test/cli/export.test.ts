import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { readPart, type Format, type Part } from '../../worker/cli/lib/export-part.ts';

async function* chunks(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(text: string, format: Format, size: number): Promise<{ part: Part; written: string }> {
  const written: Uint8Array[] = [];
  const part = await readPart(chunks(text, size), format, async (bytes) => {
    written.push(Uint8Array.from(bytes));
  });
  return { part, written: Buffer.concat(written).toString() };
}

const LINES = '{"id":"a","name":"王小明"}\n{"id":"b"}\n';
const ROWS = '\ufeffid,name\r\n"a","王小明"\r\n';

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const NDJSON = `${LINES}{"trailer":{"count":2,"sha256":"${hash(LINES)}","next":null}}\n`;
const CSV = `${ROWS}# 1 ${hash(ROWS)} cursor_of-more\r\n`;

test.each([1, 7, 64, 10_000])(
  'a part that arrived whole, %i bytes at a time, is handed on without its trailer',
  async (size) => {
    expect(await read(NDJSON, 'ndjson', size)).toEqual({
      part: { ok: true, trailer: { count: 2, sha256: hash(LINES), next: null } },
      written: LINES,
    });
    expect(await read(CSV, 'csv', size)).toEqual({
      part: { ok: true, trailer: { count: 1, sha256: hash(ROWS), next: 'cursor_of-more' } },
      written: ROWS,
    });
  },
);

test('a part that was cut anywhere, or changed, is no part', async () => {
  for (let end = 0; end < NDJSON.length - 1; end += 1) {
    const { part } = await read(NDJSON.slice(0, end), 'ndjson', 50);
    expect(part.ok, `${end}`).toBe(end === NDJSON.length - 1);
  }
  expect((await read(NDJSON.replace('"b"', '"c"'), 'ndjson', 50)).part.ok).toBe(false);
  expect((await read(CSV.replace('"a"', '"b"'), 'csv', 50)).part.ok).toBe(false);
  expect((await read('', 'csv', 50)).part.ok).toBe(false);
});
