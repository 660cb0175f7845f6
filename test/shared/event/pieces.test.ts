import { pipeline, Readable } from 'node:stream';
import { createGunzip, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readPieces, type Platform } from '../../../shared/event/pieces.ts';

const PLATFORM: Platform = {
  gunzip: (zipped) => pipeline(Readable.from(zipped), createGunzip(), () => {}),
  decoder: () => new TextDecoder(),
};

const LINES = Array.from({ length: 3000 }, (_, i) => `{"number":${i},"text":"${'é'.repeat(i % 70)}"}`);
const TEXT = LINES.join('\n');

async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(bytes: AsyncIterable<Uint8Array>, maxBytes = Infinity) {
  const reading = readPieces(bytes, PLATFORM, { maxBytes });
  const texts: string[] = [];
  for await (const pieces of reading.pieces) texts.push(...pieces.map(({ text }) => text));
  return { texts, end: reading.end(), blank: reading.blank() };
}

test.each([
  ['plain lines', Buffer.from(TEXT)],
  ['a list', Buffer.from(`[${LINES.join(',')}]`)],
  ['gzip', gzipSync(TEXT)],
  [
    'gzip of several members',
    Buffer.concat([gzipSync(`${LINES.slice(0, 999).join('\n')}\n`), gzipSync(LINES.slice(999).join('\n'))]),
  ],
])('%s give the same pieces, wherever the bytes are cut', async (_, bytes) => {
  for (const size of [1, 777, bytes.length]) {
    expect(await read(cut(bytes, size))).toEqual({ texts: LINES, end: { kind: 'whole' }, blank: false });
  }
});

test('gzip that breaks off is damaged, bytes that fail are cut; what came before is given', async () => {
  const zipped = gzipSync(TEXT);
  const half = zipped.subarray(0, zipped.length / 2);
  const damaged = await read(cut(half, 500));
  expect(damaged.end?.kind).toBe('damaged');
  const error = new Error('connection reset');
  const failing = await read(
    (async function* () {
      yield half;
      throw error;
    })(),
  );
  expect(failing.end).toEqual({ kind: 'cut', error });
  expect(LINES.slice(0, damaged.texts.length)).toEqual(damaged.texts);
});

test('a bomb is not unpacked further than allowed', async () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000, ' '));
  expect(await read(cut(bomb, 65_536), 1_000_000)).toMatchObject({ texts: [], end: { kind: 'too-large' } });
});

test('bytes are asked for as pieces are taken, and no more of them once nobody takes any', async () => {
  let asked = 0;
  let closed = false;
  async function* endless(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        asked += 1;
        yield Buffer.from(`${TEXT}\n`);
      }
    } finally {
      closed = true;
    }
  }
  const reading = readPieces(endless(), PLATFORM, { maxBytes: Infinity });
  let taken = 0;
  for await (const pieces of reading.pieces) {
    taken += pieces.length;
    if (taken > 20_000) break;
  }
  expect(asked).toBeLessThan(10);
  expect(closed).toBe(true);
  expect(reading.end()).toBeUndefined();
});

test('nothing but blanks is told', async () => {
  expect(await read(cut(Buffer.from(' \n\n '), 2))).toEqual({
    texts: [],
    end: { kind: 'whole' },
    blank: true,
  });
});
