/** The page of alerts without its looks: what it shows, and what can be done there. */
import { batch, computed, signal, type ReadonlySignal } from '@preact/signals';
import type { AlertState } from '../../../shared/api/alerts.ts';
import {
  type AlertsStanding,
  type Deed,
  type DeedFailure,
  type Depths,
  FIRST_DEPTHS,
  isOver,
  type KnownAlerts,
  type ListedAlert,
  MAX_DEPTH,
  type ToAlertsPage,
} from '../../protocol/alerts.ts';
import type { Problem } from '../../protocol/connection.ts';
import { DEFAULT_PANEL_PREFERENCES, type PanelPreferences } from '../../protocol/panel.ts';
import { DEFAULT_PREFERENCES, type Preferences } from '../../protocol/preferences.ts';
import type { Backend } from '../backend.ts';
import { createExamples, type Examples } from './examples.ts';
import type { Action } from './keys.ts';
import { acknowledging, expecting, neighbourOf } from './deeds.ts';
import { type Filter, type Section, sectionsOf, withAlert } from './lists.ts';

export type Standing =
  | Exclude<AlertsStanding, KnownAlerts>
  /** `problem`: why it cannot be asked for anew now. */
  | { kind: 'known'; known: KnownAlerts; problem: Problem | null }
  | { kind: 'lost' };

/** What was done, or not, to be told once. `at` tells two of the same apart. */
export interface Said {
  at: number;
  alert: ListedAlert;
  deed: Deed;
  failure: DeedFailure | null;
}

export interface AlertsModel {
  standing: ReadonlySignal<Standing>;
  reading: ReadonlySignal<Preferences>;
  preferences: ReadonlySignal<PanelPreferences>;
  /** ms since 1970, as of the last tick. */
  now: ReadonlySignal<number>;
  /** IANA zone that times are read in. */
  tz: ReadonlySignal<string>;
  filter: ReadonlySignal<Filter>;
  sections: ReadonlySignal<Section[]>;
  /** The id of the alert that keys are about; undefined where there is none. */
  current: ReadonlySignal<string | undefined>;
  /** Grows whenever the focus is to go to the current alert. */
  focus: ReadonlySignal<number>;
  /** Ids of alerts that something is being done about. */
  busy: ReadonlySignal<ReadonlySet<string>>;
  /** The id of the alert until when which is muted is being chosen. */
  muting: ReadonlySignal<string | undefined>;
  examples: Examples;
  said: ReadonlySignal<Said | undefined>;
  isAsking: ReadonlySignal<boolean>;
  choose: (filter: Filter) => void;
  /** The focus went to an alert, or into it. */
  select: (id: string) => void;
  act: (action: Action) => void;
  deed: (alert: ListedAlert, deed: Deed) => void;
  startMuting: (id: string) => void;
  stopMuting: () => void;
  /** Asks for older ones of a state too. */
  deeper: (state: AlertState) => void;
  openEvent: (id: string) => void;
  openOptions: () => void;
  look: () => void;
  tick: () => void;
}

/** By how many `deeper` goes on. */
const STEP = 100;

const NONE: ReadonlySet<string> = new Set();

/** The model of one page. */
export function createAlerts(backend: Backend): AlertsModel {
  const send: Backend['send'] = (message) => backend.send(message);
  const standing = signal<Standing>({ kind: 'asking' });
  const reading = signal(DEFAULT_PREFERENCES);
  const preferences = signal(DEFAULT_PANEL_PREFERENCES);
  const now = signal(backend.now());
  const filter = signal<Filter>('all');
  const chosen = signal<string | undefined>(undefined);
  const focus = signal(0);
  const busy = signal(NONE);
  const muting = signal<string | undefined>(undefined);
  const said = signal<Said | undefined>(undefined);
  const isAsking = signal(true);
  const examples = createExamples(send);
  let depths: Depths = FIRST_DEPTHS;

  const known = computed(() => (standing.value.kind === 'known' ? standing.value.known : undefined));
  const sections = computed(() => (known.value ? sectionsOf(known.value, filter.value) : []));
  const shown = computed(() => sections.value.flatMap(({ alerts }) => alerts));
  const current = computed(() =>
    shown.value.some(({ id }) => id === chosen.value) ? chosen.value : shown.value[0]?.id,
  );
  const theCurrent = (): ListedAlert | undefined => shown.peek().find(({ id }) => id === current.peek());

  const look = (): void => {
    isAsking.value = true;
    send({ kind: 'look', depths });
  };

  const goTo = (id: string | undefined): void => {
    chosen.value = id;
    focus.value += 1;
  };

  const hearStanding = (next: AlertsStanding): void => {
    isAsking.value = next.kind === 'asking';
    const before = known.peek();
    if (next.kind === 'known') {
      standing.value = { kind: 'known', known: next, problem: null };
    } else if (next.kind === 'failing' && before && !isOver(next.problem)) {
      standing.value = { kind: 'known', known: before, problem: next.problem };
    } else {
      // What was known is another's, or nobody's to see any more.
      standing.value = next;
      examples.forget();
      [busy.value, muting.value, said.value] = [NONE, undefined, undefined];
    }
  };

  const hearDeed = ({ id, deed, outcome }: Extract<ToAlertsPage, { kind: 'deed' }>): void => {
    busy.value = new Set([...busy.peek()].filter((one) => one !== id));
    const before = known.peek();
    const alert = shown.peek().find((one) => one.id === id);
    if (!before || !alert) return;
    said.value = {
      at: (said.peek()?.at ?? 0) + 1,
      alert,
      deed,
      failure: outcome.ok ? null : outcome.failure,
    };
    if (!outcome.ok) return;
    if (muting.peek() === id) muting.value = undefined;
    const next = outcome.alert.state === alert.state ? id : neighbourOf(sections.peek(), id);
    standing.value = { kind: 'known', known: withAlert(before, outcome.alert), problem: null };
    if (chosen.peek() === id) goTo(next);
  };

  const hear = (message: ToAlertsPage): void =>
    batch(() => {
      switch (message.kind) {
        case 'preferences':
          reading.value = message.reading;
          preferences.value = message.panel;
          return;
        case 'standing':
          return hearStanding(message.standing);
        case 'deed':
          return hearDeed(message);
        case 'examples':
          return examples.hear(message.id, message.events);
      }
    });

  backend.listen({
    hear,
    begin() {
      // What was under way at the other end is not any more.
      busy.value = NONE;
      send({ kind: 'hello', depths, owner: known.peek()?.owner ?? null });
      examples.askAgain();
    },
    lost() {
      standing.value = { kind: 'lost' };
    },
  });

  const mayAct = (): boolean => known.peek()?.mayAct ?? false;

  const deed: AlertsModel['deed'] = (alert, wanted) => {
    if (!mayAct() || busy.peek().has(alert.id)) return;
    batch(() => {
      chosen.value = alert.id;
      busy.value = new Set([...busy.peek(), alert.id]);
    });
    send({ kind: 'deed', id: alert.id, deed: wanted });
  };

  const stopMuting = (): void => {
    const id = muting.peek();
    if (id === undefined) return;
    muting.value = undefined;
    goTo(id);
  };

  const step = (to: (at: number, last: number) => number): void => {
    const all = shown.peek();
    const at = all.findIndex(({ id }) => id === chosen.peek());
    const next = all[Math.min(Math.max(to(at, all.length - 1), 0), all.length - 1)];
    if (next) goTo(next.id);
  };

  const startMuting = (id: string): void => {
    if (mayAct()) [chosen.value, muting.value] = [id, id];
  };

  const act = (action: Action): void => {
    const alert = theCurrent();
    switch (action.kind) {
      case 'step':
        return step((at) => at + action.by);
      case 'end':
        return step((_at, last) => (action.of === 'first' ? 0 : last));
      case 'ask':
        return look();
      case 'escape':
        return stopMuting();
      case 'open': {
        const [newest] = alert?.events ?? [];
        if (newest) send({ kind: 'show-event', id: newest.id });
        return undefined;
      }
      case 'acknowledge': {
        const wanted = alert && acknowledging(alert);
        return wanted && deed(alert, wanted);
      }
      case 'expect':
        return alert && deed(alert, expecting(alert));
      case 'mute':
        if (alert?.muted) return deed(alert, { kind: 'unmute' });
        return alert && startMuting(alert.id);
    }
  };

  return {
    standing,
    reading,
    preferences,
    now,
    tz: computed(() => (preferences.value.utc ? 'UTC' : backend.zone)),
    filter,
    sections,
    current,
    focus,
    busy,
    muting,
    examples,
    said,
    isAsking,
    choose(next) {
      filter.value = next;
    },
    select(id) {
      chosen.value = id;
    },
    act,
    deed,
    startMuting,
    stopMuting,
    deeper(state) {
      depths = { ...depths, [state]: Math.min(depths[state] + STEP, MAX_DEPTH) };
      look();
    },
    openEvent: (id) => send({ kind: 'show-event', id }),
    openOptions: () => send({ kind: 'open-options' }),
    look,
    tick() {
      now.value = backend.now();
    },
  };
}
