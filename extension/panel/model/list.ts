/** The list: what is asked for, which rows are here, where the reader is in it. */
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { QueryError } from '../../../shared/query/query.ts';
import type { Day, FromPanel, ListMessage, ListQuestion, ListRow, Window } from '../../protocol/panel.ts';
import { type Layout, layOut, rowAt, type Sizes, topOfRow } from './layout.ts';

/** A row that is held on to while the list changes around it. */
export interface Place {
  index: number;
  /** Unknown until the row is here. */
  id?: string;
}

export interface List {
  /** How the list stands; null until the first answer to a new one. */
  message: ReadonlySignal<ListMessage | null>;
  /** Changes with the rows and their places; null until the first answer to a new list. */
  revision: ReadonlySignal<string | null>;
  /** Whether the list ends with the last row that is known. */
  isComplete: ReadonlySignal<boolean>;
  /** What is wrong with the whole query. */
  problem: ReadonlySignal<QueryError | null>;
  /** Whether what shows is still of the question before. */
  isBehind: ReadonlySignal<boolean>;
  layout: ReadonlySignal<Layout>;
  /** First and last row in sight, with some around them; `first > last` where there are none. */
  sight: ReadonlySignal<{ first: number; last: number }>;
  /** Whether what is in sight flies by too quickly to be read. */
  isFlung: ReadonlySignal<boolean>;
  rows: ReadonlySignal<ReadonlyMap<number, ListRow>>;
  /** The row that keys move from. */
  current: ReadonlySignal<Place | null>;
  /** Asks another question; `keep` leaves what shows, and the place in it, until there is an answer. */
  ask: (question: ListQuestion, keep: 'nothing' | 'rows' | 'place') => void;
  /** Says all again to a background that knows nothing. */
  askAgain: () => void;
  hear: (message: ListMessage) => void;
  hearProblem: (generation: number, error: QueryError) => void;
  /**
   * The list is seen from `top` on (px, less than 0 where it begins further down), so many px of it. While it is flung
   * no rows are asked for: who flings it says so, and looks again when that is over.
   */
  look: (top: number, height: number, isFlung?: boolean) => void;
  resize: (sizes: Sizes) => void;
  /** While a row has the focus or the pointer, new rows above do not move it. */
  hold: (isHeld: boolean) => void;
  /** Makes a row the current one. */
  select: (index: number) => void;
  /** px by which what is seen moved down since this was last asked: to be scrolled by. */
  takeShift: () => number;
  /** Goes on with a search that stopped at its bound. */
  further: () => void;
}

/** Rows drawn above and below what is in sight, at least; and how many come and go at once. */
const OVERSCAN = 4;
const STEP = 4;
/** Rows asked for around what is in sight, and how near to their end others are asked for. */
const MARGIN = 60;
const NEAR = 20;
/** Of a new list: what is seen at once, and no more than goes into a quick answer. */
const FIRST_WINDOW = { from: 0, to: MARGIN };
/** Rows kept of one revision, while the reader scrolls. */
const MAX_ROWS = 3000;

const NO_DAYS: readonly Day[] = [];

export function createList(send: (message: FromPanel) => void): List {
  const message = signal<ListMessage | null>(null);
  const problem = signal<QueryError | null>(null);
  const generation = signal(0);
  const rows = signal<ReadonlyMap<number, ListRow>>(new Map());
  const sizes = signal<Sizes>({ row: 52, day: 28 });
  const view = signal({ top: 0, height: 0 });
  const isFlung = signal(false);
  const current = signal<Place | null>(null);
  let question: ListQuestion | undefined;
  let asked: Window = { ...FIRST_WINDOW, keep: [] };
  let isAwaited = false;
  let isHeld = false;
  let isPlaceKept = false;
  let shift = 0;
  /** What is read is in sight, or it is the event of the current row, with the rows hidden. */
  let isRead: 'rows' | 'current' = 'rows';

  const days = computed(() => message.value?.days ?? NO_DAYS);
  const layout = computed(() => layOut(days.value, sizes.value));
  const first = computed(() => {
    const top = rowAt(layout.value, view.value.top) - OVERSCAN;
    return Math.max(0, top - (top % STEP));
  });
  const last = computed(() => {
    const { top, height } = view.value;
    if (top + height < 0) return -1;
    const bottom = rowAt(layout.value, top + height) + OVERSCAN;
    return Math.min(layout.value.rows - 1, bottom - (bottom % STEP) + STEP - 1);
  });
  const sight = computed(() => ({ first: first.value, last: last.value }));

  const needed = (): { first: number; last: number } => {
    const { index } = current.peek() ?? { index: 0 };
    return isRead === 'rows' ? sight.peek() : { first: index, last: index };
  };

  const idAt = (index: number): string | undefined => rows.value.get(index)?.id;
  const placeAt = (index: number): Place => {
    const id = idAt(index);
    return id === undefined ? { index } : { index, id };
  };
  const topRow = (): number => rowAt(layout.value, view.value.top);

  const want = (from: number, to: number): Window => {
    const ids = [idAt(topRow()), current.value?.id];
    return { from, to, keep: [...new Set(ids.filter((id) => id !== undefined))] };
  };

  /** Asks for rows around those that are needed, where not enough around them was asked for yet. */
  const fill = (): void => {
    const known = message.value;
    if (known?.generation !== generation.value || (isRead === 'rows' && isFlung.peek())) return;
    const { first: from, last: to } = needed();
    const end = known.complete ? known.count - 1 : Infinity;
    const isCovered = Math.max(0, from - NEAR) >= asked.from && Math.min(end, to + NEAR) < asked.to;
    // One at a time: what is asked for in a fling is out of sight before it comes.
    if (isCovered || isAwaited || to < from) return;
    isAwaited = true;
    asked = want(Math.max(0, from - MARGIN), to + MARGIN);
    send({ kind: 'window', generation: generation.value, window: asked });
  };

  const sendList = (): void => {
    isAwaited = false;
    if (question) send({ kind: 'list', generation: generation.value, question, window: asked });
  };

  const moved = (place: Place, next: ListMessage): Place | null => {
    const index = place.id === undefined ? place.index : findIn(next, place.id);
    if (index !== undefined && index < next.count) return { ...place, index };
    // It is gone: whoever was on it goes on from where it was.
    return next.count > 0 ? { index: Math.min(place.index, next.count - 1) } : null;
  };

  const hear = (next: ListMessage): void => {
    const before = message.peek();
    if (next.generation !== generation.peek()) return;
    const isNew = before?.generation !== next.generation;
    if (!isNew && next.revision < before.revision) return;
    const isOther = isNew || next.revision !== before.revision;
    isAwaited = false;
    const keepsPlace = !isNew || isPlaceKept;
    const from = layout.peek();
    const anchorIndex = topRow();
    const anchor = idAt(anchorIndex);
    const isAnchored = isHeld || view.peek().top > 0;
    batch(() => {
      // Days and rows of a revision do not change: what is here already need not be drawn again.
      message.value = isOther ? next : { ...next, days: before.days };
      problem.value = null;
      const known = isOther ? new Map<number, ListRow>() : rows.peek();
      const { from: start, rows: told } = next.window;
      if (isOther || told.some((_, i) => !known.has(start + i))) {
        rows.value = new Map([
          ...(known.size > MAX_ROWS ? [] : known),
          ...told.map((row, i) => [start + i, known.get(start + i) ?? row] as const),
        ]);
      }
      if (isOther && current.value) current.value = keepsPlace ? moved(current.value, next) : null;
      const place = current.value;
      if (place && place.id === undefined && idAt(place.index)) current.value = placeAt(place.index);
    });
    if (isNew && !isPlaceKept) shift = -Infinity;
    else if (isOther && isAnchored && anchor !== undefined) {
      const now = findIn(next, anchor);
      if (now !== undefined) shift += topOfRow(layout.peek(), now) - topOfRow(from, anchorIndex);
    }
    if (isNew) isPlaceKept = false;
    fill();
  };

  return {
    message,
    revision: computed(() => message.value && `${message.value.generation} ${message.value.revision}`),
    isComplete: computed(() => message.value?.complete === true),
    problem,
    isBehind: computed(() => message.value?.generation !== generation.value && problem.value === null),
    layout,
    sight,
    isFlung,
    rows,
    current,

    ask(next, keep) {
      question = next;
      isPlaceKept = keep === 'place';
      asked = isPlaceKept ? want(asked.from, asked.to) : { ...FIRST_WINDOW, keep: [] };
      batch(() => {
        generation.value += 1;
        problem.value = null;
        if (keep === 'nothing') {
          message.value = null;
          rows.value = new Map();
        }
        if (keep !== 'place') current.value = null;
      });
      sendList();
    },

    askAgain() {
      asked = want(asked.from, asked.to);
      sendList();
    },

    hear,

    hearProblem(of, error) {
      if (of === generation.peek()) problem.value = error;
    },

    look(top, height, flung = false) {
      isRead = 'rows';
      batch(() => {
        view.value = { top, height };
        isFlung.value = flung;
      });
      fill();
    },

    resize(next) {
      const { row, day } = sizes.peek();
      if (row === next.row && day === next.day) return;
      const index = topRow();
      const before = topOfRow(layout.peek(), index);
      sizes.value = next;
      if (view.peek().top > 0) shift += topOfRow(layout.peek(), index) - before;
    },

    hold(held) {
      isHeld = held;
    },

    select(index) {
      const { count = 0 } = message.peek() ?? {};
      if (count === 0) return;
      isRead = 'current';
      current.value = placeAt(Math.max(0, Math.min(index, count - 1)));
      fill();
    },

    takeShift() {
      const taken = shift;
      shift = 0;
      return taken;
    },

    further() {
      send({ kind: 'further', generation: generation.peek() });
    },
  };
}

/** Where a row of before is now. */
function findIn(next: ListMessage, id: string): number | undefined {
  const at = next.window.rows.findIndex((row) => row.id === id);
  return at < 0 ? next.kept[id] : next.window.from + at;
}
