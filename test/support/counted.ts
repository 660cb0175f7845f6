/** What is counted over columns, in a form to be compared with what lists say, straight from a Worker's database. */
import { expect } from 'vitest';
import type { Fields } from '../../shared/columns/columns.ts';
import { rowsOf } from '../../shared/columns/decode.ts';
import { BLANK_FIELDS, rowOf } from '../../shared/columns/row.ts';
import type { EventSummary } from '../../shared/event/event.ts';
import { parseQuery } from '../../shared/query/parse.ts';
import type { ResolvedQuery } from '../../shared/query/query.ts';
import { resolveQuery } from '../../shared/query/resolve.ts';
import { scan, type Scan } from '../../worker/query/scan.ts';
import { bindParts, KEPT_FIELDS } from '../../worker/store/day-columns.ts';
import { writeFolded } from '../../worker/store/fold.ts';
import { openStore, rows as rowsOfResult, run, type Cost } from '../../worker/store/meter.ts';
import { bearersOf, namesIn, namesWithin, readName } from '../../worker/store/operators.ts';
import { firstRowId, secondOf } from '../../worker/store/rowid.ts';
import type { Scope } from '../../worker/store/scope.ts';
import { provideHex } from '../bench/hex.ts';
import type { TestWorker } from './worker.ts';

provideHex();

export const EVERYTHING: Scope = { accounts: '*', operators: '*' };

const DAY = 86_400;

export interface Counted extends Scan {
  cost: Cost;
}

/** A scan of all columns, and what it cost. */
export async function scanned(
  { db }: TestWorker,
  { q = '', scope = EVERYTHING, before }: { q?: string; scope?: Scope; before?: number } = {},
): Promise<Counted> {
  const store = openStore(db);
  const query = await resolved(db, q, scope);
  const found = await scan(store, { query, scope, fields: KEPT_FIELDS, before });
  return { ...found, cost: store.cost };
}

/** As a request resolves it, with whoever bears a name today; that costs a scan nothing. */
async function resolved(db: D1Database, q: string, scope: Scope): Promise<ResolvedQuery> {
  const parsed = parseQuery(q);
  if (!parsed.ok) throw new Error(q);
  const store = openStore(db);
  const asked = namesIn(parsed.query);
  const [bearers] = asked === undefined ? [] : await run(store, [bearersOf(store, asked)]);
  const names = namesWithin(scope, bearers === undefined ? [] : rowsOfResult(bearers, readName));
  const query = resolveQuery(parsed.query, { now: Date.now(), tz: 'Asia/Shanghai', names });
  // A range that is empty, as ages counted from today can make it.
  return query.ok ? query.query : { from: 1, to: 1, terms: [] };
}

/** What columns say of an event, as one text that sorts. */
function line(account: string, second: number, key: string, fields: Fields): string {
  const { request: _, ...kept } = fields;
  return JSON.stringify([account, second, key, kept]);
}

/** Every row that was found, as sorted texts. */
export function linesOf({ parts }: Scan): string[] {
  return parts
    .flatMap(({ day, rows }) => {
      const all = rowsOf(day);
      return Array.from(rows, (row) => {
        const found = all[row];
        if (found === undefined) throw new Error('a row that is not there');
        return line(day.account, found.second, found.key, found.fields);
      });
    })
    .toSorted();
}

async function listed(worker: TestWorker, q: string): Promise<EventSummary[]> {
  const events: EventSummary[] = [];
  for (let cursor = ''; ;) {
    const { json } = await worker.call(
      `/v1/events?${new URLSearchParams({ q, limit: '1000', ...(cursor && { cursor }) })}`,
    );
    // That range again.
    if (json.at !== undefined) return [];
    events.push(...json.events);
    if (json.next === null) return events;
    cursor = json.next;
  }
}

/** What the list of events says, in the same form. */
async function expectedLines(worker: TestWorker, q: string): Promise<string[]> {
  const { results } = await worker.db.prepare(`SELECT id, seq FROM event`).all<{ id: number; seq: number }>();
  const ids = new Map(results.map(({ id, seq }) => [seq, id]));
  const events = await listed(worker, q);
  return events
    .map((event) => {
      const key = String((ids.get(event.seq) ?? 0) - firstRowId(secondOf(event.time)));
      return line(event.account, secondOf(event.time), key, rowOf(event, key).fields);
    })
    .toSorted();
}

/** Expects that columns and the list of events say the same. */
export async function expectAgreement(worker: TestWorker, q = ''): Promise<void> {
  const found = await scanned(worker, { q });
  expect(found.partial).toBeUndefined();
  expect(linesOf(found), q).toEqual(await expectedLines(worker, q));
}

/** Days that are kept, by account. */
export async function keptDays({
  db,
}: TestWorker): Promise<{ account: string; day: number; part: number; rows: number }[]> {
  const { results } = await db
    .prepare(`SELECT account, day, part, rows FROM day_columns ORDER BY account, day, part`)
    .all<{ account: string; day: number; part: number; rows: number }>();
  return results;
}

/** Names that no compression makes shorter. */
export function noise(seed: number): string {
  const random = new Uint8Array(189);
  for (let i = 0, state = seed + 1; i < random.length; i += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    random[i] = state >>> 24;
  }
  return Buffer.from(random).toString('base64url');
}

/** Keeps so many days of the longest rows without any event, the last of them yesterday; gives their lines. */
export async function keepLongDays(worker: TestWorker, account: string, days: number): Promise<string[]> {
  await worker.call(`/v1/accounts/${account}`, { method: 'PATCH', json: { retention: 90 } });
  const today = Math.floor(Date.now() / 1000 / DAY);
  const lines: string[] = [];
  for (let day = today - days; day < today; day += 1) {
    const rows = Array.from({ length: 10 }, (_, i) => {
      const seed = (day * 10 + i) * 200;
      const resources = Array.from({ length: 200 }, (_unused, n) => ({ id: noise(seed + n) }));
      return { second: day * DAY + 10 - i, key: `${i}`, fields: { ...BLANK_FIELDS, resources } };
    });
    lines.push(...rows.map(({ second, key, fields }) => line(account, second, key, fields)));
    const version = Number(await worker.db.prepare(`SELECT version FROM fold`).first('version'));
    const step = {
      parts: [...bindParts(account, day, 0, rows)],
      operators: [],
      reached: { seq: 0, place: 0 },
    };
    expect(await writeFolded(openStore(worker.db), version, step)).toBe(true);
  }
  return lines;
}
