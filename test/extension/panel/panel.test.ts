import { expect, test } from 'vitest';
import type { Backend, Listener } from '../../../extension/panel/backend.ts';
import { createDesk } from '../../../extension/panel/model/desk.ts';
import { createPanel } from '../../../extension/panel/model/panel.ts';
import type { FromPanel, PageBeside } from '../../../extension/protocol/panel.ts';
import { parseQuery } from '../../../shared/query/parse.ts';
import { NOW } from '../../support/panel-harness/events.ts';
import { createFake } from '../../support/panel-harness/fake-background.ts';
import type { State } from '../../support/panel-harness/standings.ts';

const PAGE: PageBeside = {
  products: ['cvm', 'cbs'],
  region: 'ap-guangzhou',
  resources: [{ type: 'instance', id: 'ins-7k2m9xqd' }, { id: 'vpc-r1nq0x7t' }],
  isDetail: true,
};

interface Opening {
  state: State;
  page: PageBeside | null;
  saved: string;
}

/** Lets all that was said be heard. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

/** A panel over a made-up background. */
async function open({ state = 'fine', page = PAGE, saved = '' }: Partial<Opening> = {}) {
  let listener: Listener | undefined;
  const fake = createFake({
    state,
    events: 300,
    page,
    language: 'en',
    theme: 'auto',
    say: (message) => listener?.hear(message),
  });
  const backend: Backend = {
    listen(next) {
      listener = next;
      fake.hear({ kind: 'hello', nonce: null });
    },
    send: fake.hear,
    copy: async (text) => text !== 'refuse',
    now: () => NOW,
    zone: 'Asia/Shanghai',
    isDocked: page !== null,
  };
  const panel = createPanel(backend, saved);
  await settle();
  const asked = (): Extract<FromPanel, { kind: 'list' }> | undefined =>
    fake.heard.findLast((one) => one.kind === 'list');
  return {
    panel,
    desk: createDesk(panel),
    heard: fake.heard,
    asked,
    begin: () => listener?.begin(),
    say: (message: Parameters<Listener['hear']>[0]) => listener?.hear(message),
  };
}

test('beside a page the panel is about its resource, for 90 days, without reads', async () => {
  const { panel, asked } = await open();
  expect([panel.view.value, panel.views.value]).toEqual(['page', ['page', 'me', 'team']]);
  expect(asked()?.question).toEqual({
    q: 'resource:ins-7k2m9xqd from:90d -action:read',
    tz: 'Asia/Shanghai',
    by: null,
    about: ['ins-7k2m9xqd'],
  });
});

const PAGES: [Partial<PageBeside>, string][] = [
  [{ isDetail: false }, 'resource:ins-7k2m9xqd,vpc-r1nq0x7t'],
  [{ resources: [] }, 'product:cvm,cbs region:ap-guangzhou'],
  [{ resources: [{ id: String.raw`a*b\c "d"` }] }, String.raw`resource:"a\*b\\c \"d\""`],
  [{ resources: [], products: [] }, 'region:ap-guangzhou'],
];

test.for(PAGES)('a page with %j is asked for as %s', async ([change, expected]) => {
  const { asked } = await open({ page: { ...PAGE, ...change } });
  const q = asked()?.question.q ?? '';
  expect(q).toBe(`${expected} from:90d -action:read`);
  expect(parseQuery(q).ok).toBe(true);
});

test('the page going elsewhere asks anew, the same page told again does not', async () => {
  const { heard, say } = await open();
  const lists = (): number => heard.filter(({ kind }) => kind === 'list').length;
  say({ kind: 'page', page: { ...PAGE, products: ['cvm'] } });
  await settle();
  expect(lists()).toBe(1);
  say({ kind: 'page', page: { ...PAGE, resources: [{ id: 'disk-3bq0lw1k' }] } });
  await settle();
  expect(lists()).toBe(2);
});

test('a view is there once it is known what it is about, and not in the place of a wall', async () => {
  for (const [state, hasView] of [
    ['loading', true],
    ['connecting', true],
    ['fine', true],
    ['failing', false],
    ['signed-out', false],
  ] as const) {
    const { panel } = await open({ state });
    expect([state, panel.hasView.value]).toEqual([state, hasView]);
  }
  const { panel, say } = await open({ state: 'loading' });
  say({ kind: 'page', page: null });
  expect(panel.hasView.value).toBe(false);
  say({ kind: 'page', page: PAGE });
  expect(panel.hasView.value).toBe(true);
});

test('in a tab of its own there is no page, and no closing', async () => {
  const { panel, desk, heard } = await open({ page: null });
  expect([panel.view.value, panel.views.value]).toEqual(['me', ['me', 'team']]);
  desk.act({ kind: 'escape' });
  await settle();
  expect(heard.some(({ kind }) => kind === 'close')).toBe(false);
});

test('Me is what one’s operators did, as whom ever; who has none is not asked about', async () => {
  const { panel, asked } = await open();
  panel.show('me');
  await settle();
  expect(asked()?.question).toEqual({
    q: 'from:7d -action:read',
    tz: 'Asia/Shanghai',
    by: [{ account: '100000000000', id: '100000000011' }],
    about: [],
  });
  const nobody = await open({ state: 'nobody', page: null });
  expect([nobody.panel.question.value, nobody.asked()]).toEqual([null, undefined]);
});

test('Team is a team that one leads, or everybody for who sees all; others have no such view', async () => {
  const { panel, asked } = await open();
  panel.show('team');
  await settle();
  expect(panel.teams.value.map(({ id }) => id)).toEqual(['web', 'platform', '*']);
  expect(asked()?.question.by).toHaveLength(2);
  panel.chooseTeam('*');
  await settle();
  expect(asked()?.question.by).toBeNull();
  const member = await open({ state: 'own-only' });
  expect(member.panel.views.value).toEqual(['page', 'me']);
  member.panel.show('team');
  expect(member.panel.view.value).toBe('page');
});

test('times and reads of the filter take the place of presets and of "writes only"', async () => {
  const { panel, asked } = await open({ page: null });
  const { filter, choosePreset } = panel.asked.value;
  filter.type('from:2026-11-01 action:read');
  await settle();
  expect(asked()?.question.q).toBe('from:2026-11-01 action:read');
  filter.commit();
  choosePreset('today');
  await settle();
  expect(asked()?.question.q).toBe('from:2026-11-20 action:read');
});

test('today is today where the reader is', async () => {
  const { panel, asked, desk } = await open({ page: null });
  panel.asked.value.choosePreset('today');
  desk.act({ kind: 'zone' });
  await settle();
  expect(asked()?.question).toMatchObject({ q: 'from:2026-11-20 -action:read', tz: 'UTC' });
});

test('each view keeps what was chosen in it', async () => {
  const { panel, desk } = await open();
  desk.act({ kind: 'writes' });
  panel.show('me');
  expect(panel.asked.value.writesOnly.value).toBe(true);
  panel.show('page');
  expect(panel.asked.value.writesOnly.value).toBe(false);
});

test('a tab opens with what was seen', async () => {
  const { panel, heard } = await open();
  panel.show('me');
  panel.asked.value.filter.type('product:cvm ');
  panel.asked.value.choosePreset('30d');
  panel.openTab();
  await settle();
  const opened = heard.findLast((one) => one.kind === 'open-tab');
  const other = await open({ page: null, saved: opened?.state ?? '' });
  expect(other.asked()?.question).toEqual(panel.question.value);
});

test('an event opens, goes on to the next, and goes back to its row', async () => {
  const { panel, desk } = await open({ page: null });
  desk.open(3);
  await settle();
  const { reading } = panel.details;
  expect(reading.value?.kind).toBe('event');
  desk.act({ kind: 'step', by: 1 });
  await settle();
  expect(reading.value?.id).toBe(panel.list.rows.value.get(4)?.id);
  desk.act({ kind: 'escape' });
  expect([reading.value, desk.focus.value, panel.list.current.value?.index]).toEqual([null, 'row', 4]);
});

test.for(['last', 'first'] as const)('the %s row is gone to from none, and from any other', async (of) => {
  const { panel, desk } = await open({ page: null });
  const wanted = of === 'last' ? (panel.list.message.value?.count ?? 0) - 1 : 0;
  for (const from of [undefined, 7]) {
    if (from !== undefined) panel.list.select(from);
    desk.act({ kind: 'end', of });
    expect(panel.list.current.value?.index).toBe(wanted);
  }
});

test('Esc closes the popup, then the event, then the panel', async () => {
  const { panel, desk, heard } = await open();
  panel.show('me');
  await settle();
  desk.open(0);
  desk.popup.value = 'copy';
  const left = [1, 2, 3].map(() => {
    desk.act({ kind: 'escape' });
    return [desk.popup.value, panel.details.reading.value?.kind];
  });
  await settle();
  expect(left).toEqual([
    [null, 'loading'],
    [null, undefined],
    [null, undefined],
  ]);
  expect(heard.at(-1)).toEqual({ kind: 'close' });
});

test('what cannot be read of an event is told, not shown half', async () => {
  const { panel, desk, say } = await open({ page: null });
  desk.open(0);
  const id = panel.details.reading.value?.id ?? '';
  say({ kind: 'details', id, outcome: { kind: 'event', event: '{"id":"x"}' } });
  expect(panel.details.reading.value).toMatchObject({ kind: 'failed' });
});

test('after a break all is asked again', async () => {
  const { panel, desk, heard, begin } = await open({ state: 'offline', page: null });
  desk.open(0);
  const before = heard.length;
  begin();
  await settle();
  expect(heard.slice(before).map(({ kind }) => kind)).toEqual(['details', 'list', 'details']);
  expect(panel.list.message.value?.generation).toBe(1);
});

test('what failed is asked again once the Worker is back', async () => {
  const { panel, desk, heard, say } = await open({ state: 'offline', page: null });
  desk.open(0);
  await settle();
  const standing = panel.standing.value;
  if (standing.kind !== 'connected') throw new Error('not connected');
  const before = heard.length;
  say({ kind: 'standing', standing });
  await settle();
  expect(heard).toHaveLength(before);
  say({ kind: 'standing', standing: { ...standing, problem: null } });
  say({ kind: 'standing', standing: { ...standing, problem: null } });
  await settle();
  expect(heard.slice(before).map(({ kind }) => kind)).toEqual(['further', 'details']);
});

test('wider searches are counted once each', async () => {
  const { panel, heard } = await open({ page: null });
  panel.asked.value.filter.type('event:NoSuchEvent ');
  await settle();
  for (const { question } of [...panel.wider.value, ...panel.wider.value]) panel.lookups.count(question);
  await settle();
  expect(panel.wider.value.map(({ kind }) => kind)).toEqual(['filter', 'reads', 'time']);
  expect(heard.filter(({ kind }) => kind === 'count')).toHaveLength(3);
  expect(panel.lookups.counts.value.get(panel.wider.value[0]?.question.q ?? '')?.events).toBeGreaterThan(0);
});

test('copying tells whether it worked', async () => {
  const { desk } = await open();
  await desk.copy('text', 'value');
  expect(desk.done.value?.what).toBe('value');
  await desk.copy('refuse', 'value');
  expect(desk.done.value?.what).toBe('not-copied');
});

test('rows of one resource are never seen under the name of another', async () => {
  const { panel, say } = await open({ page: { ...PAGE, resources: [], products: [] } });
  expect(panel.list.message.value?.count).toBeGreaterThan(0);
  say({ kind: 'page', page: PAGE });
  expect([panel.list.message.value, panel.list.rows.value.size]).toEqual([null, 0]);
});

test('a panel whose URL names an event reads it at once', async () => {
  const { panel, begin, heard } = await open({ page: null, saved: 'view=team&team=*&event=AN-EVENT' });
  begin();
  expect(panel.details.reading.value?.id).toBe('AN-EVENT');
  expect(heard).toContainEqual({ kind: 'details', id: 'AN-EVENT' });
});
