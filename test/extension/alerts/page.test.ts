import { beforeEach, expect, test } from 'vitest';
import type { Listener } from '../../../extension/alerts/backend.ts';
import { type AlertsModel, createAlerts } from '../../../extension/alerts/model/page.ts';
import type {
  AlertsStanding,
  Deed,
  DeedOutcome,
  FromAlertsPage,
  ListedAlert,
} from '../../../extension/protocol/alerts.ts';
import { alertOf, knownOf } from '../../support/alerts-page.ts';

let model: AlertsModel;
let end: Listener | undefined;
let said: FromAlertsPage[];

beforeEach(() => {
  said = [];
  model = createAlerts({
    listen(listener) {
      end = listener;
      listener.begin();
    },
    send: (message) => void said.push(message),
    now: () => Date.parse('2026-11-20T06:10:00Z'),
    zone: 'Asia/Shanghai',
  });
});

function stand(standing: AlertsStanding): void {
  end?.hear({ kind: 'standing', standing });
}

/** What becomes of a deed, told as the background does. */
function answer(alert: ListedAlert, deed: Deed, outcome: DeedOutcome | Partial<ListedAlert>): void {
  const told = 'ok' in outcome ? outcome : { ok: true as const, alert: { ...alert, ...outcome } };
  end?.hear({ kind: 'deed', id: alert.id, deed, outcome: told });
}

/** The ids that are shown, section by section. */
function shown(): [string, string[]][] {
  return model.sections.value.map(({ state, alerts }) => [state, alerts.map(({ id }) => id)]);
}

const ACKNOWLEDGED = {
  state: 'acknowledged',
  acknowledged: { by: 'admin', at: '2026-11-20T06:09:00Z' },
} as const;
const DO: Deed = { kind: 'acknowledge', undo: false };

const [one, two, three] = [
  alertOf({ opened: '2026-11-20T06:03:00.000Z' }),
  alertOf({ opened: '2026-11-20T06:02:00.000Z' }),
  alertOf({ opened: '2026-11-20T06:01:00.000Z' }),
];
const taken = alertOf({ opened: '2026-11-20T06:02:30.000Z', ...ACKNOWLEDGED });
const over = alertOf({ state: 'recovered', recovered: '2026-11-20T05:00:00.000Z' });

test('the page says hello first, and again whenever the line to the background is new', () => {
  expect(said.map(({ kind }) => kind)).toEqual(['hello']);
  expect(model.standing.value.kind).toBe('asking');
  end?.begin();
  stand(knownOf([one]));
  end?.begin();
  expect(said.map((message) => 'owner' in message && message.owner)).toEqual([null, null, 'me']);
});

test('open alerts come first, then acknowledged, then recovered; a filter shows one of them', () => {
  stand(knownOf([over, taken, one, two]));
  expect(shown()).toEqual([
    ['open', [one.id, two.id]],
    ['acknowledged', [taken.id]],
    ['recovered', [over.id]],
  ]);
  model.choose('recovered');
  expect(shown()).toEqual([['recovered', [over.id]]]);
  expect(model.current.value).toBe(over.id);
});

test('what is acknowledged moves at once, and the focus goes to what took its place', () => {
  stand(knownOf([one, two, three, taken]));
  model.act({ kind: 'step', by: 1 });
  model.act({ kind: 'step', by: 1 });
  expect(model.current.value).toBe(two.id);
  const wishes = model.focus.value;
  model.act({ kind: 'acknowledge' });
  expect(said.at(-1)).toEqual({ kind: 'deed', id: two.id, deed: DO });
  expect(model.busy.value.has(two.id)).toBe(true);
  model.act({ kind: 'acknowledge' });
  expect(said.filter(({ kind }) => kind === 'deed')).toHaveLength(1);

  answer(two, DO, ACKNOWLEDGED);
  expect(shown().slice(0, 2)).toEqual([
    ['open', [one.id, three.id]],
    ['acknowledged', [taken.id, two.id]],
  ]);
  expect([model.current.value, model.focus.value]).toEqual([three.id, wishes + 1]);
  expect([...model.busy.value]).toEqual([]);
  expect(model.said.value).toMatchObject({ alert: { id: two.id }, deed: DO, failure: null });
});

test('the last of a section leaves the focus to the one before, and the only one takes it along', () => {
  stand(knownOf([one, two]));
  model.deed(two, DO);
  answer(two, DO, ACKNOWLEDGED);
  expect(model.current.value).toBe(one.id);
  model.deed(one, DO);
  answer(one, DO, ACKNOWLEDGED);
  expect(model.current.value).toBe(one.id);
});

test('keys take back what is done, mute and unmute, and mark expected or not', () => {
  const muted = { ...one, muted: { until: '2026-11-21T00:00:00Z', by: 'admin' } };
  const expected = { ...three, expected: { by: 'admin', at: '2026-11-20T00:00:00Z' } };
  stand(knownOf([muted, two, expected, taken, over]));
  const at = (id: string): void => model.select(id);
  const deedOf = (kind: 'acknowledge' | 'mute' | 'expect'): Deed | undefined => {
    const before = said.length;
    model.act({ kind });
    const asked = said[before];
    end?.begin();
    return asked?.kind === 'deed' ? asked.deed : undefined;
  };
  at(taken.id);
  expect(deedOf('acknowledge')).toEqual({ kind: 'acknowledge', undo: true });
  at(over.id);
  expect(deedOf('acknowledge')).toBeUndefined();
  at(muted.id);
  expect(deedOf('mute')).toEqual({ kind: 'unmute' });
  expect(deedOf('expect')).toEqual({ kind: 'expect', undo: false });
  at(expected.id);
  expect(deedOf('expect')).toEqual({ kind: 'expect', undo: true });
  at(two.id);
  expect(deedOf('mute')).toBeUndefined();
  expect(model.muting.value).toBe(two.id);
  model.act({ kind: 'escape' });
  expect([model.muting.value, model.current.value]).toEqual([undefined, two.id]);
});

test('who may not act does nothing by any key', () => {
  stand(knownOf([one], { mayAct: false, hidden: 'lead' }));
  for (const kind of ['acknowledge', 'mute', 'expect'] as const) model.act({ kind });
  expect(said.filter(({ kind }) => kind !== 'hello')).toEqual([]);
  expect(model.muting.value).toBeUndefined();
});

test('what was not done is told, and changes nothing', () => {
  stand(knownOf([one]));
  model.deed(one, DO);
  answer(one, DO, { ok: false, failure: { kind: 'forbidden' } });
  expect(shown()[0]).toEqual(['open', [one.id]]);
  expect(model.said.value?.failure).toEqual({ kind: 'forbidden' });
  expect([...model.busy.value]).toEqual([]);
});

test('out of reach what is known stays, with the reason; an answer takes that away', () => {
  stand(knownOf([one]));
  stand({ kind: 'failing', problem: { kind: 'unreachable' } });
  expect(model.standing.value).toMatchObject({ kind: 'known', problem: { kind: 'unreachable' } });
  expect(shown()[0]).toEqual(['open', [one.id]]);
  stand(knownOf([two]));
  expect(model.standing.value).toMatchObject({ kind: 'known', problem: null });
});

test.for<AlertsStanding>([
  { kind: 'signed-out' },
  { kind: 'asking' },
  { kind: 'failing', problem: { kind: 'token-refused' } },
  { kind: 'failing', problem: { kind: 'ingest-token' } },
])('nothing is left of what was known when it is %j', (standing) => {
  stand(knownOf([one]));
  model.examples.ask(one.id);
  model.deed(one, DO);
  answer(one, DO, { ok: false, failure: { kind: 'gone' } });
  stand(standing);
  expect(model.standing.value).toEqual(standing);
  expect([model.sections.value, model.said.value, model.examples.of.value.size]).toEqual([[], undefined, 0]);
  answer(one, DO, ACKNOWLEDGED);
  end?.hear({ kind: 'examples', id: one.id, events: [] });
  expect([model.sections.value, model.examples.of.value.size]).toEqual([[], 0]);
});

test('older ones are asked for in steps, up to what an answer holds', () => {
  stand(knownOf([one]));
  model.deeper('recovered');
  expect(said.at(-1)).toEqual({
    kind: 'look',
    depths: { open: 100, acknowledged: 50, recovered: 120 },
  });
  for (let i = 0; i < 20; i += 1) model.deeper('open');
  expect(said.at(-1)).toMatchObject({ depths: { open: 1000 } });
});

test('events of an alert are asked for when wanted, and again where the line broke', () => {
  stand(knownOf([one]));
  model.examples.ask(one.id);
  expect(model.examples.of.value.get(one.id)).toEqual({ kind: 'asking' });
  end?.begin();
  expect(said.filter(({ kind }) => kind === 'examples')).toHaveLength(2);
  end?.hear({ kind: 'examples', id: one.id, events: null });
  expect(model.examples.of.value.get(one.id)).toEqual({ kind: 'failed' });
});

test('an extension that was replaced says so', () => {
  stand(knownOf([one]));
  end?.lost();
  expect(model.standing.value).toEqual({ kind: 'lost' });
});
