/** The list of one panel: what the copy has of it, what the Worker adds at its end, and the window on it. */
import type { Client } from '../../../shared/api/client.ts';
import type { Held } from '../keeper.ts';
import type { ListMessage, ListQuestion, ListRow, ServerSearch, Window } from '../../protocol/panel.ts';
import type { QueryError } from '../../../shared/query/query.ts';
import { EMPTY_SHELF } from '../../cache/shelf.ts';
import { countDays, dateIn } from './calendar.ts';
import { namesIn } from './names.ts';
import { isComplete, nextPage, olderOf, type Older } from './older.ts';
import { queriesBefore, readQuestion, type ReadQuestion } from './question.ts';
import { rowAt, rowOfEvent } from './rows.ts';
import { placesOf, secondAt, select, type Selection } from './selection.ts';
import { secondOf } from '../sync/times.ts';

export interface ListPorts {
  /** What may be shown of the copy; undefined where nothing may be. */
  held: () => Promise<Held | undefined>;
  /** The Worker to ask; undefined where there is no connection. */
  client: () => Promise<Client | undefined>;
  /** ms since 1970. */
  now: () => number;
  send: (message: ListMessage | { kind: 'query-problem'; generation: number; error: QueryError }) => void;
}

export interface List {
  /** Resolves when it was first said how it stands. */
  begun: Promise<void>;
  /** Says how it stands, with this window. */
  show: (window: Window) => Promise<void>;
  /** The copy changed. */
  refresh: () => Promise<void>;
  /** Goes on after a bound or a failure. */
  further: () => Promise<void>;
  /** Nothing is sent any more. */
  end: () => void;
}

/** The Worker is asked for more when so few rows lie behind the window. */
const MARGIN = 100;
/** Rows that one message carries at most. */
const MAX_WINDOW = 500;

/** Everything about a list that changes while it is shown. */
interface State {
  question: ReadQuestion;
  selection: Selection;
  /** The copy is asked from this second on, the Worker for what is before it; null: the copy holds nothing. */
  floor: number | null;
  older: Older;
  server: ServerSearch;
  revision: number;
  window: Window;
}

/**
 * A list that says how it stands as soon as the copy has told, or, for who reads further down than that goes (the
 * background began anew), as soon as the Worker has.
 */
export function openList(ports: ListPorts, generation: number, asked: ListQuestion, window: Window): List {
  const { held, client, now, send } = ports;
  let ended = false;
  let isTold = true;
  let busy: Promise<void> | undefined;
  let state: State | undefined;

  /** The list as the copy has it now. What the Worker gave stays, unless the copy has come to hold some of it. */
  const current = async (): Promise<State | undefined> => {
    const { copy, shelf } = (await held()) ?? {};
    const read = readQuestion(asked, now(), shelf ? namesIn(shelf) : new Map());
    if (!read.ok) {
      if (!ended) send({ kind: 'query-problem', generation, error: read.error });
      return undefined;
    }
    const { question } = read;
    const reaches = copy?.from ?? null;
    const isUnasked = state === undefined || state.older.strands.every(({ next }) => next === undefined);
    const moves = state === undefined || isUnasked || (state.floor === null && reaches !== null);
    const floor = moves ? reaches : (state?.floor ?? null);
    const selection = select(shelf ?? EMPTY_SHELF, question, shelf ? floor : null);
    const older = moves || state === undefined ? olderOf(queriesBefore(question, floor)) : state.older;
    const server = moves || state === undefined ? ({ kind: 'idle' } as const) : state.server;
    const before = state;
    // Begun at the time, revisions grow past those that a background told before it was stopped.
    const revision = (before?.revision ?? now()) + 1;
    const next = { question, selection, floor, older, server, revision };
    return { ...next, window: before ? moved(before, next, before.window) : window };
  };

  const tell = (): void => {
    if (state !== undefined && isTold && !ended) send(messageOf(generation, state, asked.about));
  };

  /** Asks the Worker for the next page, then says how it stands. */
  const ask = async (): Promise<void> => {
    const asking = state;
    if (asking === undefined) return;
    const { length: given } = asking.older.events;
    asking.server = { kind: 'asking' };
    tell();
    const worker = await client();
    const page = worker
      ? await nextPage(asking.older, { client: worker, tz: asking.question.tz, by: asking.question.by })
      : ({ kind: 'problem', problem: { kind: 'unreachable' } } as const);
    if (state === undefined || state.older !== asking.older) return;
    state.server =
      page.kind === 'problem'
        ? { kind: 'failed', problem: page.problem }
        : page.kind === 'partial'
          ? page
          : { kind: 'idle' };
    if (asking.older.events.length !== given) state.revision += 1;
    tell();
  };

  const needsMore = (): boolean => {
    if (ended || state === undefined) return false;
    const { older, server, selection, window: shown } = state;
    const isBehind = selection.count + older.events.length >= shown.to + MARGIN;
    return server.kind === 'idle' && !isComplete(older) && !isBehind;
  };

  const askWhileNeeded = (): Promise<void> =>
    (busy ??= (async () => {
      while (needsMore()) await ask();
    })().finally(() => {
      busy = undefined;
    }));

  const begin = async (): Promise<void> => {
    state = await current();
    if (window.from > 0 && window.to > (state?.selection.count ?? 0)) {
      isTold = false;
      await askWhileNeeded();
      isTold = true;
    }
    // Asking tells how it stands by itself.
    if (needsMore()) void askWhileNeeded();
    else tell();
  };
  const begun = begin();

  return {
    begun,

    async show(wanted) {
      await begun;
      if (state === undefined) return;
      state.window = wanted;
      tell();
      await askWhileNeeded();
    },

    async refresh() {
      await begun;
      if (ended) return;
      state = await current();
      tell();
      await askWhileNeeded();
    },

    async further() {
      await begun;
      if (state === undefined || state.server.kind === 'asking') return;
      state.server = { kind: 'idle' };
      await (busy ??= ask().finally(() => {
        busy = undefined;
      }));
      await askWhileNeeded();
    },

    end() {
      ended = true;
    },
  };
}

type Rows = Pick<State, 'selection' | 'older'>;

/** The window where the first event that it keeps is now. */
function moved(before: Rows, now: Rows, window: Window): Window {
  const [anchor] = window.keep;
  if (anchor === undefined) return window;
  const was = positions(before, [anchor])[anchor];
  const is = positions(now, [anchor])[anchor];
  const shift = was === undefined || is === undefined ? 0 : is - was;
  return { ...window, from: Math.max(0, window.from + shift), to: Math.max(0, window.to + shift) };
}

function positions({ selection, older }: Rows, ids: readonly string[]): Record<string, number> {
  const places = placesOf(selection, ids);
  return Object.fromEntries(
    ids.flatMap((id) => {
      const behind = older.events.findIndex((event) => event.id === id);
      const place = places.get(id) ?? (behind < 0 ? undefined : selection.count + behind);
      return place === undefined ? [] : [[id, place]];
    }),
  );
}

function messageOf(generation: number, state: State, about: readonly string[]): ListMessage {
  const { question, selection, older, server, revision, window } = state;
  const count = selection.count + older.events.length;
  const from = Math.min(window.from, count);
  const to = Math.min(window.to, count, from + MAX_WINDOW);
  const at = (place: number): number =>
    place < selection.count
      ? secondAt(selection, place)
      : secondOf(older.events[place - selection.count]?.time ?? '');
  const rows = Array.from({ length: Math.max(0, to - from) }, (_, i) => rowOf(state, from + i, about));
  return {
    kind: 'list',
    generation,
    revision,
    count,
    complete: isComplete(older),
    days: countDays(count, at, dateIn(question.tz)),
    window: { from, rows: rows.filter((row) => row !== undefined) },
    kept: positions(state, window.keep),
    server,
  };
}

function rowOf({ selection, older }: Rows, place: number, about: readonly string[]): ListRow | undefined {
  if (place < selection.count) return rowAt(selection, place, about);
  const event = older.events[place - selection.count];
  return event && rowOfEvent(event, about);
}
