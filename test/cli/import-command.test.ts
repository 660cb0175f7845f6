import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { fakeWorker, taken, type FakeWorker } from './ingest-server.ts';
import { temporaryFolder } from './temporary.ts';

const IMPORT = fileURLToPath(new URL('../../worker/cli/import.ts', import.meta.url));

async function run(args: string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [IMPORT, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { stdout, stderr, code: Number(code) };
}

const settings = ({ server }: FakeWorker) => ({ SIDETRAIL_URL: server.url, SIDETRAIL_TOKEN: server.token });

/** Takes everything but what is called Bad. */
const picky = () =>
  fakeWorker((asked) => {
    const bad = asked.lines.flatMap((line, index) =>
      line.includes('Bad') ? [{ at: index + 1, reason: 'bad' }] : [],
    );
    return taken(asked, bad);
  });

test('it ends with 0 and says what was taken, per file and in total', async () => {
  using folder = temporaryFolder();
  await using worker = await picky();
  const files = ['a.log', 'b.log'].map((name) => join(folder.path, name));
  for (const file of files) writeFileSync(file, '{"eventName":"Good"}\n'.repeat(1200));
  const { stdout, code } = await run([...files, '--account', '100000000001'], settings(worker));
  expect(code).toBe(0);
  expect(stdout.split('\n')).toEqual([
    ...files.map((file) => `${file}: 1,200 accepted, 0 duplicate, 0 refused`),
    'In total: 2,400 accepted, 0 duplicate, 0 refused',
    '',
  ]);
  expect(worker.asked.at(-1)?.path).toBe('/v1/events?source=files&account=100000000001');
});

test('it ends with 2 when records were refused, and names their lines', async () => {
  using folder = temporaryFolder();
  await using worker = await picky();
  const file = join(folder.path, 'a.log');
  writeFileSync(file, '{"eventName":"Good"}\n{"eventName":"Bad"}\n');
  const plain = await run([file], settings(worker));
  expect(plain).toMatchObject({
    code: 2,
    stdout: `${file}: 1 accepted, 0 duplicate, 1 refused\n  ${file}:2: bad\n`,
  });
  const json = await run(['--json', file], settings(worker));
  expect(json.code).toBe(2);
  expect(JSON.parse(json.stdout)).toEqual({
    accepted: 1,
    duplicate: 0,
    refused: 1,
    complete: true,
    files: [{ file, accepted: 1, duplicate: 0, refused: 1 }],
    reasons: [{ reason: 'bad', count: 1 }],
  });
});

test('what cannot go on is one sentence and ends with 1', async () => {
  using folder = temporaryFolder();
  await using worker = await fakeWorker(() => ({ status: 401, body: {} }));
  const file = join(folder.path, 'a.log');
  writeFileSync(file, '{}\n');
  const { url } = worker.server;
  const nowhere = { SIDETRAIL_DATA: join(folder.path, 'none') };
  const cases: [string[], Record<string, string>, string][] = [
    [[`${file}.gz`], settings(worker), `${file}.gz: there is no such file.\n`],
    [
      [folder.path],
      settings(worker),
      `${folder.path}: is a folder; name its files (for example ${folder.path}/*).\n`,
    ],
    [[file], settings(worker), `${url} does not accept the token.\n`],
    [[file], nowhere, 'Sidetrail is not running: start it with "npm start", or set SIDETRAIL_URL.\n'],
  ];
  for (const [args, env, sentence] of cases) {
    expect(await run(args, env)).toEqual({ stdout: '', stderr: sentence, code: 1 });
  }
  await worker[Symbol.asyncDispose]();
  const gone = await run([file], settings(worker));
  expect(gone).toMatchObject({
    code: 1,
    stderr: `Nothing answers at ${url} (ECONNREFUSED). Is Sidetrail running?\n`,
  });
});
