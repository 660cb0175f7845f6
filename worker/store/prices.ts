/** What billing says that purchases cost, by event. */
import * as v from 'valibot';
import { hexToId } from '../../shared/event/identity.ts';
import { boundParts } from './bound-parts.ts';
import { int, maybeText, rows, run, text, type Row, type Store } from './meter.ts';
import type { Accounts } from './scope.ts';
import { firstRowId } from './rowid.ts';

export interface StoredPrice {
  /** Decimal, in units of the currency. */
  amount: string;
  /** ISO 4217. */
  currency: string;
  /** Uin. */
  payer?: string;
}

/** How it stands with the price of an event. Times are unix seconds. */
export type Pricing =
  | { kind: 'exact'; price: StoredPrice }
  /** Not found so far; to be looked up again at `nextTry`. */
  | { kind: 'pending'; tries: number; nextTry: number }
  /** Looked up often enough. */
  | { kind: 'none' };

/** How it stands with prices where several accounts are asked about: the worst of them; undefined: nobody looks. */
export type PricesState = 'not-permitted' | 'pending' | 'ok' | undefined;

/** Notes how it stands with the price of an event, by its row id. */
export async function savePricing(
  store: Store,
  account: string,
  event: number,
  pricing: Pricing,
): Promise<void> {
  const price = pricing.kind === 'exact' ? pricing.price : undefined;
  const { tries, nextTry } = pricing.kind === 'pending' ? pricing : { tries: 0, nextTry: 0 };
  const { amount = null, currency = null, payer = null } = price ?? {};
  await run(store, [
    store.db.prepare(SAVE).bind(event, account, pricing.kind, amount, currency, payer, tries, nextTry),
  ]);
}

// The event may have been removed meanwhile: its price would stay behind.
const SAVE = `
  INSERT INTO price (event, account, state, amount, currency, payer, tries, next_try)
  SELECT id, ?2, ?3, ?4, ?5, ?6, ?7, ?8 FROM event WHERE id = CAST(?1 AS INTEGER)
  ON CONFLICT (event) DO UPDATE SET state = excluded.state, amount = excluded.amount, currency = excluded.currency,
    payer = excluded.payer, tries = excluded.tries, next_try = excluded.next_try`;

/** How it stands with the prices of these events, by row id; those that were never looked up are left out. */
export async function findPricings(store: Store, events: readonly number[]): Promise<Map<number, Pricing>> {
  const found = new Map<number, Pricing>();
  for (const part of boundParts(events)) {
    const [read] = await run(store, [store.db.prepare(FIND).bind(JSON.stringify(part))]);
    for (const [event, pricing] of rows(read, readPricing)) found.set(event, pricing);
  }
  return found;
}

const FIND = `SELECT price.* FROM json_each(?1) AS wanted JOIN price ON price.event = wanted.value`;

/** Prices for an answer. */
export interface PricesRead<K> {
  /** By event. */
  prices: ReadonlyMap<K, StoredPrice>;
  state: PricesState;
}

/** The prices of these events, by row id, and how it stands with prices in these accounts. One round trip. */
export async function readPrices(
  store: Store,
  accounts: Accounts,
  events: readonly number[],
): Promise<PricesRead<number>> {
  const [state, found] = await run(store, [
    stateOf(store, accounts),
    store.db.prepare(FIND).bind(JSON.stringify(events)),
  ]);
  return pricesIn(state, rows(found, readPricing));
}

/** The prices of an account's events within so many seconds of points in time, by the id of the event. One round trip. */
export async function readPricesNear(
  store: Store,
  account: string,
  { times, seconds }: { times: readonly number[]; seconds: number },
): Promise<PricesRead<string>> {
  const stretches = times.map((time) => ({
    from: firstRowId(time - seconds),
    below: firstRowId(time + seconds + 1),
  }));
  const [state, found] = await run(store, [
    stateOf(store, [account]),
    store.db.prepare(NEAR).bind(JSON.stringify(stretches), account),
  ]);
  return pricesIn(
    state,
    rows(found, (row) => [hexToId(text(row, 'eid')), pricingOf(row)] as const),
  );
}

const NEAR = `
  SELECT price.*, lower(hex(event.eid)) AS eid
  FROM json_each(?1) AS stretch CROSS JOIN price ON price.event >= CAST(stretch.value ->> 'from' AS INTEGER)
    AND price.event < CAST(stretch.value ->> 'below' AS INTEGER)
  JOIN event ON event.id = price.event
  WHERE price.account = ?2 AND price.state = 'exact' LIMIT 1000`;

function pricesIn<K>(
  state: D1Result | undefined,
  pricings: readonly (readonly [K, Pricing])[],
): PricesRead<K> {
  const prices = new Map<K, StoredPrice>();
  for (const [event, pricing] of pricings) {
    if (pricing.kind === 'exact') prices.set(event, pricing.price);
  }
  return { prices, state: rows(state, readState)[0] };
}

function stateOf(store: Store, accounts: Accounts): D1PreparedStatement {
  return store.db.prepare(STATE).bind(accounts === '*' ? '*' : JSON.stringify(accounts));
}

// A state that is not empty is that of a round which is not over.
const STATE = `
  SELECT count(*) AS accounts, coalesce(sum(problem ->> 'kind' = 'permission'), 0) AS refused,
    coalesce(sum(succeeded IS NULL OR problem IS NOT NULL OR state <> '{}' OR EXISTS (
      SELECT 1 FROM price WHERE price.account = feature.account AND price.state = 'pending'
    )), 0) AS pending
  FROM feature WHERE name = 'prices' AND (?1 = '*' OR account IN (SELECT value FROM json_each(?1)))`;

function readState(row: Row): PricesState {
  if (int(row, 'accounts') === 0) return undefined;
  if (int(row, 'refused') > 0) return 'not-permitted';
  return int(row, 'pending') > 0 ? 'pending' : 'ok';
}

function readPricing(row: Row): [number, Pricing] {
  return [int(row, 'event'), pricingOf(row)];
}

function pricingOf(row: Row): Pricing {
  const kind = v.parse(v.picklist(['pending', 'exact', 'none']), row['state']);
  if (kind === 'none') return { kind };
  if (kind === 'pending') return { kind, tries: int(row, 'tries'), nextTry: int(row, 'next_try') };
  const payer = maybeText(row, 'payer');
  const price = { amount: text(row, 'amount'), currency: text(row, 'currency'), ...(payer && { payer }) };
  return { kind, price };
}
