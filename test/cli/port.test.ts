import { expect, test } from 'vitest';
import { checkPort, readPort } from '../../worker/cli/lib/port.ts';
import { fakeWorker } from './ingest-server.ts';

const portOf = (url: string): number => Number(new URL(url).port);

test('without PORT it is 8787', () => {
  expect(readPort(undefined)).toBe(8787);
  expect(readPort('9000')).toBe(9000);
});

test.each(['0', '65536', '-1', '80a', '1e3', ' '])('PORT=%j is refused', (text) => {
  expect(() => readPort(text)).toThrow('PORT must be a number from 1 to 65535.');
});

test('a port that Sidetrail has is told from one that another program has', async () => {
  await using ours = await fakeWorker(() => ({ status: 200, body: { ok: true, name: 'sidetrail' } }));
  await using other = await fakeWorker(() => ({ status: 200, body: { hello: 'world' } }));
  await expect(checkPort(portOf(ours.server.url))).rejects.toThrow(
    `Sidetrail is already running on ${ours.server.url}.`,
  );
  await expect(checkPort(portOf(other.server.url))).rejects.toThrow(/in use by another program/);
});

test('a free port is fine, and still free after the look', async () => {
  const worker = await fakeWorker(() => 'hang up');
  const port = portOf(worker.server.url);
  await worker[Symbol.asyncDispose]();
  expect([await checkPort(port), await checkPort(port)]).toEqual([undefined, undefined]);
});
