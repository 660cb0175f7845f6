/** What happens in a made-up account over days, when the cloud tells of it, and the time that a test moves. */
import { recordsOf, type Arrival } from './cloud/records.ts';
import { idOf } from './record-id.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** An event of the truth. */
export interface Happened {
  /** As the store has it. */
  id: string;
  /** Unix s. */
  time: number;
  /** Unix ms when the cloud tells of it first. */
  indexedAt: number;
  /** Whether that is long after records are awaited. */
  beyond: boolean;
  /** Its record, and each unix ms when the cloud tells of it. */
  text: string;
  told: number[];
}

/** How much happens before and after somebody begins to look, at `begin` (unix ms). */
export interface Extent {
  begin: number;
  before: { ms: number; events: number };
  after: { ms: number; events: number };
}

/** All that happens, about as many events as asked for; three in a hundred late in one way or another. */
export function happenings(seed: number, { begin, before, after }: Extent): Happened[] {
  const irregular = { late: 0.05, beyond: 0.03, twice: 0.04 };
  const [first, middle, last] = [begin - before.ms, begin, begin + after.ms].map((ms) =>
    Math.floor(ms / 1000),
  );
  const arrivals = [
    ...recordsOf(seed, before.events, first ?? 0, middle ?? 0, irregular),
    ...recordsOf(seed + 1, after.events, middle ?? 0, last ?? 0, irregular),
  ];
  const byRequest = Map.groupBy(arrivals, ({ requestId }) => requestId);
  return [...byRequest.values()].map((told) => happenedOf(told, begin));
}

/** Long enough that nothing which reads a while late takes it for in time. */
const LONGER = 2 * HOUR;

function happenedOf(arrivals: readonly Arrival[], begin: number): Happened {
  const [arrival] = arrivals;
  if (arrival === undefined) throw new Error('nothing arrived');
  const { text, eventTime, comes } = arrival;
  const beyond = comes === 'beyond';
  const told = arrivals.map(({ indexedAt }) => {
    const at = indexedAt + (beyond ? LONGER : 0);
    // What the cloud tells while the past is being read is late or not, depending on who comes first.
    return beyond && at > begin && at < begin + LONGER ? begin - 1 : at;
  });
  return { id: idOf(JSON.parse(text)), time: eventTime, indexedAt: Math.min(...told), beyond, text, told };
}

/** A time that goes on as real time does, from where a test set it last. */
export interface Stage {
  /** Unix ms. */
  now(): number;
  /** Lets so many ms pass. */
  skip(ms: number): void;
}

/** A stage whose time begins at unix ms. */
export function createStage(begin: number): Stage {
  let ahead = begin - performance.now();
  return {
    now: () => Math.floor(ahead + performance.now()),
    skip: (ms) => {
      ahead += ms;
    },
  };
}
