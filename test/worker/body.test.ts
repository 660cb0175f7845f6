import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readBody } from '../../worker/ingest/body.ts';

test('a zipped body whose connection is cut ends, keeps what came, and says that it broke off', async () => {
  const text = Array.from({ length: 5000 }, (_, i) => `{"a":${i},"b":"${'x'.repeat(i % 90)}"}`).join('\n');
  const zipped = gzipSync(text);
  let sent = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      if (sent) controller.error(new Error('connection cut'));
      else controller.enqueue(new Uint8Array(zipped.subarray(0, zipped.length / 2)));
      sent = true;
    },
  });
  const reading = readBody(body, 10_000_000);
  let pieces = 0;
  for await (const some of reading.pieces) pieces += some.length;
  expect(pieces).toBeLessThan(5000);
  expect(reading.broken()).toMatchObject({ kind: 'unreadable' });
});
