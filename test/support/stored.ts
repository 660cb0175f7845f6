/** Which events a Worker has, by its own interface. */
import * as v from 'valibot';
import type { Killable } from './killable.ts';

const Page = v.object({
  events: v.array(v.object({ id: v.string() })),
  next: v.nullable(v.string()),
});
const Changes = v.object({
  changes: v.array(v.object({ id: v.string() })),
  next: v.string(),
  more: v.boolean(),
  reset: v.optional(v.never()),
});

/** The ids of all events, each as often as it is there. */
export async function storedIds(worker: Pick<Killable, 'call'>): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const asked = new URLSearchParams({ limit: '1000', ...(cursor === '' ? {} : { cursor }) });
    const page: v.InferOutput<typeof Page> = v.parse(
      Page,
      await worker.call(`/v1/events?${asked.toString()}`),
    );
    ids.push(...page.events.map(({ id }) => id));
    cursor = page.next;
  }
  return ids;
}

/** Follows what a Worker stores from now on: each call gives the ids of all that was stored since the first. */
export async function followStored(
  worker: Pick<Killable, 'call'>,
): Promise<() => Promise<ReadonlySet<string>>> {
  const here = new Set<string>();
  let { cursor } = v.parse(v.object({ cursor: v.string() }), await worker.call('/v1/me'));
  return async () => {
    for (let more = true; more;) {
      const asked = new URLSearchParams({ after: cursor, limit: '1000' });
      const page = v.parse(Changes, await worker.call(`/v1/changes?${asked.toString()}`));
      for (const { id } of page.changes) here.add(id);
      ({ next: cursor, more } = page);
    }
    return here;
  };
}
