import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Backfill, ReadSource } from '../../shared/api/sources.ts';
import { fakeWorker, type FakeWorker, type Reply } from './ingest-server.ts';

const BACKFILL = fileURLToPath(new URL('../../worker/cli/backfill.ts', import.meta.url));
const ID = 'api-1250000001';

const running: Backfill = {
  id: `${ID}-1`,
  from: '2026-08-24T00:00:00.000Z',
  to: '2026-11-22T00:00:00.000Z',
  state: 'running',
  percent: 42,
  events: 52_100,
  rate: 480.5,
  left: 149,
};
const done: Backfill = { ...running, state: 'done', percent: 100, events: 124_000, left: 0 };

function source(changes: Partial<ReadSource> = {}): ReadSource {
  return {
    id: ID,
    source: 'api',
    accounts: ['1250000001'],
    state: 'ok',
    since: null,
    seenTo: null,
    settledTo: null,
    lastRead: null,
    ...changes,
  };
}

/** A Worker whose source is what `sourceAt` gives when it is asked for the nth time, from 0. */
function workerWith(sourceAt: (asked: number) => ReadSource[]): Promise<FakeWorker> {
  let asked = 0;
  return fakeWorker(({ method }): Reply => {
    if (method === 'POST') return { status: 200, body: running };
    return { status: 200, body: { sources: sourceAt(asked++) } };
  });
}

function start(args: string[], { server }: FakeWorker) {
  return spawn(process.execPath, [BACKFILL, ...args], {
    env: { SIDETRAIL_URL: server.url, SIDETRAIL_TOKEN: server.token },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function run(args: string[], worker: FakeWorker) {
  const child = start(args, worker);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { stdout, stderr, code: Number(code) };
}

test('it starts one for what is followed by API, shows percent, rate and time left, and ends when that is done', async () => {
  await using worker = await workerWith((asked) => [
    source({ backfill: asked < 2 ? running : done }),
    source({ id: 'files-logs-1250000001', source: 'files' }),
  ]);
  const { stdout, stderr, code } = await run([], worker);
  expect(worker.asked.filter(({ method }) => method === 'POST').map(({ path }) => path)).toEqual([
    `/v1/sources/${ID}/backfill`,
  ]);
  expect(stderr).toMatch(
    /^api-1250000001 {2}\[#{10}-{14}\] {2}42% {2}52,100 events {2}481\/s {2}3 min left$/m,
  );
  expect([stdout, code]).toEqual([`${ID}: 124,000 events read back, ${done.from} to ${done.to}\n`, 0]);
});

test('a source and a stretch of time can be named', async () => {
  await using worker = await workerWith(() => [source({ backfill: done })]);
  await run([ID, '--from', '2026-11-01', '--to', '2026-11-02T08:00:00+08:00'], worker);
  const post = worker.asked.find(({ method }) => method === 'POST');
  expect(JSON.parse(post?.lines[0] ?? '')).toEqual({
    from: '2026-11-01T00:00:00.000Z',
    to: '2026-11-02T00:00:00.000Z',
  });
});

test('Ctrl-C ends watching and says that the Worker goes on', async () => {
  await using worker = await workerWith(() => [source({ backfill: running })]);
  const child = start([], worker);
  const said = Promise.all([text(child.stderr), once(child, 'exit')]);
  while (worker.asked.length < 3) await new Promise((resolve) => setImmediate(resolve));
  child.kill('SIGINT');
  const [stderr, [code]] = await said;
  expect(code).toBe(0);
  expect(stderr).toContain('It goes on in the Worker.');
});

test('why it does not go on is shown with what to do, made inert', async () => {
  const problem = {
    kind: 'permission',
    detail: 'no permission\u001b[2J',
    todo: 'Allow cloudaudit:DescribeEvents.',
    since: running.from,
  };
  await using worker = await workerWith((asked) => [
    source({ backfill: asked < 2 ? { ...running, state: 'failing', problem } : done }),
  ]);
  const { stderr } = await run([], worker);
  expect(stderr).toContain('no permission\\u{1b}[2J. Allow cloudaudit:DescribeEvents.');
});

test.each([
  ['nothing is followed', [], 'No account is followed by API yet'],
  [
    'the key is wrong',
    [
      source({
        id: 'key-AKID…0001',
        accounts: [],
        state: 'failing',
        problem: { kind: 'key', detail: 'no such key', todo: 'Set another.', since: running.from },
      }),
    ],
    'No account can be followed yet: no such key. Set another.',
  ],
])('where %s it says what to do', async (_name, sources, expected) => {
  await using worker = await workerWith(() => sources);
  const { stderr, code } = await run([], worker);
  expect(code).toBe(1);
  expect(stderr).toContain(expected);
});

test('a time that is none is refused before anything is asked', async () => {
  await using worker = await workerWith(() => [source()]);
  const { stderr, code } = await run(['--from', 'monday'], worker);
  expect([code, worker.asked.length]).toEqual([1, 0]);
  expect(stderr).toContain('--from is no time');
});
