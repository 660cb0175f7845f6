/** What the content script costs a page of the console while it loads. */
import { setTimeout as pause } from 'node:timers/promises';
import * as v from 'valibot';
import type { Attached } from './attached.ts';

/** What the trace says of a piece of work; times are µs, `tdur` of the processor. */
const TRACED = v.object({
  name: v.string(),
  ts: v.number(),
  dur: v.optional(v.number(), 0),
  tdur: v.optional(v.number(), 0),
  args: v.optional(v.record(v.string(), v.unknown()), {}),
});
type Traced = v.InferOutput<typeof TRACED>;

const COLLECTED = v.object({ value: v.array(v.unknown()) });
/** Where the address of a script is told. */
const OF_SCRIPT = v.union([
  v.object({ data: v.object({ url: v.pipe(v.string(), v.endsWith('/dock.js')) }) }),
  v.object({ fileName: v.pipe(v.string(), v.endsWith('/dock.js')) }),
]);

/** Time that a page has to come to rest (ms). */
const REST = 300;

/** Milliseconds of the main thread's processor time in the content script: read, compiled, run, called back. */
export async function measureContentScript(tab: Attached, times: number): Promise<number[]> {
  const values: number[] = [];
  for (let i = 0; i < times; i += 1) {
    const events = await traced(tab, async () => {
      await tab.go(String(await tab.evaluate('location.href')));
      await pause(REST);
    });
    const own = outermost(events.filter(({ dur, args }) => dur > 0 && v.is(OF_SCRIPT, args)));
    if (own.length === 0) throw new Error('the trace says nothing of the content script');
    values.push(own.reduce((sum, { tdur }) => sum + tdur, 0) / 1000);
  }
  return values;
}

async function traced(tab: Attached, work: () => Promise<void>): Promise<Traced[]> {
  const events: Traced[] = [];
  const stop = tab.on('Tracing.dataCollected', (params) => {
    for (const event of v.parse(COLLECTED, params).value)
      if (v.is(TRACED, event)) events.push(v.parse(TRACED, event));
  });
  const includedCategories = ['devtools.timeline', 'v8', 'disabled-by-default-v8.compile'];
  await tab.send('Tracing.start', { traceConfig: { includedCategories } });
  await work();
  const complete = new Promise<void>((resolve) => {
    const end = tab.on('Tracing.tracingComplete', () => {
      end();
      resolve();
    });
  });
  await tab.send('Tracing.end');
  await complete;
  stop();
  return events;
}

/** Work within other work is counted there. */
function outermost(events: readonly Traced[]): Traced[] {
  let end = -Infinity;
  return events
    .toSorted((one, other) => one.ts - other.ts || other.dur - one.dur)
    .filter(({ ts, dur }) => {
      const isWithin = ts < end;
      if (!isWithin) end = ts + dur;
      return !isWithin;
    });
}
