/** What somebody has to look after, each with what to do. */
import type { ReadSource } from '../../shared/api/sources.ts';
import type { Warning } from '../../shared/api/status.ts';
import type { MemberCaller } from '../access/authenticate.ts';
import type { Env } from '../env.ts';
import type { LastTick } from '../store/ticks.ts';
import { credentialsFrom, type Credentials } from '../tencent/credentials.ts';
import type { Storage } from './status.ts';

interface Standing {
  env: Env;
  /** Unix ms. */
  now: number;
  lastTick: LastTick | undefined;
  readers: readonly ReadSource[];
  storage: Storage;
  member: MemberCaller['member'];
}

/** The warnings there are; what only admins can do something about is told to admins. */
export function warningsOf(standing: Standing): Warning[] {
  const { env, member, readers, storage } = standing;
  const isAdmin = member.role === 'admin';
  return [
    ...(isAdmin ? settingsWarning(credentialsFrom(env)) : []),
    ...readers.flatMap((reader) => sourceWarnings(reader)),
    ...storageWarning(storage),
    ...tickWarning(standing),
  ];
}

function settingsWarning(read: Credentials): Warning[] {
  if (read.ok) return [];
  const todo = 'Mend the settings (TENCENT_… variables or secrets); until then no source is read.';
  return [{ kind: 'settings', detail: read.problem, todo }];
}

function sourceWarnings({ id, state, problem, features = [] }: ReadSource): Warning[] {
  const detail = problem === undefined ? '' : ` since ${problem.since}: ${problem.detail}`;
  const todo = problem?.todo ?? 'An admin sees why.';
  return [
    ...(state === 'failing'
      ? [{ kind: 'source' as const, detail: `${id} cannot be read${detail}`, todo }]
      : []),
    ...features.flatMap((feature) => featureWarning(id, feature)),
  ];
}

/** That a key may not ask for prices is a choice, told with its source. */
function featureWarning(id: string, { name, problem }: Feature): Warning[] {
  if (problem === undefined || (name === 'prices' && problem.kind === 'permission')) return [];
  return [{ kind: 'feature', detail: `${id} gives no ${name}: ${problem.detail}`, todo: problem.todo }];
}

type Feature = NonNullable<ReadSource['features']>[number];

const ROOM =
  'Keep events for fewer days (PATCH /v1/accounts/{id} {"retention": days}), or deliver older ones to a bucket with a tracking set.';

function storageWarning({ bytes, limit, level, readsSince }: Storage): Warning[] {
  if (level === 'ok') return [];
  const percent = Math.floor((bytes / limit) * 100);
  const reads =
    level === 'full'
      ? 'reads are not stored any more, and are told as a gap; writes are'
      : readsSince === null
        ? 'the oldest reads go first from the next tick on'
        : `reads before ${readsSince} were removed`;
  return [{ kind: 'storage', detail: `The database is ${percent} % full: ${reads}.`, todo: ROOM }];
}

/** The tick comes each minute; one that is this late (ms) does not come. */
const TICK_LATE = 5 * 60_000;

function tickWarning({ now, lastTick, env }: Standing): Warning[] {
  const isLocal = env.SIDETRAIL_LOCAL === '1';
  if (lastTick !== undefined && now - lastTick.at < TICK_LATE) {
    const { failed } = lastTick;
    if (failed === 0) return [];
    const detail = `${failed} of the jobs of the last minute failed.`;
    return [{ kind: 'tick', detail, todo: 'Look into the log of the Worker: each failure is there.' }];
  }
  const last = lastTick === undefined ? 'never yet' : `last at ${new Date(lastTick.at).toISOString()}`;
  return [
    {
      kind: 'tick',
      detail: `The jobs of each minute were done ${last}.`,
      todo: isLocal
        ? 'See whether "npm start" still runs: it fires them.'
        : 'See whether the cron trigger of the Worker is there.',
    },
  ];
}
