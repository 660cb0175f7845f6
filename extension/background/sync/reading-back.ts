/** How far the past is read back: asked for only while the coverage names a stretch that is not read back yet. */
import type { Client } from '../../../shared/api/client.ts';
import type { Backfill } from '../../../shared/api/sources.ts';
import type { Copy } from '../../cache/copy.ts';
import { missingBefore, type ReadingBack } from '../../protocol/panel.ts';
import type { Run } from './step.ts';

/**
 * Keeps the back-fills that go on with the copy, and that there are none once they are over. What keeps them from being
 * told is no failure of the sync: then there is what the coverage tells, and no more.
 */
export async function lookBack({ client, keeper, epoch }: Run): Promise<void> {
  const { copy } = await keeper.held();
  if (copy === undefined) return;
  const isMissing = missingBefore(copy.coverage) !== null;
  if (!isMissing && copy.backfills == null) return;
  const backfills = isMissing ? await ask(client, copy.me) : null;
  await keeper.step(epoch, { copy: { ...copy, backfills } });
}

/** Null where they are not told, or where what is missing is none of theirs. */
async function ask(client: Client, { member }: Copy['me']): Promise<Backfill[] | null> {
  // Others are not told, so there is nothing to ask for.
  if (member.role !== 'admin') return null;
  const called = await client.call('GET /v1/sources', {});
  if (called.kind !== 'answer') return null;
  const begun = called.body.sources.filter(({ backfill }) => backfill !== undefined);
  if (begun.length === 0) return null;
  return begun.flatMap(({ state, backfill }) =>
    // Of a source that is no longer set nobody reads the rest.
    backfill === undefined || backfill.state === 'done' || state === 'stopped' ? [] : [backfill],
  );
}

/** What panels are told of it, undefined where nothing is read back: the slowest of the back-fills that go on. */
export function readingBackOf(copy: Pick<Copy, 'coverage' | 'backfills'>): ReadingBack | undefined {
  const before = missingBefore(copy.coverage);
  if (before === null) return undefined;
  if (copy.backfills == null) return { kind: 'untold', before };
  const [slowest] = copy.backfills
    .map(paceOf)
    .toSorted((one, other) => timeLeft(other) - timeLeft(one) || one.percent - other.percent);
  return slowest && { kind: 'progress', ...slowest };
}

type Pace = Pick<Backfill, 'percent' | 'rate' | 'left'>;

/** While it waits, or fails, how fast it was says nothing about when it will be done. */
function paceOf({ state, percent, rate, left }: Backfill): Pace {
  return state === 'running' ? { percent, rate, left } : { percent, rate: 0, left: null };
}

/** Of what nobody can tell yet there may be most. */
function timeLeft({ left }: Pace): number {
  return left ?? Number.MAX_SAFE_INTEGER;
}
