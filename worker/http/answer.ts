/** What every answer about events carries beside what was asked. */
import { DEMO_SOURCE } from '../../shared/event/demo.ts';
import { coverageOf, type Arrival, type Coverage } from '../store/arrivals.ts';

/** Coverage, and `demo: true` where some of what is answered about is the demo company's. */
export function about(arrivals: readonly Arrival[]): { coverage: { sources: Coverage[] }; demo?: true } {
  const demo = arrivals.some(({ source }) => source === DEMO_SOURCE);
  return { coverage: { sources: arrivals.map(coverageOf) }, ...(demo ? { demo: true } : {}) };
}
