/** What is wrong with Sidetrail itself. Pure. */
import { SYSTEM_ALARMS } from '../../shared/catalogue/alarm-policies.ts';
import type { ReadSource, SourceProblem } from '../store/sources.ts';
import type { Watched } from '../store/watched.ts';
import type { InUse } from '../tencent/in-use.ts';

export interface Fault {
  /** Id of the policy that it is about. */
  alarm: string;
  /** What of Sidetrail it is, the same as long as it lasts. */
  grp: string;
  label: string;
  note: { en: string; zh: string };
  /** Unix seconds. */
  since: number;
}

export interface State extends Watched {
  inUse: InUse;
}

/** Seconds. */
const BEHIND = 900;
const SILENT = 300;
const LATELY = 3600;
/** Of what the database may have. */
const FULL = 0.8;

/** Failures that do not pass by themselves. */
const REFUSALS: ReadonlySet<string> = new Set(['key', 'permission', 'clock', 'refused']);

/** All that is wrong at the unix second `now`. */
export function faultsOf(state: State, now: number): Fault[] {
  return [
    ...state.sources.flatMap((source) =>
      state.inUse.sources.has(source.id) ? sourceFaults(source, now) : [],
    ),
    ...state.keys.flatMap(({ digest, hint, account, problem }) =>
      account === undefined && problem !== undefined && state.inUse.keys.has(digest)
        ? [refusal(`key-${hint}`, problem)]
        : [],
    ),
    ...trackFaults(state, now),
    ...deadLetterFaults(state, now),
    ...storageFaults(state, now),
    ...tickFaults(state, now),
  ];
}

/** Whether the tick has been silent so long that it counts as standing still. */
export function isSilent(ticked: number | undefined, now: number): boolean {
  return ticked !== undefined && now - ticked > SILENT;
}

function sourceFaults({ id, kind, problem, since, seenTo, succeeded }: ReadSource, now: number): Fault[] {
  if (problem !== undefined && REFUSALS.has(problem.kind)) return [refusal(id, problem)];
  // Files come when they come: what counts is that somebody looked.
  const read = kind === 'api' ? (seenTo ?? since) : succeeded;
  const behind = now - (read ?? problem?.since ?? now);
  if (behind <= BEHIND) return [];
  const minutes = Math.floor(behind / 60);
  const why = problem === undefined ? '' : ` (${problem.code})`;
  return [
    {
      alarm: SYSTEM_ALARMS.source.id,
      grp: id,
      label: id,
      note: {
        en: `${id} was read up to ${minutes} minutes ago and no further${why}.`,
        zh: `${id} 已落后 ${minutes} 分钟${why}。`,
      },
      since: now - behind,
    },
  ];
}

function refusal(id: string, { code, message, advice, since }: SourceProblem): Fault {
  const said = [code, message].filter((part) => part !== '').join(': ');
  return {
    alarm: SYSTEM_ALARMS.source.id,
    grp: id,
    label: id,
    note: { en: `${id} is refused: ${said}. ${advice}`, zh: `${id} 被拒绝:${said}。` },
    since,
  };
}

function trackFaults({ tracks }: State, now: number): Fault[] {
  return tracks.flatMap(({ id, name, health, lag = 0, problem }) => {
    if (health !== 'late' && health !== 'failing') return [];
    const minutes = Math.ceil(lag / 60);
    const why = problem === undefined ? '' : `: ${problem.text}`;
    const en = health === 'late' ? 'late' : 'failing';
    const zh = health === 'late' ? '投递延迟' : '投递失败';
    return [
      {
        alarm: SYSTEM_ALARMS.track.id,
        grp: id,
        label: name,
        note: {
          en: `Tracking set ${name} is ${en}, by ${minutes} minutes${why}.`,
          zh: `跟踪集 ${name} ${zh},已 ${minutes} 分钟${why}。`,
        },
        since: now,
      },
    ];
  });
}

/** Records that could not be read lately, and deliveries that were given up. */
function deadLetterFaults({ refused, tracks }: State, now: number): Fault[] {
  const alarm = SYSTEM_ALARMS.deadLetters.id;
  const records: Fault[] =
    refused === undefined || now - refused > LATELY
      ? []
      : [
          {
            alarm,
            grp: 'records',
            label: 'records',
            note: {
              en: 'Records came in that could not be read: see the dead letters.',
              zh: '收到无法解析的记录,请查看死信。',
            },
            since: refused,
          },
        ];
  const deliveries = tracks.flatMap(({ id, name, dead = 0 }): Fault[] =>
    dead === 0
      ? []
      : [
          {
            alarm,
            grp: `track-${id}`,
            label: name,
            note: {
              en: `${dead} deliveries of tracking set ${name} were given up: mend its target and replay them.`,
              zh: `跟踪集 ${name} 有 ${dead} 次投递已放弃,请修复目标后重新投递。`,
            },
            since: now,
          },
        ],
  );
  return [...records, ...deliveries];
}

function storageFaults({ bytes, limit }: State, now: number): Fault[] {
  if (bytes <= limit * FULL) return [];
  const percent = Math.floor((bytes / limit) * 100);
  return [
    {
      alarm: SYSTEM_ALARMS.storage.id,
      grp: 'storage',
      label: 'storage',
      note: {
        en: `The database has ${percent} % of what it may have: keep events for fewer days.`,
        zh: `数据库已使用 ${percent}%,请缩短事件保留天数。`,
      },
      since: now,
    },
  ];
}

function tickFaults({ ticked }: State, now: number): Fault[] {
  if (ticked === undefined || !isSilent(ticked, now)) return [];
  const minutes = Math.floor((now - ticked) / 60);
  return [
    {
      alarm: SYSTEM_ALARMS.tick.id,
      grp: 'tick',
      label: 'tick',
      note: {
        en: `Nothing ran on its own for ${minutes} minutes.`,
        zh: `已有 ${minutes} 分钟没有运行任何定时任务。`,
      },
      since: ticked,
    },
  ];
}
