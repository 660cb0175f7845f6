/** How many events there are to a question. */
import type { Client } from '../../../shared/api/client.ts';
import type { ListQuestion } from '../../protocol/panel.ts';
import type { Held } from '../keeper.ts';
import { namesIn } from './names.ts';
import { queriesBefore, readQuestion } from './question.ts';
import { select } from './selection.ts';

/** What the copy counts, and the Worker of what is before it; null where neither can tell. `now` is ms since 1970. */
export async function countOf(
  asked: ListQuestion,
  { held, client, now }: { held: Held | undefined; client: Client | undefined; now: number },
): Promise<{ events: number; complete: boolean } | null> {
  const { copy, shelf } = held ?? {};
  const read = readQuestion(asked, now, shelf ? namesIn(shelf) : new Map());
  if (!read.ok) return null;
  const floor = copy?.from ?? null;
  let events = shelf ? select(shelf, read.question, floor).count : 0;
  let complete = true;
  for (const q of queriesBefore(read.question, floor)) {
    const called = await client?.call('GET /v1/timeline', { query: { q, tz: read.question.tz } });
    if (called?.kind !== 'answer') {
      complete = false;
      continue;
    }
    events += called.body.timeline.reduce((sum, { count }) => sum + count, 0);
    complete &&= called.body.partial === undefined;
  }
  return complete || events > 0 ? { events, complete } : null;
}
