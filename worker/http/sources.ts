/** /v1/sources: what is read, how that goes, and reading back. */
import type { IRequest } from 'itty-router';
import type * as v from 'valibot';
import { DEFAULT_RETENTION } from '../../shared/api/accounts.ts';
import { backfillAsked } from '../../shared/api/sources.ts';
import { backfillSpan } from '../ingest/poll/span.ts';
import { askBackfill, type Backfill } from '../store/backfills.ts';
import { run, type Store } from '../store/meter.ts';
import { readingOf, readReading } from '../store/reading.ts';
import { mayRead } from '../store/scope.ts';
import { inUse } from '../tencent/in-use.ts';
import { answer } from './answer.ts';
import type { ByMember } from './context.ts';
import { body, pathId, type Read } from './params.ts';
import { notFound, problem, schemaProblem } from './problem.ts';
import { isStopped, shownBackfill, shownSources } from './reading.ts';

export async function getSources(
  _request: IRequest,
  { caller, store, env, now }: ByMember,
): Promise<Response> {
  const reading = readReading(await run(store, readingOf(store, now)));
  return answer('GET /v1/sources', { sources: shownSources(reading, caller, env) });
}

/** Starts reading back, or joins it where that goes on already; gives how far it is. */
export async function startBackfill(request: IRequest, context: ByMember): Promise<Response> {
  const { caller, store, env, now } = context;
  const asked = await body(request, backfillAsked);
  if (!asked.ok) return asked.response;
  const id = pathId(request);
  const reading = readReading(await run(store, readingOf(store, now)));
  const source = reading.sources.find((each) => each.id === id);
  if (source === undefined || !mayRead(caller.scope.accounts, source.account)) return notFound('such source');
  if (source.kind !== 'api') {
    const detail =
      'Files of a bucket are read from the first one on by themselves: there is nothing to read back.';
    return problem({ kind: 'state', detail });
  }
  if (isStopped(source, reading, inUse(env, reading.keys).sources)) {
    const detail = 'No key of its account is set any more: there is nobody to read it back.';
    return problem({ kind: 'state', detail });
  }
  const account = caller.accounts.find((each) => each.id === source.account);
  const span = spanOf(asked.value, now, account?.retention ?? DEFAULT_RETENTION);
  if (!span.ok) return span.response;
  const under = openOf(reading.backfills, id);
  if (under !== undefined) return answer('POST /v1/sources/{id}/backfill', shownBackfill(under));
  await askBackfill(store, { source: id, ...span.value, now });
  context.asked();
  // Ours, or that of another who asked at the same moment.
  const started = (await backfills(store, now)).find((each) => each.source === id);
  if (started === undefined) throw new Error('a back-fill was asked for and is not there');
  return answer('POST /v1/sources/{id}/backfill', shownBackfill(started));
}

async function backfills(store: Store, now: number): Promise<Backfill[]> {
  return readReading(await run(store, readingOf(store, now))).backfills;
}

/** The one that goes on. */
function openOf(all: readonly Backfill[], source: string): Backfill | undefined {
  return all.find((each) => each.source === source && each.finished === undefined);
}

const DAY = 86_400;

/** The stretch that is asked for, in unix seconds. */
function spanOf(
  { from, to }: v.InferOutput<typeof backfillAsked>,
  now: number,
  retention: number,
): Read<{ starts: number; ends: number }> {
  const whole = backfillSpan(now, retention);
  const asked = from === undefined ? whole.starts : Math.floor(Date.parse(from) / 1000);
  // The day on which it begins is named by its midnight.
  const starts = asked > whole.starts - DAY ? Math.max(asked, whole.starts) : asked;
  const ends = to === undefined ? whole.ends : Math.min(whole.ends, Math.ceil(Date.parse(to) / 1000));
  if (starts < whole.starts) {
    const first = new Date(whole.starts * 1000).toISOString();
    return refuse('from', `what is before ${first} is no longer at CloudAudit, or not kept here`);
  }
  if (ends <= starts) return refuse('to', 'not after from');
  return { ok: true, value: { starts, ends } };
}

function refuse(at: string, message: string): { ok: false; response: Response } {
  return { ok: false, response: schemaProblem([{ at, message }]) };
}
