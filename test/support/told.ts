/** Channels to robots, in a Worker: making them, and what the robots took. */
import { expect, vi } from 'vitest';
import { notify, type Notifying } from '../../worker/alarms/notify.ts';
import { openStore } from '../../worker/store/meter.ts';
import { startAnew } from './alarms.ts';
import { toolsFor } from './parcel.ts';
import { robotSecret, startRobots, type RobotKind, type Robots, type Taken } from './robots.ts';
import { startWorker, type Reply, type TestWorker } from './worker.ts';

/** The root secret of Workers in tests. */
const ROOT = Buffer.alloc(32, 7).toString('base64url');

/** A channel is held for less than that; in ms. */
const LATER = 1_500_000;

/** The time when nothing is held any more, unix ms. */
export function later(): number {
  return Date.now() + LATER;
}

/** For `vi.waitFor`. */
export const SOON = { timeout: 20_000, interval: 20 };

/** A policy by which each operator's events are an alert of their own. */
export const EACH = {
  id: 'each',
  q: 'event:RunInstances',
  condition: { kind: 'count', atLeast: 1, within: 300, per: 'operator' },
};

/** Ids of as many operators as you like. */
export function operator(index: number): string {
  return String(100_000_001_000 + index);
}

export interface Told {
  worker: TestWorker;
  robots: Robots;
  /** Makes the channel to a robot, whose id is its kind. */
  add(kind: RobotKind, changes?: object): Promise<void>;
  channel(id: string): Promise<Reply['json']>;
  /** Begins anew, without the channels and policies of other tests. */
  anew(): Promise<void>;
  /** Waits until the last message to a channel did not arrive. */
  fails(id: string): Promise<Reply['json']>;
  /** Waits until a robot took so many messages; gives them. */
  taken(kind: RobotKind, count: number): Promise<Taken[]>;
  takenBy(kind: RobotKind): Taken[];
  /** Keeps the Worker from sending to a channel: that is left to `notify`. */
  hold(channel: string): Promise<void>;
  /** Sends messages as the Worker does when it is woken, in this process, by a clock that shows `later`. */
  notify(changes?: Partial<Notifying>): Promise<unknown>;
  close(): Promise<void>;
}

/** A Worker that may send to robots. */
export async function startTold(vars: Record<string, string> = {}): Promise<Told> {
  const robots = await startRobots();
  const worker = await startWorker({
    SIDETRAIL_ALLOW_PRIVATE: robots.host,
    SIDETRAIL_PUBLIC_URL: 'https://sidetrail.example',
    ...vars,
  });
  const takenBy = (kind: RobotKind): Taken[] => robots.taken.filter((each) => each.kind === kind);
  const channel = async (id: string): Promise<Reply['json']> =>
    (await worker.call(`/v1/channels/${id}`)).json;
  return {
    worker,
    robots,
    channel,
    takenBy,
    async add(kind, changes = {}) {
      const json = { id: kind, kind, name: kind, url: robots.urls[kind], ...robotSecret(kind), ...changes };
      const { status, text } = await worker.call('/v1/channels', { method: 'POST', json });
      expect(status, text).toBe(201);
    },
    async anew() {
      await startAnew(worker);
      // Ticks that are hours apart are a Sidetrail that stood still.
      await worker.call('/v1/alarms/sys.tick', { method: 'PATCH', json: { on: false } });
      robots.taken.length = 0;
      robots.refused.length = 0;
      robots.forced.clear();
      robots.unanswered.length = 0;
    },
    fails: (id) =>
      vi.waitFor(async () => {
        const found = await channel(id);
        expect(found.health).toBe('failing');
        return found;
      }, SOON),
    taken: (kind, count) =>
      vi.waitFor(() => {
        const all = takenBy(kind);
        expect(all.length).toBeGreaterThanOrEqual(count);
        return all;
      }, SOON),
    notify: (changes = {}) => {
      const { fetch, reach } = toolsFor([robots.host]);
      return notify({
        store: openStore(worker.db),
        secrets: { current: ROOT },
        network: { fetch, reach },
        origin: undefined,
        clock: later,
        random: () => 0,
        pause: async () => {},
        ...changes,
      });
    },
    async hold(id) {
      await worker.db
        .prepare(
          `INSERT INTO lease (name, holder, until) VALUES (?1, 'another', ?2)
           ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until`,
        )
        .bind(`notices ${id}`, Date.now() + LATER - 60_000)
        .run();
    },
    async close() {
      await worker.close();
      await robots.close();
    },
  };
}
