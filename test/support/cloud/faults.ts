import type { Random } from '../company/rng.ts';
import type { CloudOptions, FaultKind, FaultRates, Faults } from './types.ts';

const NONE: FaultRates = { limit: 0, internal: 0, server: 0, truncated: 0, dropped: 0, slow: 0 };
const KINDS: readonly FaultKind[] = ['limit', 'internal', 'server', 'truncated', 'dropped', 'slow'];

/** The faults that a cloud begins with. */
export function createFaults(given: CloudOptions['faults'] = {}): Faults {
  return { slowMs: 2_000, skewMs: 0, next: [], ...given, rates: { ...NONE, ...given.rates } };
}

/** What goes wrong with the call that came in now; undefined where nothing does. */
export function drawFault(faults: Faults, random: Random): FaultKind | undefined {
  const forced = faults.next.shift();
  if (forced) return forced;
  // One draw for each call, whatever the rates are, so that a seed gives the same story.
  let left = random.unit();
  for (const kind of KINDS) {
    left -= faults.rates[kind];
    if (left < 0) return kind;
  }
  return undefined;
}
