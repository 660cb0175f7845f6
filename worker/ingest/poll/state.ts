/**
 * How far a source is polled, and what is to be read next. Pure. Event times are unix seconds, moments unix ms.
 *
 * Polling reads what is new once. Records come in late, so each stretch of event time is read whole again after some
 * delays: the mark of a delay is the event time up to which that is done.
 */
import * as v from 'valibot';

/** A stretch of event time that is being read. */
export interface Window {
  from: number;
  to: number;
  /** The moment before its first page was asked for: what was there then is found. Unix ms. */
  started: number;
  /** Of the next page; absent: the first. */
  token?: string;
}

interface Pass {
  /** Done up to here. */
  mark: number;
  /** What was interrupted: read on before anything else of this pass. */
  open?: Window;
}

export interface PollState {
  poll: Pass;
  /**
   * When the last poll began that read all there was to the present: whatever was stored by then or by that poll itself
   * leaves nothing unread behind it. Unix ms; absent where the last one did not come that far.
   */
  whole?: number;
  /** Whether pages came newest first when that could last be told. */
  newestFirst?: boolean;
  /** By delay in seconds. */
  again: Record<string, Pass>;
}

/** Delays after which everything is read again, and how much is gathered before it is. Seconds. */
const AGAIN: readonly { delay: number; step: number }[] = [
  { delay: 5 * 60, step: 60 },
  { delay: 30 * 60, step: 5 * 60 },
  { delay: 60 * 60, step: 5 * 60 },
  { delay: 24 * 3600, step: 30 * 60 },
];

/** The lateness horizon: one of the delays. What comes in after it is counted late. */
const HORIZON = 60 * 60;

/** The first poll reads so much; the rest is for the back-fill. */
const FIRST = 15 * 60;

/** So much before the mark is polled again where pages come newest first: late records are in front there. */
const OVERLAP = 30 * 60;
/** … and where they do not, which means reading all of it. */
const SHORT_OVERLAP = 5 * 60;

/** What is newer than this waits for the next poll, or one that takes a while would never end. */
const FRESH = 10;

/** No window is longer; the vendor allows less than 30 days. */
const LONGEST = 2 * 86_400;

/** After an outage polling begins so much before its mark at most: a window must reach beyond the mark. */
const FARTHEST = 26 * 3600;

/** The vendor answers for 90 days; a little less, since time goes on while it is asked. */
export const READABLE = 90 * 86_400 - 600;

const integer = v.pipe(v.number(), v.integer());
const pass = v.object({
  mark: integer,
  open: v.exactOptional(
    v.object({ from: integer, to: integer, started: integer, token: v.exactOptional(v.string()) }),
  ),
});
const schema = v.object({
  poll: pass,
  whole: v.exactOptional(integer),
  newestFirst: v.exactOptional(v.boolean()),
  again: v.record(v.string(), pass),
});

/** The state of a source that nothing was read of yet. `now` is unix ms. */
export function beginState(now: number): PollState {
  const second = Math.floor(now / 1000);
  return {
    poll: { mark: second - FIRST },
    again: Object.fromEntries(AGAIN.map(({ delay }) => [delay, { mark: second - delay }])),
  };
}

/** Reads a state that `writeState` wrote. Delays that it does not know begin where the horizon is. */
export function readState(text: string): PollState {
  const state = v.parse(schema, JSON.parse(text));
  const settled = state.again[HORIZON]?.mark ?? state.poll.mark;
  const known = AGAIN.map(({ delay }) => [delay, state.again[delay] ?? { mark: settled }]);
  return { ...state, again: Object.fromEntries(known) };
}

export function writeState(state: PollState): string {
  return JSON.stringify(state);
}

/** The event time up to which everything was read again after the horizon. */
export function settledTo({ again }: PollState): number | undefined {
  return again[HORIZON]?.mark;
}

/**
 * What polling reads next; undefined where it has read up to the present. After a pause it begins where reading again
 * is due by then: so that what it reads counts for both.
 */
export function nextPoll({ poll, again, newestFirst }: PollState, now: number): Window | undefined {
  if (poll.open !== undefined) return poll.open;
  const second = Math.floor(now / 1000);
  const behind = second - poll.mark;
  if (behind < FRESH) return undefined;
  const overlap = poll.mark - (newestFirst === true ? OVERLAP : SHORT_OVERLAP);
  const due = Object.entries(again).flatMap(([delay, { mark }]) => (Number(delay) <= behind ? [mark] : []));
  const from = Math.max(Math.min(overlap, ...due), poll.mark - FARTHEST);
  return { from, to: Math.min(second, from + LONGEST), started: now };
}

/**
 * Up to which moment (unix ms) a page may have been known for a poll to stop at it; undefined where it is to read the
 * whole window, because there was no whole poll before it or for what is to be read again.
 */
export function knownBy({ poll, whole }: PollState, { from }: Window): number | undefined {
  return from < poll.mark - OVERLAP ? undefined : whole;
}

/** What is to be read again next, by the shortest delay for which enough has gathered. */
export function nextAgain(
  { poll, again }: PollState,
  now: number,
): { delay: number; window: Window } | undefined {
  const second = Math.floor(now / 1000);
  for (const { delay, step } of AGAIN) {
    const { mark, open } = again[delay] ?? { mark: second };
    if (open !== undefined) return { delay, window: open };
    const to = Math.min(second - delay, poll.mark, mark + LONGEST);
    if (to - mark >= step) return { delay, window: { from: mark, to, started: now } };
  }
  return undefined;
}

/** The state while a window is being read: by polling, or again after a delay. */
export function underWay(state: PollState, which: 'poll' | number, window: Window): PollState {
  return change(state, which, (before) => ({ ...before, open: window }));
}

/**
 * The state after a window was read to its end, or (`early`) up to what was known. Read to its end it counts for every
 * delay that it was read after.
 */
export function afterWindow(
  state: PollState,
  which: 'poll' | number,
  window: Window,
  early: boolean,
): PollState {
  const begun = Math.floor(window.started / 1000);
  const closed = change(state, which, ({ mark }) => ({ mark }));
  const next = which === 'poll' ? polled(closed, window, begun) : closed;
  if (early) return next;
  const again = Object.entries(next.again).map(([delay, before]) => {
    const reached = Math.min(window.to, begun - Number(delay));
    const counts = window.from <= before.mark && reached > before.mark;
    return [delay, counts ? { ...before, mark: reached } : before];
  });
  return { ...next, again: Object.fromEntries(again) };
}

function polled({ whole: _whole, ...state }: PollState, window: Window, begun: number): PollState {
  const poll = { mark: Math.max(state.poll.mark, window.to) };
  return window.to >= begun ? { ...state, poll, whole: window.started } : { ...state, poll };
}

function change(state: PollState, which: 'poll' | number, how: (before: Pass) => Pass): PollState {
  if (which === 'poll') return { ...state, poll: how(state.poll) };
  const before = state.again[which];
  return before === undefined ? state : { ...state, again: { ...state.again, [which]: how(before) } };
}

/** The state without what can be read no more: everything before `before`. */
export function without(state: PollState, before: number): PollState {
  const cut = ({ mark, open }: Pass): Pass => ({
    mark: Math.max(mark, before),
    ...(open !== undefined && open.from >= before ? { open } : {}),
  });
  return {
    ...state,
    poll: cut(state.poll),
    again: Object.fromEntries(Object.entries(state.again).map(([delay, each]) => [delay, cut(each)])),
  };
}
