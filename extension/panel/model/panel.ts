/** The panel without its looks: which view, what it asks, what is told about it. */
import { batch, computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { Term } from '../../../shared/query/query.ts';
import { DEFAULT_PREFERENCES, type Preferences } from '../../protocol/preferences.ts';
import {
  DEFAULT_PANEL_PREFERENCES,
  type FromBackground,
  type ListQuestion,
  type PageBeside,
  type PanelPreferences,
  type Standing,
} from '../../protocol/panel.ts';
import type { Backend } from '../backend.ts';
import { clockOf } from '../clock.ts';
import { type Asked, createAsked } from './asked.ts';
import { createDetails, type Details } from './details.ts';
import type { ViewName } from './keys.ts';
import { createList, type List } from './list.ts';
import { createLookups, type Lookups } from './lookups.ts';
import { nameOf } from './naming.ts';
import { type Choices, queryOf, rangeIn, resourceOfPage, resourcesOfPage, termsOfPage } from './question.ts';
import { type TeamChoice, teamsOf } from './teams.ts';
import { type WiderKind, widerChoices } from './wider.ts';

/** `loading`: nobody has said how things stand. `lost`: nobody will again. */
export type PanelStanding = Standing | { kind: 'loading' } | { kind: 'lost' };

export interface WiderSearch {
  kind: WiderKind;
  question: ListQuestion;
}

export interface Panel {
  standing: ReadonlySignal<PanelStanding>;
  reading: ReadonlySignal<Preferences>;
  preferences: ReadonlySignal<PanelPreferences>;
  page: ReadonlySignal<PageBeside | null>;
  /** The name of the one resource that the page is about, from its URL or its newest event. */
  pageName: ReadonlySignal<string | undefined>;
  view: ReadonlySignal<ViewName>;
  views: ReadonlySignal<ViewName[]>;
  /** Whether a view is to be seen, be it empty as yet: it is known what it is about, and of nothing that is against it. */
  hasView: ReadonlySignal<boolean>;
  teams: ReadonlySignal<TeamChoice[]>;
  team: ReadonlySignal<TeamChoice | undefined>;
  /** ms since 1970, as of the last tick. */
  now: ReadonlySignal<number>;
  /** IANA zone that times are read in. */
  tz: ReadonlySignal<string>;
  /** The browser's. */
  zone: string;
  isDocked: boolean;
  asked: ReadonlySignal<Asked>;
  question: ReadonlySignal<ListQuestion | null>;
  /** What the question's times mean (unix s), as far as they can be read. */
  range: ReadonlySignal<{ from?: number; to?: number }>;
  /** Wider searches than the one that is shown: what was left out of it, one thing at a time. */
  wider: ReadonlySignal<WiderSearch[]>;
  list: List;
  details: Details;
  lookups: Lookups;
  show: (view: ViewName) => void;
  chooseTeam: (id: string) => void;
  /** Opens the event of a row; nothing while the row is not here. */
  open: (index: number) => void;
  /** Moves on in the list, and with it the event that is open. */
  step: (by: number) => void;
  /** Makes a wider search the one that is shown. */
  widen: (kind: WiderKind) => void;
  prefer: (change: Partial<PanelPreferences>) => void;
  sync: () => void;
  openOptions: () => void;
  /** Shows the page of alerts, in a tab of its own. */
  openAlerts: () => void;
  openTab: () => void;
  close: () => void;
  copy: (text: string) => Promise<boolean>;
  tick: () => void;
}

/** A panel; `saved` is what its URL had behind `#`, as `openTab` wrote it; `event` there is one to be read at once. */
export function createPanel(backend: Backend, saved = ''): Panel {
  const state = new Map(new URLSearchParams(saved));
  const send: Backend['send'] = (message) => backend.send(message);
  const standing = signal<PanelStanding>({ kind: 'loading' });
  const reading = signal(DEFAULT_PREFERENCES);
  const preferences = signal(DEFAULT_PANEL_PREFERENCES);
  const page = signal<PageBeside | null>(null);
  const chosenView = signal(state.get('view'));
  const chosenTeam = signal(state.get('team'));
  const now = signal(backend.now());

  const askedBy: Record<ViewName, Asked> = {
    page: createAsked('90d', state.get('view') === 'page' ? state : undefined),
    me: createAsked('7d', state.get('view') === 'me' ? state : undefined),
    team: createAsked('7d', state.get('view') === 'team' ? state : undefined),
  };

  const list = createList(send);
  const details = createDetails(send);
  const toRead = state.get('event');
  if (toRead !== undefined) details.open(toRead);
  const lookups = createLookups(send);

  const me = computed(() => (standing.value.kind === 'connected' ? standing.value.me : undefined));
  const teams = computed(() => (me.value ? teamsOf(me.value) : []));
  const team = computed(() => teams.value.find(({ id }) => id === chosenTeam.value) ?? teams.value[0]);
  const views = computed((): ViewName[] => [
    ...(page.value ? ['page' as const] : []),
    'me',
    ...(teams.value.length > 0 ? ['team' as const] : []),
  ]);
  const view = computed(() => views.value.find((one) => one === chosenView.value) ?? views.value[0] ?? 'me');
  const hasView = computed(() => {
    const { kind } = standing.value;
    if (kind === 'loading') return page.value !== null || !backend.isDocked;
    return kind === 'connecting' || kind === 'connected';
  });
  const asked = computed(() => askedBy[view.value]);
  const tz = computed(() => (preferences.value.utc ? 'UTC' : backend.zone));
  const today = computed(() => clockOf('en', tz.value).date(now.value));

  const subject = computed((): { base: Term[] } & Pick<ListQuestion, 'by' | 'about'> => {
    if (view.value === 'me') return { base: [], by: me.value?.operators ?? [], about: [] };
    if (view.value === 'team') return { base: [], by: team.value?.operators ?? null, about: [] };
    if (!page.value) return { base: [], by: null, about: [] };
    return { base: termsOfPage(page.value), by: null, about: resourcesOfPage(page.value) };
  });
  const ask = (choices: Choices): ListQuestion => {
    const { base, by, about } = subject.value;
    return { q: queryOf(base, choices, today.value), tz: tz.value, by, about };
  };
  const question = computed((): ListQuestion | null => {
    // Who has no operators has no list of their own.
    if (!me.value || subject.value.by?.length === 0) return null;
    return ask(asked.value.choices.value);
  });
  const range = computed(() => rangeIn(question.value, now.value));
  const wider = computed((): WiderSearch[] => {
    if (question.value === null) return [];
    return widerChoices(asked.value.choices.value).map(({ kind, choices }) => ({
      kind,
      question: ask(choices),
    }));
  });
  /** The same text for the same question: whatever else changes asks nothing. */
  const asking = computed(() => JSON.stringify([view.value, question.value]));

  const onPage = computed(() => (page.value ? resourceOfPage(page.value) : undefined));
  const nameInRows = nameOf(
    computed(() => onPage.value?.id),
    list.rows,
  );
  const pageName = computed(() => onPage.value?.name ?? nameInRows.value);

  let former: { subject: string; tz: string } | undefined;
  effect(() => {
    void asking.value;
    untracked(() => {
      const next = { subject: JSON.stringify([view.value, subject.value]), tz: tz.value };
      if (question.value) {
        // Rows of another subject are not to be seen under the name of this one, not even for a moment.
        const isSame = former?.subject === next.subject;
        list.ask(question.value, !isSame ? 'nothing' : former?.tz === next.tz ? 'rows' : 'place');
        lookups.forgetCounts();
      }
      former = question.value ? next : undefined;
    });
  });

  const askWhatFailed = (): void => {
    if (list.message.peek()?.server.kind === 'failed') list.further();
    if (details.reading.peek()?.kind === 'failed') details.askAgain();
  };

  const hear = (message: FromBackground): void => {
    switch (message.kind) {
      case 'preferences':
        batch(() => {
          reading.value = message.reading;
          preferences.value = message.panel;
        });
        return;
      case 'page':
        page.value = message.page;
        return;
      case 'standing': {
        const isBack = !isWell(standing.peek()) && isWell(message.standing);
        standing.value = message.standing;
        if (isBack) askWhatFailed();
        return;
      }
      case 'list':
        list.hear(message);
        return;
      case 'query-problem':
        list.hearProblem(message.generation, message.error);
        return;
      case 'details':
        details.hear(message.id, message.outcome);
        return;
      case 'values':
      case 'count':
        lookups.hear(message);
    }
  };

  backend.listen({
    hear,
    begin() {
      if (question.peek()) list.askAgain();
      details.askAgain();
    },
    lost() {
      standing.value = { kind: 'lost' };
    },
  });

  const open = (index: number): void => {
    const id = list.rows.peek().get(index)?.id;
    if (id === undefined) return;
    list.select(index);
    details.open(id);
  };

  return {
    standing,
    reading,
    preferences,
    page,
    pageName,
    view,
    views,
    hasView,
    teams,
    team,
    now,
    tz,
    zone: backend.zone,
    isDocked: backend.isDocked,
    asked,
    question,
    range,
    wider,
    list,
    details,
    lookups,
    show(next) {
      if (!views.value.includes(next)) return;
      batch(() => {
        details.close();
        chosenView.value = next;
      });
    },
    chooseTeam(id) {
      chosenTeam.value = id;
    },
    open,
    step(by) {
      const index = (list.current.peek()?.index ?? (by > 0 ? -1 : 0)) + by;
      const last = (list.message.peek()?.count ?? 0) - 1;
      if (details.reading.peek() === null) list.select(index);
      else if (index >= 0 && index <= last) open(index);
    },
    widen(kind) {
      const { choosePreset, filter, writesOnly } = asked.value;
      if (kind === 'reads') writesOnly.value = false;
      else if (kind === 'time') choosePreset('90d');
      else filter.replace([]);
    },
    prefer(change) {
      preferences.value = { ...preferences.value, ...change };
      send({ kind: 'prefer', preferences: preferences.value });
    },
    sync: () => send({ kind: 'sync' }),
    openOptions: () => send({ kind: 'open-options' }),
    openAlerts: () => send({ kind: 'open-alerts' }),
    openTab() {
      const { id } = team.value ?? {};
      const parts = { view: view.value, ...asked.value.save(), ...(id === undefined ? {} : { team: id }) };
      send({ kind: 'open-tab', state: new URLSearchParams(parts).toString() });
    },
    close: () => send({ kind: 'close' }),
    copy: (text) => backend.copy(text),
    tick() {
      now.value = backend.now();
    },
  };
}

function isWell(standing: PanelStanding): boolean {
  return standing.kind === 'connected' && standing.problem === null;
}
