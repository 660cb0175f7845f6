/** When to sync: at most one run at a time, each minute while somebody looks, else now and then. */
import type { Synced } from './run.ts';

export interface SchedulePorts {
  sync: () => Promise<Synced>;
  /** Wakes the background at a time (ms since 1970), in the place of any other it was to be woken at. */
  wakeAt: (when: number) => Promise<void>;
  /** When it is to be woken; undefined where it is not. */
  nextWake: () => Promise<number | undefined>;
  /** Whether a panel or a page of the console is open. */
  isWatched: () => Promise<boolean>;
  now: () => number;
  /** From 0 up to, but without, 1. */
  random: () => number;
  /** Told what a run threw: a bug, or a disk that is full. */
  report: (error: unknown) => void;
  /** Told before and after each run. */
  told: (state: 'running' | Synced) => void;
}

const MINUTE = 60_000;
const WATCHED = MINUTE;
const UNWATCHED = 15 * MINUTE;
/** Browsers that all woke at once would wake their Worker at once. */
const JITTER = 0.2;

export interface Schedule {
  /** Runs now; who asks during a run gets that run's end. */
  run: () => Promise<Synced>;
  /** Runs after what is under way: that may have begun with what is no more so. */
  runAnew: () => Promise<Synced>;
  /** Runs, unless the last run ended less than a minute ago. */
  runIfStale: () => void;
  /** Somebody came who may look: the next run is within the minute, where there is to be one at all. */
  hasten: () => Promise<void>;
  /** Resolves when no run is under way. */
  idle: () => Promise<void>;
}

/** The schedule of one background; stopped and started anew it runs when it is asked or woken. */
export function createSchedule({
  sync,
  wakeAt,
  nextWake,
  isWatched,
  now,
  random,
  report,
  told,
}: SchedulePorts): Schedule {
  let running: Promise<Synced> | undefined;
  let ended = -Infinity;

  const once = async (): Promise<Synced> => {
    told('running');
    const synced = await sync().catch((error: unknown): Synced => {
      report(error);
      return { kind: 'problem', problem: { kind: 'extension-failed' } };
    });
    ended = now();
    running = undefined;
    told(synced);
    if (synced.kind === 'signed-out') return synced;
    const pause = (await isWatched()) ? WATCHED : UNWATCHED;
    await wakeAt(ended + pause * (1 + JITTER * random()));
    return synced;
  };
  const run = (): Promise<Synced> => (running ??= once());

  return {
    run,
    async runAnew() {
      await running;
      return run();
    },
    runIfStale: () => {
      if (running === undefined && now() - ended >= WATCHED) void run();
    },
    async hasten() {
      const next = await nextWake();
      if (running !== undefined || next === undefined) return;
      const soon = now() + WATCHED * (1 + JITTER * random());
      if (next > soon) await wakeAt(soon);
    },
    async idle() {
      await running;
    },
  };
}
