import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Badge } from '../../../extension/background/alerts/badge.ts';
import type { Notice } from '../../../extension/background/alerts/notice.ts';
import { type AlertsService, serveAlerts } from '../../../extension/background/alerts/serve.ts';
import { openStore } from '../../../extension/background/store.ts';
import { type Deed, FIRST_DEPTHS, type KnownAlerts } from '../../../extension/protocol/alerts.ts';
import { addPolicy, at, happen } from '../../support/alarms.ts';
import { ALERTS_PAGE, HELLO, IN_TAB, type PageEnd, pageFrom } from '../../support/alerts-page.ts';
import { by, secondsAgo } from '../../support/record.ts';
import { startWorker, type TestWorker } from '../../support/worker.ts';
import { memoryArea } from './memory-area.ts';

const ORIGIN = 'https://audit.example.com';
const TIMEOUT = 60_000;

vi.setConfig({ testTimeout: TIMEOUT, hookTimeout: TIMEOUT });

let worker: TestWorker;
/** Each test has an account of its own, and with it alerts of its own. */
let account: string;
let number = 0;

let area: ReturnType<typeof memoryArea>;
let badge: Badge | undefined;
let notices: Notice[];
let cleared: number;
let opened: string[];
let shownTabs: number[];
let fault: ((path: string) => Promise<void> | undefined) | undefined;

beforeAll(async () => {
  worker = await startWorker();
  await addPolicy(worker, {
    id: 'each',
    name: { en: 'Machines bought', zh: '购买了云服务器' },
    severity: 'high',
    condition: { kind: 'count', within: 60, per: 'operator' },
  });
});
afterAll(() => worker.close());

beforeEach(() => {
  number += 1;
  account = `12500001${String(number).padStart(2, '0')}`;
  area = memoryArea();
  badge = undefined;
  [notices, opened, shownTabs, cleared, fault] = [[], [], [], 0, undefined];
});

/** The background, as it starts anew each time it is woken. */
function start(): AlertsService {
  return serveAlerts({
    id: 'own',
    page: ALERTS_PAGE,
    store: openStore(area),
    area,
    isAllowed: () => Promise.resolve(true),
    digest: (text) => Promise.resolve(createHash('sha256').update(text).digest('hex')),
    browserLanguage: 'en-GB',
    now: Date.now,
    fetch: async (url, { method, headers, body }) => {
      const path = url.slice(ORIGIN.length);
      await fault?.(path);
      const token = headers['authorization']?.slice('Bearer '.length) ?? null;
      const reply = await worker.call(path, { method, token, headers, ...(body ? { body } : {}) });
      return { status: reply.status, headers: reply.headers, text: () => Promise.resolve(reply.text) };
    },
    showBadge: async (next) => void (badge = next),
    notify: async (notice) => void notices.push(notice),
    clearNotices: async () => void (cleared += 1),
    arrived: () => {},
    showTab: async (tabId) => shownTabs.push(tabId) > 0,
    openTab: (url) => void opened.push(url),
    openPanel: (state) => void opened.push(`#${state}`),
    openOptions: () => void opened.push('options'),
    report: (error) => {
      throw error;
    },
  });
}

async function signIn(member: object = { role: 'auditor' }): Promise<string> {
  const made = { name: 'N', accounts: [account], ...member };
  const { json: saved } = await worker.call('/v1/members', { method: 'POST', json: made });
  const { json } = await worker.call('/v1/tokens', { method: 'POST', json: { member: saved.id } });
  await area.set({ connection: { origin: ORIGIN, token: json.token } });
  return json.id;
}

/** Each of these operators does what the policy is about. */
async function buy(...operators: string[]): Promise<void> {
  await happen(
    worker,
    operators.map((operator) => at(secondsAgo(60), by(operator, account))),
  );
}

function openPage(alerts: AlertsService): PageEnd {
  const page = pageFrom(IN_TAB);
  alerts.accept(page.port);
  page.say(HELLO);
  return page;
}

async function known(
  page: PageEnd,
  holds: (known: KnownAlerts) => boolean = () => true,
): Promise<KnownAlerts> {
  return await vi.waitFor(
    () => {
      const standing = page.standing();
      if (standing?.kind !== 'known' || !holds(standing)) throw new Error(JSON.stringify(standing));
      return standing;
    },
    { timeout: 10_000 },
  );
}

async function doneOf(page: PageEnd, id: string, deed: Deed): Promise<unknown> {
  const before = page.told.length;
  page.say({ kind: 'deed', id, deed });
  return await vi.waitFor(
    () => {
      const done = page.told.slice(before).find((one) => one !== 'closed' && one.kind === 'deed');
      if (!done) throw new Error('not done yet');
      return done;
    },
    { timeout: 10_000 },
  );
}

test('what is open at first shows on the badge; what opens later is told once, also by a background that starts anew', async () => {
  await signIn();
  await buy('21');
  await start().look();
  expect(badge).toEqual({
    text: '1',
    colour: '#b01e2b',
    title: 'Open Sidetrail. 1 open alert: high',
  });
  expect(notices).toEqual([]);
  await buy('22');
  const again = start();
  await Promise.all([again.look(), again.look()]);
  await start().look();
  expect(badge?.text).toBe('2');
  expect(notices).toEqual([
    {
      id: expect.stringMatching(/^alert /),
      title: 'High: Machines bought',
      message: 'Operator “name-of-22” · 1 event',
    },
  ]);
  await buy('23', '24');
  await start().look();
  expect(notices[1]).toMatchObject({ id: 'alerts', title: '2 new alerts' });
  expect(badge?.text).toBe('4');
});

test('without open alerts there is no badge; without a page one request tells', async () => {
  await signIn();
  badge = { text: '1', colour: '', title: '' };
  const asked: string[] = [];
  fault = (path) => void asked.push(path);
  await start().look();
  expect([badge, asked]).toEqual([undefined, ['/v1/alerts?state=open&limit=100']]);
});

test('the badge speaks the language that was chosen', async () => {
  await signIn();
  await buy('21');
  await openStore(area).setPreferences({ language: 'zh-CN', theme: 'auto' });
  const alerts = start();
  await alerts.preferencesChanged();
  expect(badge?.title).toBe('打开 Sidetrail。1 条未处理告警：高危');
});

test('a page lists alerts by state, and what it does about one changes the badge, and can be taken back', async () => {
  await signIn();
  await buy('21', '22');
  const page = openPage(start());
  const { lists, mayAct, policies, hidden } = await known(page);
  expect([mayAct, hidden]).toEqual([true, 'admin']);
  expect(policies).toBeGreaterThan(0);
  expect(lists.open.alerts).toHaveLength(2);
  const [first] = lists.open.alerts;
  const id = first?.id ?? '';

  expect(await doneOf(page, id, { kind: 'acknowledge', undo: false })).toMatchObject({
    outcome: { ok: true, alert: { state: 'acknowledged' } },
  });
  await known(page, (now) => now.lists.acknowledged.alerts.length === 1);
  expect(badge?.text).toBe('1');
  await doneOf(page, id, { kind: 'acknowledge', undo: true });
  await known(page, (now) => now.lists.open.alerts.length === 2);
  expect(badge?.text).toBe('2');

  const until = new Date(Date.now() + 3_600_000).toISOString();
  for (const [deed, undo, field] of [
    [{ kind: 'mute', until }, { kind: 'unmute' }, 'muted'],
    [{ kind: 'expect', undo: false }, { kind: 'expect', undo: true }, 'expected'],
  ] as const) {
    const isHushed = ({ lists: now }: KnownAlerts): boolean =>
      now.open.alerts.some((alert) => alert[field] !== undefined);
    await doneOf(page, id, deed);
    await known(page, isHushed);
    expect(badge?.text, field).toBe('1');
    await doneOf(page, id, undo);
    await known(page, (now) => !isHushed(now));
    expect(badge?.text, field).toBe('2');
  }
  expect(notices).toEqual([]);

  page.say({ kind: 'examples', id });
  await expect
    .poll(() => page.told.at(-1))
    .toMatchObject({ kind: 'examples', id, events: [{ event: 'RunInstances', account }] });
  page.say({ kind: 'show-event', id: first?.examples[0] });
  page.say({ kind: 'open-options' });
  expect(opened).toEqual([`#view=team&team=*&event=${first?.examples[0]}`, 'options']);
});

test('a page gets as many as it wants, and says so where there are more', async () => {
  await signIn();
  await buy('21', '22', '23');
  const page = pageFrom(IN_TAB);
  start().accept(page.port);
  page.say({ kind: 'hello', depths: { ...FIRST_DEPTHS, open: 2 }, owner: null });
  const { lists } = await known(page);
  expect([lists.open.alerts.length, lists.open.more]).toEqual([2, true]);
  page.say({ kind: 'look', depths: { ...FIRST_DEPTHS, open: 1e9 } });
  expect((await known(page, (now) => !now.lists.open.more)).lists.open.alerts).toHaveLength(3);
});

test('who sees only their own is shown only that, and may say nothing about it', async () => {
  await signIn({ role: 'member', operators: [{ account, id: '21' }] });
  await buy('21', '22');
  const page = openPage(start());
  const standing = await known(page);
  expect(standing).toMatchObject({ mayAct: false, hidden: 'lead', policies: null });
  const [own, ...others] = standing.lists.open.alerts;
  expect([own?.group?.value, others]).toEqual(['21', []]);
  expect(badge?.text).toBe('1');
  expect(await doneOf(page, own?.id ?? '', { kind: 'acknowledge', undo: false })).toMatchObject({
    outcome: { ok: false, failure: { kind: 'forbidden' } },
  });
  expect(await doneOf(page, 'nothing', { kind: 'unmute' })).toMatchObject({
    outcome: { ok: false, failure: { kind: 'gone' } },
  });
});

test('a token that was taken back shows nothing any more, and nothing of it is kept', async () => {
  const token = await signIn();
  await buy('21');
  const alerts = start();
  const page = openPage(alerts);
  await known(page);
  expect(badge?.text).toBe('1');
  await worker.call(`/v1/tokens/${token}`, { method: 'DELETE' });
  await alerts.look();
  expect(page.standing()).toEqual({ kind: 'failing', problem: { kind: 'token-refused' } });
  expect(badge).toBeUndefined();
  expect(cleared).toBe(1);
  expect([...area.items.keys()]).toEqual(['connection']);
});

test('who signs out while the Worker is asked leaves nothing behind', async () => {
  await signIn();
  await buy('21');
  const alerts = start();
  const page = openPage(alerts);
  await known(page);
  const { promise, resolve } = Promise.withResolvers<void>();
  fault = () => promise;
  const looking = alerts.look();
  await openStore(area).removeConnection();
  await alerts.forget();
  expect(page.standing()).toEqual({ kind: 'signed-out' });
  resolve();
  await looking;
  expect(page.standing()).toEqual({ kind: 'signed-out' });
  expect([badge, [...area.items.keys()]]).toEqual([undefined, []]);
  await alerts.look();
  expect(page.standing()).toEqual({ kind: 'signed-out' });
});

test('another who signs in sees nothing of the one before, nor is told what was open already', async () => {
  await signIn();
  await buy('21');
  const alerts = start();
  const page = openPage(alerts);
  await known(page);
  await signIn({ role: 'member', operators: [{ account, id: '99' }] });
  await alerts.forget();
  expect([page.standing(), badge]).toEqual([{ kind: 'asking' }, undefined]);
  await alerts.look();
  expect((await known(page)).lists.open.alerts).toEqual([]);
  expect([badge, notices]).toEqual([undefined, []]);
});

test('a page that comes back to a background that starts anew keeps what it shows, but not what was another’s', async () => {
  await signIn();
  await buy('21');
  const { owner } = await known(openPage(start()));
  fault = () => Promise.reject(new TypeError('fetch failed'));
  const standings = async (shown: string): Promise<unknown[]> => {
    const page = pageFrom(IN_TAB);
    start().accept(page.port);
    page.say({ ...HELLO, owner: shown });
    await expect.poll(() => page.standing()?.kind).toBe('failing');
    return page.told.flatMap((one) =>
      one !== 'closed' && one.kind === 'standing' ? [one.standing.kind] : [],
    );
  };
  expect(await standings(owner)).toEqual(['failing']);
  await signIn();
  expect(await standings(owner)).toEqual(['asking', 'failing']);
});

test('out of reach the badge stays as it is, and a page is told', async () => {
  await signIn();
  await buy('21');
  const alerts = start();
  const page = openPage(alerts);
  await known(page);
  fault = () => Promise.reject(new TypeError('fetch failed'));
  await alerts.look();
  expect(page.standing()).toEqual({ kind: 'failing', problem: { kind: 'unreachable' } });
  expect(badge?.text).toBe('1');
});

test('the page that is open is shown, and another only where none is', async () => {
  await signIn();
  const alerts = start();
  await alerts.open();
  expect(opened).toEqual([ALERTS_PAGE]);
  const page = openPage(alerts);
  await known(page);
  expect(alerts.isWatched()).toBe(true);
  await alerts.open();
  expect([opened.length, shownTabs]).toEqual([1, [7]]);
  page.end();
  expect(alerts.isWatched()).toBe(false);
});
