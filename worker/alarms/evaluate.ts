/**
 * Alarm policies over what came in: each event is looked at once for all of them, in the order of the log, so that what an
 * event costs does not grow with what is stored. Then over what time brings: alerts that are over, absences, and what is
 * wrong with Sidetrail itself.
 */
import type { Alarm } from '../../shared/api/alarms.ts';
import { policiesOf } from '../../shared/alarms/policy.ts';
import { keepAlerts } from '../store/alert-changes.ts';
import { endPass, keepMemories, readPass, type PassState } from '../store/alarm-pass.ts';
import { readArrived } from '../store/arrived.ts';
import { dropLease, takeLease } from '../store/leases.ts';
import { run, type Store } from '../store/meter.ts';
import type { CredentialEnv } from '../tencent/credentials.ts';
import { newId } from '../access/tokens.ts';
import { followEvents } from './follow-events.ts';
import { tend } from './tend.ts';

/** Events that are looked at at once. */
const STRETCH = 1_000;

/** Stretches of one run; the next goes on. */
const STRETCHES = 50;

/** Passes that others may spoil, by changing policies meanwhile, before it is left to the next run. */
const SPOILT = 5;

const LEASE = 'alarms';
const LEASE_MS = 120_000;

interface Context {
  env: CredentialEnv;
  store: Store;
  /** Unix ms. */
  clock: () => number;
}

/**
 * Looks at what came in and at what is due; gives whether something is left to look at. Whoever comes while another does
 * leaves it to them; so they look once more whether something came in before they were done.
 */
export async function evaluateAlarms(context: Context): Promise<'done' | 'left'> {
  const { store, clock } = context;
  for (let behind = true; behind;) {
    const holder = newId();
    if (!(await takeLease(store, LEASE, { holder, now: clock(), forMs: LEASE_MS }))) return 'done';
    try {
      if ((await catchUp(context)) === 'left') return 'left';
    } finally {
      await dropLease(store, LEASE, holder);
    }
    const { state, last } = await readPass(store);
    behind = state.seq < last;
  }
  return 'done';
}

/** Passes until nothing is left to do, or this run has done its part. */
async function catchUp(context: Context): Promise<'done' | 'left'> {
  let spoilt = 0;
  for (let stretch = 0; stretch < STRETCHES && spoilt < SPOILT; stretch += 1) {
    const outcome = await pass(context);
    if (outcome === 'done') return 'done';
    if (outcome === 'spoilt') spoilt += 1;
  }
  return 'left';
}

/** One stretch of the log, or, where nothing is left of it, what is due. `spoilt`: something changed meanwhile. */
async function pass({ env, store, clock }: Context): Promise<'more' | 'done' | 'spoilt'> {
  const { state, alarms, last } = await readPass(store);
  const now = Math.floor(clock() / 1000);
  if (state.seq >= last) return (await tend(store, { env, state, alarms, now })) ? 'done' : 'spoilt';
  const through = await lookAt(store, { state, alarms, last, now });
  return through === undefined ? 'spoilt' : 'more';
}

/** Looks at the next stretch; gives the number it came to, or nothing where something changed meanwhile. */
async function lookAt(
  store: Store,
  { state, alarms, last, now }: { state: PassState; alarms: readonly Alarm[]; last: number; now: number },
): Promise<number | undefined> {
  const policies = policiesOf(alarms);
  const { turn, watched } = state;
  if (policies.length === 0) return await advance(store, { turn, watched, seq: last }, []);
  const arrived = await readArrived(store, { after: state.seq, limit: STRETCH });
  const { memories, changes } = await followEvents(store, { policies, events: arrived.events, now });
  return await advance(store, { turn, watched, seq: arrived.through }, [
    ...keepMemories(store, turn, memories),
    ...keepAlerts(store, turn, changes, now),
  ]);
}

async function advance(
  store: Store,
  to: Pick<PassState, 'turn' | 'seq' | 'watched'>,
  statements: D1PreparedStatement[],
): Promise<number | undefined> {
  const results = await run(store, [...statements, endPass(store, to)]);
  return results.at(-1)?.results.length === 1 ? to.seq : undefined;
}
