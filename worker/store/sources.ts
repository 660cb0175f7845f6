/** Sources that the Worker reads by itself: how far each is read, and what stands in the way. */
import * as v from 'valibot';
import { fromJson, int, maybeInt, maybeText, rows, run, text, type Row, type Store } from './meter.ts';

const SOURCE_KINDS = ['api', 'files'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** Why reading fails, and what to do about it. */
const problemSchema = v.object({
  /** A kind of failure of the vendor's interface: `key`, `permission`, `clock`, `limit`, `server` … */
  kind: v.string(),
  code: v.string(),
  message: v.string(),
  advice: v.string(),
  /** Unix seconds when it began. */
  since: v.number(),
});
export type SourceProblem = v.InferOutput<typeof problemSchema>;

/** Times are unix seconds; those that are absent have not come yet. */
export interface ReadSource {
  id: string;
  kind: SourceKind;
  /** Stands in where a record names no account. */
  account: string;
  /** All accounts whose records came out of it. */
  accounts: string[];
  /** It is read from here on, but for its gaps. */
  since?: number;
  seenTo?: number;
  settledTo?: number;
  /** JSON text that only its reader understands. */
  state: string;
  tried?: number;
  succeeded?: number;
  nextTry: number;
  failures: number;
  problem?: SourceProblem;
}

/** The statement whose rows `readSourceRow` reads: every source that is read. */
export function sourcesOf(store: Store): D1PreparedStatement {
  return store.db.prepare(`${SELECT} ORDER BY id`);
}

/** The source with this id, if there is one. */
export async function findSource(store: Store, id: string): Promise<ReadSource | undefined> {
  const [found] = await run(store, [store.db.prepare(`${SELECT} WHERE id = ?1`).bind(id)]);
  return rows(found, readSourceRow)[0];
}

const SELECT = `
  SELECT *, (SELECT json_group_array(account) FROM source_account WHERE source_account.source = source.id) AS accounts
  FROM source`;

/** What one row of `sourcesOf` says. */
export function readSourceRow(row: Row): ReadSource {
  const optional = {
    since: maybeInt(row, 'since'),
    seenTo: maybeInt(row, 'seen_to'),
    settledTo: maybeInt(row, 'settled_to'),
    tried: maybeInt(row, 'tried'),
    succeeded: maybeInt(row, 'succeeded'),
    problem: readProblem(row),
  };
  return {
    id: text(row, 'id'),
    kind: v.parse(v.picklist(SOURCE_KINDS), row['kind']),
    account: text(row, 'account'),
    accounts: fromJson(row, 'accounts', v.array(v.string())),
    state: text(row, 'state'),
    nextTry: int(row, 'next_try'),
    failures: int(row, 'failures'),
    ...present(optional),
  };
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function present<T extends object>(fields: T): Present<T>;
function present(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** The problem in a row's column `problem`. */
export function readProblem(row: Row): SourceProblem | undefined {
  return maybeText(row, 'problem') === undefined ? undefined : fromJson(row, 'problem', problemSchema);
}

/** The statements that make a source, and its account; they do nothing where it is there. */
export function addSource(
  store: Store,
  source: Pick<ReadSource, 'id' | 'kind' | 'account' | 'state' | 'since'>,
): D1PreparedStatement[] {
  const { id, kind, account, state, since } = source;
  return [
    store.db
      .prepare(
        `INSERT INTO source (id, kind, account, state, since) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO NOTHING`,
      )
      .bind(id, kind, account, state, since ?? null),
    store.db.prepare(`INSERT INTO account (id) VALUES (?1) ON CONFLICT (id) DO NOTHING`).bind(account),
    store.db
      .prepare(
        `INSERT INTO source_account (account, source) VALUES (?1, ?2) ON CONFLICT (account, source) DO NOTHING`,
      )
      .bind(account, id),
  ];
}

/** How far a source is read now. Times are unix seconds. */
export interface Advance {
  state: string;
  now: number;
  seenTo?: number | undefined;
  settledTo?: number | undefined;
}

/**
 * The statement that moves a source on after reading went well, to be done with the events that it covers. No mark
 * ever moves back.
 */
export function advanceSource(
  store: Store,
  id: string,
  { state, now, seenTo, settledTo }: Advance,
): D1PreparedStatement {
  return store.db.prepare(ADVANCE).bind(id, state, now, seenTo ?? null, settledTo ?? null);
}

const ADVANCE = `
  UPDATE source SET state = ?2, tried = ?3, succeeded = ?3, next_try = 0, failures = 0, problem = NULL,
    seen_to = coalesce(max(seen_to, ?4), seen_to, ?4), settled_to = coalesce(max(settled_to, ?5), settled_to, ?5)
  WHERE id = ?1`;

/** The statement that notes that reading failed. A problem of the same kind goes on since it began. */
export function noteFailure(
  store: Store,
  id: string,
  { now, nextTry, problem }: { now: number; nextTry: number; problem: SourceProblem },
): D1PreparedStatement {
  return store.db.prepare(FAILED).bind(id, now, nextTry, JSON.stringify(problem));
}

const FAILED = `
  UPDATE source SET tried = ?2, next_try = ?3, failures = failures + 1,
    problem = CASE WHEN problem ->> 'kind' = ?4 ->> 'kind' THEN json_set(?4, '$.since', problem -> 'since') ELSE ?4 END
  WHERE id = ?1`;
