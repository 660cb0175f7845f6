import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { importLog } from '../../worker/cli/lib/importer.ts';
import { streamLog } from '../../worker/cli/lib/log-file.ts';
import { createRefusals } from '../../worker/cli/lib/refusals.ts';
import type { Server } from '../../worker/cli/lib/server.ts';
import { fakeWorker, taken } from './ingest-server.ts';

const row = (number: number): string => JSON.stringify({ eventName: 'RunInstances', number });
const rows = (total: number): string =>
  Array.from({ length: total }, (_, index) => `${row(index + 1)}\n`).join('');

async function load(server: Server, content: Readable) {
  const refusals = createRefusals();
  const waits: number[] = [];
  const counts = await importLog(streamLog('log', content), {
    server,
    query: { source: 'files' },
    refusals,
    onProgress: () => {},
    wait: async (ms) => waits.push(ms),
  });
  return { ...counts, reported: refusals.lines(), waits };
}

const text = (content: string): Readable => Readable.from([Buffer.from(content)]);

test('every record is sent once, in batches of at most 500, in the order of the file', async () => {
  await using worker = await fakeWorker((asked) => taken(asked));
  const counts = await load(worker.server, text(rows(1201)));
  expect(counts).toMatchObject({ accepted: 1201, duplicate: 0, refused: 0 });
  expect(worker.asked.map(({ lines }) => lines.length)).toEqual([500, 500, 201]);
  expect(worker.asked.flatMap(({ lines }) => lines)).toEqual(rows(1201).trimEnd().split('\n'));
  expect(worker.asked[0]).toMatchObject({ path: '/v1/events?source=files', authorization: 'Bearer a-token' });
});

test('a gzip file is unpacked, whatever its name and however small its chunks', async () => {
  await using worker = await fakeWorker((asked) => taken(asked));
  const zipped = gzipSync(rows(30));
  const bytes = Array.from(zipped, (byte) => Buffer.from([byte]));
  expect(await load(worker.server, Readable.from(bytes))).toMatchObject({ accepted: 30 });
});

test('a gzip file that is cut short sends what came before the cut, and says so', async () => {
  await using worker = await fakeWorker((asked) => taken(asked));
  const counts = await load(
    worker.server,
    Readable.from([gzipSync(rows(2000), { level: 0 }).subarray(0, -5000)]),
  );
  expect(counts.stopped).toMatch(/^log: the gzip file is cut short/);
  expect(counts.accepted).toBeGreaterThan(1000);
});

test('letters of several bytes survive the borders of chunks', async () => {
  await using worker = await fakeWorker((asked) => taken(asked));
  const bytes = Array.from(Buffer.from('{"name":"云舟"}\n'), (byte) => Buffer.from([byte]));
  await load(worker.server, Readable.from(bytes));
  expect(worker.asked[0]?.lines).toEqual(['{"name":"云舟"}']);
});

test('a record over many lines is sent as one, and an array as its elements', async () => {
  await using worker = await fakeWorker((asked) => taken(asked));
  await load(worker.server, text('[\n{\n  "a": 1\n},\n{"b": "x\\ny"}\n]\n'));
  const sent = worker.asked.flatMap(({ lines }) => lines).map((line): unknown => JSON.parse(line));
  expect(sent).toEqual([{ a: 1 }, { b: 'x\ny' }]);
});

test('a refused record is told by its line in the file, also in a later batch', async () => {
  await using worker = await fakeWorker((asked) => {
    const at = asked.lines.findIndex((line) => line.includes('"number":700')) + 1;
    return taken(asked, at > 0 ? [{ at, reason: 'no eventTime' }] : []);
  });
  const counts = await load(worker.server, text(`\n\n${rows(900)}`));
  expect(counts).toMatchObject({ accepted: 899, refused: 1, reported: ['log:702: no eventTime'] });
});

test('a refused record of a whole API answer is told by the line of the answer', async () => {
  await using worker = await fakeWorker(() => ({
    status: 200,
    body: { accepted: 2, duplicate: 0, refused: [{ at: 3, reason: 'no eventTime' }], refusedTotal: 1 },
  }));
  const answer = JSON.stringify({
    Response: { Events: [{ EventName: 'A' }, { EventName: 'B' }], RequestId: 'r' },
  });
  expect(await load(worker.server, text(`${answer}\n{"eventName":"C"}\n`))).toMatchObject({
    reported: ['log:2: no eventTime'],
  });
});

test('a line that is no JSON is sent after the others and keeps its own line number', async () => {
  await using worker = await fakeWorker((asked) => {
    const refused = asked.lines.flatMap((line, index) =>
      line === 'nonsense' ? [{ at: index + 1, reason: 'no JSON' }] : [],
    );
    return taken(asked, refused);
  });
  const counts = await load(worker.server, text(`${row(1)}\nnonsense\n${row(2)}\n`));
  expect(counts).toMatchObject({ accepted: 2, refused: 1, reported: ['log:2: not JSON'] });
  expect(worker.asked[0]?.lines).toEqual([row(1), row(2), 'nonsense']);
});

test('a file without any JSON counts its lines as refused', async () => {
  await using worker = await fakeWorker(() => ({ status: 400, body: {} }));
  const counts = await load(worker.server, text('nonsense\nmore of it\n'));
  expect(counts).toMatchObject({ accepted: 0, refused: 2 });
  expect(counts.stopped).toBeUndefined();
});

test.each([
  ['a closed connection', 'hang up' as const],
  ['too many requests', { status: 429, body: {}, headers: { 'retry-after': '7' } }],
  ['a failing server', { status: 503, body: {} }],
])('after %s the batch is sent again and counted once', async (_, failure) => {
  let failures = 0;
  await using worker = await fakeWorker((asked) => (failures++ < 2 ? failure : taken(asked)));
  const counts = await load(worker.server, text(rows(10)));
  expect(counts).toMatchObject({ accepted: 10, refused: 0 });
  expect(counts.waits).toHaveLength(2);
});

test('each pause is longer than the one before, and as long as the server asks for', async () => {
  let failures = 0;
  await using worker = await fakeWorker((asked) => {
    failures += 1;
    if (failures === 3) return { status: 429, body: {}, headers: { 'retry-after': '7' } };
    return failures < 3 ? { status: 503, body: {} } : taken(asked);
  });
  const { waits } = await load(worker.server, text(rows(1)));
  expect(waits[1]).toBeGreaterThan(waits[0] ?? Infinity);
  expect(waits[2]).toBe(7000);
});

test('a server that went away stops the import after five tries, with what was counted before', async () => {
  await using worker = await fakeWorker((asked) => (asked.lines.includes(row(1)) ? taken(asked) : 'hang up'));
  const counts = await load(worker.server, text(rows(5000)));
  expect(counts).toMatchObject({ accepted: 500, refused: 0 });
  expect(counts.stopped).toContain(`Nothing answers at ${worker.server.url}`);
  expect(worker.asked.filter(({ lines }) => lines.includes(row(501)))).toHaveLength(5);
  // One more batch was under way; nothing is begun after that.
  expect(worker.asked.filter(({ lines }) => lines.includes(row(1501)))).toEqual([]);
});

test('an answer that waiting does not mend stops the import at once', async () => {
  await using worker = await fakeWorker(() => ({
    status: 403,
    body: { type: 'urn:sidetrail:problem:role', status: 403, detail: 'This token may only read.' },
  }));
  const counts = await load(worker.server, text(rows(10)));
  expect(counts).toMatchObject({ accepted: 0, waits: [] });
  expect(counts.stopped).toContain('This token may only read.');
});

test('never more than a thousand records are read and unanswered', async () => {
  let made = 0;
  let answered = 0;
  let most = 0;
  async function* endless(): AsyncGenerator<Buffer> {
    while (made < 6000) {
      made += 1;
      most = Math.max(most, made - answered);
      yield Buffer.from(`${row(made)}\n`);
    }
  }
  await using worker = await fakeWorker(async (asked) => {
    await new Promise((resolve) => setImmediate(resolve));
    answered += asked.lines.length;
    return taken(asked);
  });
  const source = Readable.from(endless(), { highWaterMark: 1 });
  expect(await load(worker.server, source)).toMatchObject({ accepted: 6000 });
  // A few more are on their way between the stream and the batch.
  expect(most).toBeLessThanOrEqual(1010);
  expect(most).toBeGreaterThan(500);
});

test('a record too long to send is refused by its length, and the next one is sent', async () => {
  await using worker = await fakeWorker((asked) => {
    const cut = asked.lines.findIndex((line) => line.includes('xxx')) + 1;
    return taken(asked, cut > 0 ? [{ at: cut, reason: 'ends before it is complete' }] : []);
  });
  const counts = await load(worker.server, text(`{"a":"${'x'.repeat(4_300_000)}"}\n${row(1)}\n`));
  expect(counts).toMatchObject({ accepted: 1, refused: 1 });
  expect(counts.reported[0]).toMatch(/^log:1: record longer than/);
});

test('records of megabytes travel in batches of four megabytes', async () => {
  await using worker = await fakeWorker((asked) => taken(asked));
  const big = JSON.stringify({ eventName: 'x'.repeat(1_500_000) });
  await load(worker.server, text(`${big}\n`.repeat(5)));
  expect(worker.asked.map(({ lines }) => lines.length)).toEqual([2, 2, 1]);
});
