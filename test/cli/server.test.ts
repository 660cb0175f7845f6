import { expect, test } from 'vitest';
import { Fault } from '../../worker/cli/lib/fault.ts';
import { findServer, probe, request } from '../../worker/cli/lib/server.ts';
import { openState } from '../../worker/cli/lib/state.ts';
import { fakeWorker } from './ingest-server.ts';
import { temporaryFolder } from './temporary.ts';

function running(folder: string) {
  const state = openState(folder);
  state.setUrl('http://127.0.0.1:8787');
  state.write('admin-token', 'kept');
  return state;
}

test('the state folder says where the Worker is', () => {
  using temporary = temporaryFolder();
  expect(findServer(running(temporary.path), {})).toEqual({ url: 'http://127.0.0.1:8787', token: 'kept' });
});

test('the environment goes before the state folder', () => {
  using temporary = temporaryFolder();
  const env = { SIDETRAIL_URL: 'https://audit.example.com/', SIDETRAIL_TOKEN: 'other' };
  expect(findServer(running(temporary.path), env)).toEqual({
    url: 'https://audit.example.com',
    token: 'other',
  });
});

test('the state folder’s token is not sent to another machine', () => {
  using temporary = temporaryFolder();
  expect(() => findServer(running(temporary.path), { SIDETRAIL_URL: 'https://audit.example.com' })).toThrow(
    'Set SIDETRAIL_TOKEN to a token of https://audit.example.com.',
  );
});

test('where nothing runs, the sentence says how to start it', () => {
  using temporary = temporaryFolder();
  expect(() => findServer(openState(temporary.path), {})).toThrow(/npm start/);
  expect(() =>
    findServer(openState(temporary.path), { SIDETRAIL_URL: 'ftp://x', SIDETRAIL_TOKEN: 't' }),
  ).toThrow(Fault);
});

test('an error is told in the server’s words, made safe to print', async () => {
  await using worker = await fakeWorker(() => ({
    status: 422,
    body: { type: 'urn:sidetrail:problem:schema', status: 422, detail: 'bad \u001b[2J id' },
  }));
  expect(await request(worker.server, 'GET /v1/me', {})).toEqual({
    ok: false,
    status: 422,
    detail: String.raw`bad \u{1b}[2J id`,
  });
});

test('Sidetrail, another program and nothing are told apart', async () => {
  await using ours = await fakeWorker(() => ({ status: 200, body: { ok: true, name: 'sidetrail' } }));
  await using other = await fakeWorker(() => ({ status: 404, body: {} }));
  await using gone = await fakeWorker(() => 'hang up');
  expect(await Promise.all([ours, other, gone].map(({ server }) => probe(server.url)))).toEqual([
    'sidetrail',
    'other',
    'nothing',
  ]);
});
