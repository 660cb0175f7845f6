/** What was measured live, as figures beside their targets. */
import type { Figure } from '../figure.ts';
import { quantile } from '../statistics.ts';
import type { ReadBack } from './backfill.ts';
import type { Followed } from './ingest.ts';
import type { Latencies } from './latency.ts';

export interface Found {
  latencies: Latencies;
  readBack: ReadBack;
  followed: Followed;
}

/** The back-fill's target is for so many events; that there are few does not make the stretch shorter. */
const ASKED = 100_000;

/** Every figure, in a fixed order. */
export function figuresOf({ latencies, readBack, followed }: Found): Figure[] {
  const { seen, deliveredPolled, deliveredPushed, alarmed } = latencies;
  const { events, alone, aloneDone } = followed;
  return [
    ...quantiles('live.index_to_events', seen, 75),
    ...quantiles('live.polled_to_object', deliveredPolled, 60),
    ...quantiles('live.pushed_to_object', deliveredPushed, 60),
    ...quantiles('live.pushed_to_webhook', alarmed, 15),
    {
      name: 'backfill.seconds',
      value: readBack.seconds,
      unit: 's',
      target: { most: 300 * Math.max(1, readBack.events / ASKED) },
    },
    { name: 'backfill.rate', value: readBack.events / readBack.seconds, unit: 'events/s' },
    { name: 'backfill.calls', value: readBack.calls, unit: 'requests' },
    { name: 'follow.rate_alone', value: (events * 1000) / alone, unit: 'events/s' },
    { name: 'follow.rate', value: (events * 1000) / followed.followed, unit: 'events/s' },
    { name: 'follow.ratio', value: alone / followed.followed, unit: '÷ alone', target: { least: 0.6 } },
    { name: 'follow.ratio_done', value: aloneDone / followed.followedDone, unit: '÷ alone' },
  ];
}

function quantiles(name: string, values: readonly number[], most: number): Figure[] {
  return [
    { name: `${name}_p50`, value: quantile(values, 0.5), unit: 's' },
    { name: `${name}_p95`, value: quantile(values, 0.95), unit: 's', target: { most } },
    { name: `${name}_n`, value: values.length, unit: 'events' },
  ];
}
