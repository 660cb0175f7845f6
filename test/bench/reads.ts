/** What reading costs over HTTP, and the same SQL in node:sqlite. */
import * as v from 'valibot';
import { parseQuery } from '../../shared/query/parse.ts';
import { resolveQuery } from '../../shared/query/resolve.ts';
import { count, type Progress } from '../../worker/cli/lib/terminal.ts';
import { readPage } from '../../worker/store/read.ts';
import type { Scope } from '../../worker/store/scope.ts';
import type { Callers } from './callers.ts';
import { call, type Client } from './client.ts';
import type { Loaded } from './load.ts';
import type { NodeStore } from './node-store.ts';
import { NOTHING, textOf, type Question } from './queries.ts';
import { repeat } from './repeat.ts';
import type { Sample } from './sample.ts';
import { median, quantile } from './statistics.ts';

/** A question that takes long is asked less often. */
const BOUNDS = { runs: 30, longest: 3_000, fewest: 3 };

/** `first`: the newest. `deep`: the second page of those before the middle of the range, where there is one. */
const PAGES = ['first', 'deep'] as const;

/** One path, asked again and again in turn with a query that costs no search: medians of both. */
interface Measured {
  hits: number;
  /** Set where the answer stopped at its budget. */
  partial: boolean;
  trips: number;
  /** Without what every answer costs: authentication and coverage. */
  rowsRead: number;
  /** Likewise. Local D1 tells whole milliseconds. */
  sqlMs: number;
  httpP50: number;
  httpP95: number;
  /** Of the query that costs no search. */
  emptyHttpP50: number;
}

export interface Read extends Measured {
  name: string;
  page: (typeof PAGES)[number];
  kind: Question['kind'] | 'other';
  q: string;
  /** SQL of the same page in node:sqlite, ms; absent where it is no page of a query. */
  nodeSqlMs?: number;
  /** HTTP ÷ (HTTP without a search + SQL in node:sqlite). */
  httpRatio?: number;
}

export interface Reads {
  reads: Read[];
  /** SQL of the newest 1,000 events without a filter, ms, asked before and after all others. */
  newestSqlMs: number;
}

const Answer = v.object({
  events: v.optional(v.array(v.unknown())),
  changes: v.optional(v.array(v.unknown())),
  next: v.nullish(v.string()),
  partial: v.optional(v.unknown()),
});

/** Asks every question, for its first page and a deep one. */
export async function measureReads(
  callers: Callers,
  questions: readonly Question[],
  { sample, cursors, progress }: { sample: Sample; cursors: Loaded['cursors']; progress: Progress },
): Promise<Reads> {
  const admin = callers.all.client;
  const newest = eventsPath({ limit: '1000' });
  const before = await measure(admin, newest);
  const reads: Read[] = [];
  for (const question of questions) {
    progress.show(() => `Asking ${question.name} (${count(reads.length / 2)} of ${questions.length})`);
    const { name, kind, caller } = question;
    const { client } = callers[caller];
    for (const page of PAGES) {
      const q = textOf(question, page === 'deep' ? sample.middle : undefined);
      const path = page === 'deep' ? await secondPage(client, q) : eventsPath({ q });
      reads.push({ name, page, kind, q, ...(await measure(client, path)) });
    }
  }
  const others = [
    ['event-by-id', 'first', `/v1/events/${sample.id}`],
    ['changes', 'first', `/v1/changes?${new URLSearchParams({ after: cursors.start })}`],
    ['changes', 'deep', `/v1/changes?${new URLSearchParams({ after: cursors.middle })}`],
  ] as const;
  for (const [name, page, path] of others) {
    reads.push({ name, page, kind: 'other', q: '', ...(await measure(admin, path)) });
  }
  const after = await measure(admin, newest);
  progress.clear();
  return { reads, newestSqlMs: (before.sqlMs + after.sqlMs) / 2 };
}

function eventsPath(parameters: Record<string, string>): string {
  return `/v1/events?${new URLSearchParams(parameters)}`;
}

/** The path of the page after the first; the first one's where there is no other. */
async function secondPage(client: Client, q: string): Promise<string> {
  const { next } = v.parse(Answer, (await call(client, eventsPath({ q }))).body);
  return eventsPath({ q, ...(next ? { cursor: next } : {}) });
}

async function measure(client: Client, path: string): Promise<Measured> {
  const emptyPath = eventsPath({ q: textOf({ terms: NOTHING }) });
  const { body, cost } = await call(client, path);
  const { events, changes, partial } = v.parse(Answer, body);
  const [http, sql, rows]: [number[], number[], number[]] = [[], [], []];
  const [emptyHttp, emptySql, emptyRows]: [number[], number[], number[]] = [[], [], []];
  await repeat(BOUNDS, async () => {
    const empty = await call(client, emptyPath);
    emptyHttp.push(empty.ms);
    emptySql.push(empty.cost.sqlMs);
    emptyRows.push(empty.cost.rowsRead);
    const called = await call(client, path);
    http.push(called.ms);
    sql.push(called.cost.sqlMs);
    rows.push(called.cost.rowsRead);
  });
  return {
    hits: (events ?? changes)?.length ?? 1,
    partial: partial !== undefined,
    trips: cost.trips,
    rowsRead: median(rows) - median(emptyRows),
    sqlMs: Math.max(0, median(sql) - median(emptySql)),
    httpP50: median(http),
    httpP95: quantile(http, 0.95),
    emptyHttpP50: median(emptyHttp),
  };
}

/** Adds what the same pages cost in node:sqlite on the file that the Worker left. */
export async function compareReads(
  reads: readonly Read[],
  questions: readonly Question[],
  { node, callers, middle }: { node: NodeStore; callers: Callers; middle: number },
): Promise<Read[]> {
  const compared: Read[] = [];
  for (const read of reads) {
    const question = questions.find(({ name }) => name === read.name);
    if (question === undefined) {
      compared.push(read);
      continue;
    }
    const to = read.page === 'deep' ? middle : undefined;
    const nodeSqlMs = await nodeSql(node, question, callers[question.caller].scope, to);
    compared.push({ ...read, nodeSqlMs, httpRatio: read.httpP50 / (read.emptyHttpP50 + nodeSqlMs) });
  }
  return compared;
}

/** Median of the SQL of a page, ms; of the second page where `to` is given. */
async function nodeSql(
  node: NodeStore,
  question: Question,
  scope: Scope,
  to: number | undefined,
): Promise<number> {
  const parsed = parseQuery(textOf(question, to));
  if (!parsed.ok) throw new Error(parsed.error.message);
  const resolved = resolveQuery(parsed.query, { now: Date.now(), tz: 'UTC', names: new Map() });
  if (!resolved.ok) throw new Error(resolved.error.message);
  const request = { query: resolved.query, scope, limit: 50 };
  const { next } = to === undefined ? {} : await readPage(node.store(), request);
  const times: number[] = [];
  await repeat(BOUNDS, async () => {
    const store = node.store();
    await readPage(store, next === undefined ? request : { ...request, before: next });
    times.push(store.cost.sqlMs);
  });
  return median(times);
}
