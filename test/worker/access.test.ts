import { afterAll, beforeAll, expect, test } from 'vitest';
import { by, record, records, secondsAgo } from '../support/record.ts';
import { ADMIN_TOKEN, startWorker, type TestWorker } from '../support/worker.ts';

const A = '1250000001';
const B = '1250000002';
let worker: TestWorker;

/** Adds a member and gives a token of theirs. */
async function join(id: string, role: string, accounts: unknown, operators: string[] = []): Promise<string> {
  const member = {
    id,
    name: id,
    role,
    accounts,
    operators: operators.map((operator) => ({ account: A, id: operator })),
  };
  expect((await worker.call('/v1/members', { method: 'POST', json: member })).status).toBe(201);
  const { json } = await worker.call('/v1/tokens', { method: 'POST', json: { member: id } });
  return json.token;
}

async function operatorsSeen(token: string, q = ''): Promise<string[]> {
  const { json } = await worker.call(`/v1/events?limit=1000&q=${encodeURIComponent(q)}`, { token });
  return [
    ...new Set<string>(
      json.events.map(
        ({ account, operator }: { account: string; operator: { id: string } }) => `${account}/${operator.id}`,
      ),
    ),
  ].toSorted();
}

beforeAll(async () => {
  worker = await startWorker();
  const exactPerson = {
    userIdentity: {
      type: 'AssumedRole',
      principalId: '4611686018427000001',
      accountId: A,
      userName: 'ops-role',
      sessionContext: JSON.stringify({
        extraInfo: JSON.stringify({ assumerUin: '100000000011', roleSessionName: 'x' }),
      }),
    },
  };
  const claimedPerson = {
    userIdentity: {
      type: 'AssumedRole',
      principalId: '4611686018427000002',
      accountId: A,
      userName: 'r',
      roleSessionName: '100000000011',
    },
  };
  await worker.send(
    [
      ...records(3, () => by('100000000011')),
      record({ ...by('100000000012'), requestID: 'other' }),
      record({ ...by('100000000013'), requestID: 'third' }),
      record({ ...by('100000000011', B), requestID: 'elsewhere' }),
      record({ ...exactPerson, requestID: 'exact' }),
      record({ ...claimedPerson, requestID: 'claimed' }),
    ],
    { source: 'api' },
  );
});

afterAll(async () => {
  await worker?.close();
});

test('a member sees their own operators and the sessions that are theirs for certain, in their accounts only', async () => {
  const token = await join('mia', 'member', [A], ['100000000011']);
  expect(await operatorsSeen(token)).toEqual([`${A}/100000000011`, `${A}/4611686018427000001`]);
  expect(await operatorsSeen(token, 'operator:100000000012')).toEqual([]);
});

test('a lead also sees the teams they lead, and a member who leads none of it does not', async () => {
  const token = await join('lea', 'lead', [A], ['100000000013']);
  const team = { id: 'web', name: 'Web', operators: [{ account: A, id: '100000000012' }], leads: ['lea'] };
  expect((await worker.call('/v1/teams', { method: 'POST', json: team })).status).toBe(201);
  expect(await operatorsSeen(token)).toEqual([`${A}/100000000012`, `${A}/100000000013`]);
  expect((await worker.call('/v1/me', { token })).json.teams).toMatchObject([{ id: 'web' }]);
});

test('an auditor sees all of their accounts and changes nothing', async () => {
  const token = await join('aud', 'auditor', [A]);
  expect(await operatorsSeen(token)).toHaveLength(5);
  expect((await worker.call('/v1/members', { token })).status).toBe(403);
  expect((await worker.send([record()], { token })).status).toBe(403);
  expect((await worker.call('/v1/dead-letters', { token })).status).toBe(403);
});

test('an event out of scope is not there: 404, like an id that never was', async () => {
  const token = await join('nia', 'member', [A], ['100000000012']);
  const { events } = (await worker.call('/v1/events?q=operator:100000000013')).json;
  for (const id of [events[0].id, 'aaaaaaaaaaaaaaaaaaaaaaaaaa', 'nonsense', '%ff', '..']) {
    expect((await worker.call(`/v1/events/${id}`, { token })).status).toBe(404);
  }
  expect((await worker.call(`/v1/events/${events[0].id}`)).status).toBe(200);
});

test('somebody without operators sees nothing, and is told no counts', async () => {
  const token = await join('new', 'member', '*');
  expect(await operatorsSeen(token)).toEqual([]);
  const status = (await worker.call('/v1/status', { token })).json;
  expect(status.events).toBeUndefined();
  expect(status.sources[0].accepted).toBeUndefined();
});

test('an ingest token sends records of its account as its source, and can do nothing else', async () => {
  const { json } = await worker.call('/v1/tokens', {
    method: 'POST',
    json: { source: 'eventbridge', account: A },
  });
  const { token } = json;
  const reply = await worker.send(
    [record({ requestID: 'i1' }), record({ requestID: 'i2', ...by('100000000011', B) })],
    { token, source: 'api', account: B },
  );
  expect(reply.json).toMatchObject({ accepted: 1, refusedTotal: 1 });
  expect(reply.json.refused[0].reason).toContain(B);
  const [stored] = (await worker.call('/v1/events?q=request:i1')).json.events;
  expect(stored.sources[0].source).toBe('eventbridge');
  for (const path of ['/v1/events', '/v1/me', '/v1/status', '/v1/tokens']) {
    expect((await worker.call(path, { token })).status, path).toBe(403);
  }
});

test('an admin of some accounts sends records of those only, each with its own retention', async () => {
  await worker.call(`/v1/accounts/${A}`, { method: 'PATCH', json: { retention: 365 } });
  const token = await join('sub', 'admin', [A]);
  const reply = await worker.send(
    [
      record({ requestID: 's1', eventTime: secondsAgo(200 * 86_400) }),
      record({ requestID: 's2', ...by('100000000011', B) }),
    ],
    { token },
  );
  expect(reply.json).toMatchObject({ accepted: 1, refusedTotal: 1 });
  expect(reply.json.refused[0].reason).toContain(B);
});

test('a token is shown once, stored as its digest, ends when it is deleted or expires', async () => {
  await join('tom', 'member', '*');
  const soon = new Date(Date.now() + 3_600_000).toISOString();
  const made = (await worker.call('/v1/tokens', { method: 'POST', json: { member: 'tom', expires: soon } }))
    .json;
  expect(made.token).toMatch(/^st_[\w-]{43}$/);
  const dump = JSON.stringify((await worker.db.prepare(`SELECT hex(digest), * FROM token`).all()).results);
  expect(dump).not.toContain(made.token);
  expect((await worker.call('/v1/tokens')).text).not.toContain(made.token);
  expect((await worker.call('/v1/me', { token: made.token })).status).toBe(200);
  await worker.db.prepare(`UPDATE token SET expires = 1000 WHERE id = ?1`).bind(made.id).run();
  expect((await worker.call('/v1/me', { token: made.token })).status).toBe(401);
  expect((await worker.call(`/v1/tokens/${made.id}`, { method: 'DELETE' })).status).toBe(204);
  expect((await worker.call(`/v1/tokens/${made.id}`, { method: 'DELETE' })).status).toBe(404);
});

test('members make and see their own tokens only', async () => {
  const token = await join('uma', 'member', '*');
  expect((await worker.call('/v1/tokens', { method: 'POST', json: {}, token })).status).toBe(201);
  expect((await worker.call('/v1/tokens', { method: 'POST', json: { member: 'admin' }, token })).status).toBe(
    403,
  );
  expect(
    (await worker.call('/v1/tokens', { method: 'POST', json: { source: 'push', account: A }, token })).status,
  ).toBe(403);
  const { tokens } = (await worker.call('/v1/tokens', { token })).json;
  expect(tokens.map(({ member }: { member: string }) => member)).toEqual(['uma', 'uma']);
  const everyone: { id: string; member?: string }[] = (await worker.call('/v1/tokens')).json.tokens;
  const foreign = everyone.find(({ member }) => member !== 'uma');
  expect((await worker.call(`/v1/tokens/${foreign?.id}`, { method: 'DELETE', token })).status).toBe(404);
});

test('a member who is removed is out at once', async () => {
  const token = await join('zoe', 'auditor', '*');
  expect((await worker.call('/v1/me', { token })).status).toBe(200);
  expect((await worker.call('/v1/members/zoe', { method: 'DELETE' })).status).toBe(204);
  expect((await worker.call('/v1/me', { token })).status).toBe(401);
});

test('the admin of SIDETRAIL_ADMIN_TOKEN can be renamed and given operators, never demoted or removed', async () => {
  const operators = [{ account: A, id: '100000000011' }];
  const changed = await worker.call('/v1/members/admin', {
    method: 'PATCH',
    json: { name: 'Ada', operators },
  });
  expect(changed.json).toMatchObject({ id: 'admin', name: 'Ada', role: 'admin', operators });
  expect((await worker.call('/v1/members/admin', { method: 'PATCH', json: { role: 'member' } })).status).toBe(
    409,
  );
  expect((await worker.call('/v1/members/admin', { method: 'DELETE' })).status).toBe(409);
});

test('bodies are checked: 422 names the place, 400 is no JSON, 409 is taken, 415 another type', async () => {
  const post = (json: unknown) => worker.call('/v1/members', { method: 'POST', json });
  const bad = await post({ name: 'x', role: 'boss' });
  expect([bad.status, bad.json.errors[0].at]).toEqual([422, 'role']);
  expect((await post({ name: 'x', surprise: 1 })).status).toBe(422);
  expect((await post({ id: 'mia', name: 'again' })).status).toBe(409);
  const text = await worker.call('/v1/members', {
    method: 'POST',
    body: '{',
    headers: { 'content-type': 'application/json' },
  });
  expect(text.status).toBe(400);
  expect(
    (
      await worker.call('/v1/members', {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'text/plain' },
      })
    ).status,
  ).toBe(415);
  expect(
    (await worker.call('/v1/teams', { method: 'POST', json: { name: 't', leads: ['nobody'] } })).status,
  ).toBe(422);
});

test('no token, a wrong one and one that only looks alike are 401', async () => {
  for (const token of [null, 'x'.repeat(40), `${ADMIN_TOKEN}x`, ADMIN_TOKEN.slice(0, -1)]) {
    const reply = await worker.call('/v1/me', { token });
    expect([reply.status, reply.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="sidetrail"']);
  }
});

test('a token that ends makes none that outlives it', async () => {
  const soon = new Date(Date.now() + 60_000).toISOString();
  await join('sam', 'member', '*');
  const { token } = (
    await worker.call('/v1/tokens', { method: 'POST', json: { member: 'sam', expires: soon } })
  ).json;
  const child = (await worker.call('/v1/tokens', { method: 'POST', json: {}, token })).json;
  expect(Date.parse(child.expires)).toBeLessThanOrEqual(Date.parse(soon));
  const bad = { member: 'sam', expires: '2027-01-01T00:00:00+08' };
  expect((await worker.call('/v1/tokens', { method: 'POST', json: bad })).status).toBe(422);
});

test('who is removed leads nothing any more, not even under the same id', async () => {
  await join('bob', 'lead', [A]);
  const team = { id: 'ops', name: 'Ops', operators: [{ account: A, id: '100000000012' }], leads: ['bob'] };
  await worker.call('/v1/teams', { method: 'POST', json: team });
  await worker.call('/v1/members/bob', { method: 'DELETE' });
  expect((await worker.call('/v1/teams/ops', { method: 'PATCH', json: { name: 'Operations' } })).status).toBe(
    200,
  );
  expect(await operatorsSeen(await join('bob', 'lead', [A]))).toEqual([]);
});

test('deployed, what an answer cost is told to those who see everything, and to nobody else', async () => {
  const deployed = await startWorker({ SIDETRAIL_LOCAL: '' });
  try {
    const json = { id: 'eve', name: 'Eve', accounts: [A], operators: [{ account: A, id: '100000000012' }] };
    await deployed.call('/v1/members', { method: 'POST', json });
    const made = await deployed.call('/v1/tokens', { method: 'POST', json: { member: 'eve' } });
    const hidden = await deployed.call('/v1/events', { token: made.json.token });
    expect([hidden.status, hidden.headers.get('server-timing')]).toEqual([200, null]);
    expect((await deployed.call('/v1/events')).headers.get('server-timing')).toMatch(/^d1;dur=/);
  } finally {
    await deployed.close();
  }
});

test('the retention of an account can be set before anything has come from it', async () => {
  const reply = await worker.call('/v1/accounts/1250000009', {
    method: 'PATCH',
    json: { retention: 400, alias: 'Old' },
  });
  expect(reply.json).toMatchObject({ id: '1250000009', retention: 400, alias: 'Old' });
  const old = record({
    requestID: 'old',
    eventTime: secondsAgo(300 * 86_400),
    ...by('100000000011', '1250000009'),
  });
  expect((await worker.send([old])).json.accepted).toBe(1);
  expect((await worker.call('/v1/accounts/nonsense', { method: 'PATCH', json: {} })).status).toBe(404);
});
