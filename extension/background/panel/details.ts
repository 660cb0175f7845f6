/** One event, whole: from what was opened before, and from the Worker. */
import type { Client } from '../../../shared/api/client.ts';
import { stringify } from '../../../shared/event/json.ts';
import type { DetailsOutcome } from '../../protocol/panel.ts';
import type { Keeper } from '../keeper.ts';
import { problemOf } from '../worker.ts';

export interface DetailsPorts {
  kept: Keeper['details'];
  client: () => Promise<Client | undefined>;
  /** ms since 1970. */
  now: () => number;
}

/** Gives what is known of an event: at once what was opened before, then what the Worker has if that differs. */
export async function* detailsOf(
  { kept, client, now }: DetailsPorts,
  id: string,
): AsyncGenerator<DetailsOutcome> {
  const before = await kept.details(id);
  if (before !== undefined) yield { kind: 'event', event: before };
  const worker = await client();
  const called = worker
    ? await worker.call('GET /v1/events/{id}', { id })
    : ({ kind: 'unreachable', error: undefined } as const);
  if (called.kind === 'answer') {
    const event = stringify(called.body);
    await kept.keepDetails(id, event, now());
    if (event !== before) yield { kind: 'event', event };
  } else if (called.kind === 'problem' && called.problem.status === 404) {
    yield { kind: 'not-found' };
  } else if (before === undefined) {
    yield { kind: 'problem', problem: problemOf<'GET /v1/events/{id}'>(called) };
  }
}
