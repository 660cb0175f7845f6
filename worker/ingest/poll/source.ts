/** One account polled for one tick: what is new first, then what is to be read again. */
import { fillOutage, forgetGaps, growOutage, loseBefore } from '../../store/gaps.ts';
import { run } from '../../store/meter.ts';
import { advanceSource, noteFailure, type ReadSource } from '../../store/sources.ts';
import { isTransient, type Failure } from '../../tencent/failure.ts';
import { problemOf } from '../again.ts';
import { SLOWLY } from './identify.ts';
import { isOver, type Reader } from './reader.ts';
import {
  READABLE,
  afterWindow,
  knownBy,
  nextAgain,
  nextPoll,
  readState,
  settledTo,
  underWay,
  without,
  writeState,
  type PollState,
  type Window,
} from './state.ts';
import { readWindow, type WindowEnd } from './window.ts';

/** Behind by more than this is an outage. Seconds. */
const OUTAGE = 900;

/** Reads what is due of a source, as far as one tick may. */
export async function pollSource(reader: Reader, source: ReadSource): Promise<void> {
  const { store, clock } = reader;
  if (source.nextTry > Math.floor(clock() / 1000)) return;
  let state = await catchUp(reader, source, readState(source.state));
  for (const next of [duePoll, dueAgain]) {
    for (let due = next(state, clock()); due !== undefined && !isOver(reader); due = next(state, clock())) {
      const { end, reached } = await readDue(reader, source, state, due);
      state = reached;
      if (end.kind === 'failed') {
        await run(store, failed(reader, state, end.failure));
        return;
      }
      if (end.kind === 'later') return;
    }
  }
}

interface Due {
  which: 'poll' | number;
  window: Window;
}

function duePoll(state: PollState, now: number): Due | undefined {
  const window = nextPoll(state, now);
  return window === undefined ? undefined : { which: 'poll', window };
}

function dueAgain(state: PollState, now: number): Due | undefined {
  const next = nextAgain(state, now);
  return next === undefined ? undefined : { which: next.delay, window: next.window };
}

/** Reads a window, keeping with each batch of its events how far it is; gives the state as it was kept last. */
async function readDue(
  reader: Reader,
  source: ReadSource,
  before: PollState,
  { which, window }: Due,
): Promise<{ end: WindowEnd; reached: PollState }> {
  const { clock } = reader;
  const isPoll = which === 'poll';
  let reached = before;
  const end = await readWindow(reader, window, {
    // What a poll stores says that all before it was read, once that poll is whole; nothing else may look like that.
    received: () => (isPoll ? window.started : Math.max(clock(), (before.whole ?? 0) + 1)),
    by: isPoll ? knownBy(before, window) : undefined,
    ahead: false,
    live: true,
    progress: (told) => {
      if (told.kind === 'on') {
        const { token: _, ...again } = window;
        reached = underWay(before, which, {
          ...again,
          ...(told.token === undefined ? {} : { token: told.token }),
        });
      } else {
        reached = afterWindow(before, which, window, told.early);
        if (isPoll && told.newestFirst !== undefined) reached = { ...reached, newestFirst: told.newestFirst };
      }
      return keep(reader, source, reached);
    },
  });
  return { end, reached };
}

/** The statements that keep a state, with the marks that others read. */
function keep(
  { store, clock }: Reader,
  { id, since = 0 }: ReadSource,
  state: PollState,
): D1PreparedStatement[] {
  const now = Math.floor(clock() / 1000);
  const seenTo = state.poll.mark;
  const settled = settledTo(state);
  return [
    advanceSource(store, id, {
      state: writeState(state),
      now,
      seenTo,
      // Before the back-fill is done, what was before is no part of the picture.
      ...(settled !== undefined && settled > since ? { settledTo: settled } : {}),
    }),
    fillOutage(store, { source: id, seenTo, now }),
  ];
}

/** Says what is missing after an outage, and gives up what is too old to be read. */
async function catchUp(reader: Reader, source: ReadSource, state: PollState): Promise<PollState> {
  const { store, clock } = reader;
  const now = Math.floor(clock() / 1000);
  const { mark } = state.poll;
  if (now - mark <= OUTAGE) return state;
  const isOurs = now - (source.tried ?? now) > OUTAGE;
  const statements = growOutage(store, {
    source: source.id,
    reason: isOurs ? 'stopped' : 'failing',
    starts: mark,
    ends: now,
    now,
    detail: isOurs ? '' : (source.problem?.code ?? ''),
  });
  const oldest = now - READABLE;
  const isLost = mark < oldest;
  const kept = isLost ? without(state, oldest) : state;
  if (isLost) {
    statements.push(...loseBefore(store, { source: source.id, starts: mark, before: oldest, now }));
    statements.push(...keep(reader, source, kept));
  }
  await run(store, [...statements, forgetGaps(store, now)]);
  return kept;
}

function failed(
  { store, source, clock }: Reader,
  { poll }: PollState,
  failure: Failure,
): D1PreparedStatement[] {
  const now = clock();
  const second = Math.floor(now / 1000);
  const outage =
    second - poll.mark > OUTAGE
      ? growOutage(store, {
          source,
          reason: 'failing',
          starts: poll.mark,
          ends: second,
          now: second,
          detail: failure.code,
        })
      : [];
  return [
    noteFailure(store, source, {
      now: second,
      nextTry: isTransient(failure) ? 0 : second + SLOWLY,
      problem: problemOf(failure, 'cloudaudit:DescribeEvents', now),
    }),
    ...outage,
  ];
}
