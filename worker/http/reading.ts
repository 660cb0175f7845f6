/** What is read, as answers give it: to each what they may see. */
import type { Backfill, ReadSource, SourceProblem } from '../../shared/api/sources.ts';
import type { MemberCaller } from '../access/authenticate.ts';
import type { ApiKey } from '../store/api-keys.ts';
import type { Backfill as StoredBackfill } from '../store/backfills.ts';
import type { Feature } from '../store/features.ts';
import type { FileCounts } from '../store/file-places.ts';
import type { Reading } from '../store/reading.ts';
import { mayRead } from '../store/scope.ts';
import type { ReadSource as StoredSource, SourceProblem as StoredProblem } from '../store/sources.ts';
import { inUse } from '../tencent/in-use.ts';
import type { Env } from '../env.ts';

/** The sources of the caller's accounts; problems and back-fills are for admins. */
export function shownSources(reading: Reading, { member, scope }: MemberCaller, env: Env): ReadSource[] {
  const isAdmin = member.role === 'admin';
  const used = inUse(env, reading.keys);
  const shown = reading.sources.flatMap((source) => {
    const accounts = [...new Set([source.account, ...source.accounts])].filter((account) =>
      mayRead(scope.accounts, account),
    );
    if (accounts.length === 0) return [];
    const own = shownSource(source, accounts, reading);
    const admins = isAdmin ? forAdmins(source, reading) : {};
    if (!isStopped(source, reading, used.sources)) return [{ ...own, ...admins }];
    // What stood in its way is nobody's trouble any more.
    const { problem: _, nextTry: __, features: ___, ...rest } = admins;
    return [{ ...own, ...rest, state: 'stopped' as const }];
  });
  if (!isAdmin || scope.accounts !== '*') return shown;
  return [...shown, ...reading.keys.filter(({ digest }) => used.keys.has(digest)).flatMap(unknownKey)];
}

/** Whether a source was read, and neither key nor bucket is set for it any more. `used`: ids of those with one. */
export function isStopped(
  { id, kind, account }: StoredSource,
  { keys }: Reading,
  used: ReadonlySet<string>,
): boolean {
  return !used.has(id) && (kind === 'files' || keys.some((key) => key.account === account));
}

function shownSource(source: StoredSource, accounts: string[], { lags }: Reading): ReadSource {
  const { id, kind, since, seenTo, settledTo, succeeded } = source;
  const lag = lags.get(id);
  return {
    id,
    source: kind,
    accounts,
    state: stateOf(source),
    since: timeOf(since),
    seenTo: timeOf(seenTo),
    settledTo: timeOf(settledTo),
    lastRead: timeOf(succeeded),
    ...(lag === undefined ? {} : { lag }),
  };
}

function forAdmins(
  { id, problem, nextTry }: StoredSource,
  { features, backfills, files }: Reading,
): Partial<ReadSource> {
  const own = features.filter(({ source }) => source === id);
  const backfill = backfills.find(({ source }) => source === id);
  const counted = files.find(({ source }) => source === id);
  return {
    ...(problem === undefined ? {} : { problem: shownProblem(problem) }),
    ...(nextTry === 0 ? {} : { nextTry: isoOf(nextTry) }),
    ...(own.length === 0 ? {} : { features: own.map(shownFeature) }),
    ...(backfill === undefined ? {} : { backfill: shownBackfill(backfill) }),
    ...(counted === undefined ? {} : { files: shownFiles(counted) }),
  };
}

function shownFiles({ source: _source, ...files }: FileCounts): NonNullable<ReadSource['files']> {
  return files;
}

/** A key whose account could not be found out: a source before it has an id of its own. */
function unknownKey({ hint, account, problem, nextTry }: ApiKey): ReadSource[] {
  if (account !== undefined) return [];
  return [
    {
      id: `key-${hint}`,
      source: 'api',
      accounts: [],
      state: stateOf({ problem }),
      since: null,
      seenTo: null,
      settledTo: null,
      lastRead: null,
      ...(problem === undefined ? {} : { problem: shownProblem(problem) }),
      ...(nextTry === 0 ? {} : { nextTry: isoOf(nextTry) }),
    },
  ];
}

type ShownFeature = NonNullable<ReadSource['features']>[number];

function shownFeature({ name, succeeded, problem }: Feature): ShownFeature {
  return {
    name,
    state: stateOf({ succeeded, problem }),
    ...(problem === undefined ? {} : { problem: shownProblem(problem) }),
  };
}

function stateOf({
  succeeded,
  problem,
}: {
  succeeded?: number | undefined;
  problem?: StoredProblem | undefined;
}): ShownFeature['state'] {
  if (problem !== undefined) return 'failing';
  return succeeded === undefined ? 'waiting' : 'ok';
}

/** A problem with what to do about it. */
export function shownProblem({ kind, code, message, advice, since }: StoredProblem): SourceProblem {
  const detail = [code, message].filter((part) => part !== '').join(': ');
  return { kind, detail, todo: advice, since: isoOf(since) };
}

/** How far a back-fill is. */
export function shownBackfill(backfill: StoredBackfill): Backfill {
  const { id, starts, ends, windows, windowsDone, events, workedMs, problem } = backfill;
  const worked = workedMs / 1000;
  const isDone = backfill.finished !== undefined;
  return {
    id,
    from: isoOf(starts),
    to: isoOf(ends),
    state: stateOfBackfill(backfill),
    percent: isDone ? 100 : Math.floor((windowsDone / Math.max(1, windows)) * 100),
    events,
    rate: worked === 0 ? 0 : Math.round((events / worked) * 10) / 10,
    left: leftOf(backfill),
    ...(problem === undefined || isDone ? {} : { problem: shownProblem(problem) }),
  };
}

function stateOfBackfill({ finished, problem, started }: StoredBackfill): Backfill['state'] {
  if (finished !== undefined) return 'done';
  if (problem !== undefined) return 'failing';
  return started === undefined ? 'waiting' : 'running';
}

/** Seconds: windows take as long as those before them did, as far as anybody knows. */
function leftOf({ finished, windows, windowsDone, workedMs }: StoredBackfill): number | null {
  if (finished !== undefined) return 0;
  if (windowsDone === 0) return null;
  return Math.ceil((workedMs / 1000 / windowsDone) * (windows - windowsDone));
}

function timeOf(seconds: number | undefined): string | null {
  return seconds === undefined ? null : isoOf(seconds);
}

function isoOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
