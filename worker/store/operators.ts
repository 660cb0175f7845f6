/** The directory of operators: who acted in an account, under which name today, and when. */
import { fold } from '../../shared/query/fold.ts';
import { isWhoKey } from '../../shared/query/keys.ts';
import { isAnything, textMatch } from '../../shared/query/pattern.ts';
import { isRangeTerm, type Query } from '../../shared/query/query.ts';
import { OPERATOR_TYPES, type OperatorType } from '../../shared/event/event.ts';
import { int, rows, run, text, type Row, type Store } from './meter.ts';
import { secondOfRow } from './rowid.ts';
import { inScope, type Scope } from './scope.ts';

/** An operator as the newest of their events shows them, or the cloud's directory. */
export interface KnownOperator {
  account: string;
  id: string;
  /** The newest name that is not empty. */
  name: string;
  type: OperatorType;
  /**
   * Unix seconds of the oldest and newest event that was seen; the events themselves may be gone. Of who never acted
   * `first` is after `last`.
   */
  first: number;
  last: number;
}

/** What events say of an operator. */
export interface SeenOperator {
  account: string;
  id: string;
  name: string;
  /** Row id of the newest event that has a name; 0 where none has. */
  named: number;
  type: OperatorType;
  /** Row ids of the oldest and newest event. */
  first: number;
  last: number;
}

/** The statement that enters what was seen, unless the fold is of another version by now. */
export function enterOperators(
  store: Store,
  seen: readonly SeenOperator[],
  version: number,
): D1PreparedStatement {
  const bound = seen.map((each) => ({ ...each, folded: fold(each.name) }));
  return store.db.prepare(ENTER).bind(JSON.stringify(bound), version);
}

const ENTER = `
  INSERT INTO operator (account, id, name, folded, named, type, first, last)
  SELECT value ->> 'account', value ->> 'id', value ->> 'name', value ->> 'folded', value ->> 'named',
    value ->> 'type', value ->> 'first', value ->> 'last'
  FROM json_each(?1) WHERE (SELECT version FROM fold) = ?2
  ON CONFLICT (account, id) DO UPDATE SET
    name = iif(excluded.named >= named, excluded.name, name),
    folded = iif(excluded.named >= named, excluded.folded, folded), named = max(named, excluded.named),
    type = iif(excluded.last >= last, excluded.type, type),
    first = min(first, excluded.first), last = max(last, excluded.last)`;

/** The statement that removes an account's operators. */
export function removeOperators(store: Store, account: string): D1PreparedStatement {
  return store.db.prepare(`DELETE FROM operator WHERE account = ?1`).bind(account);
}

/** The operators in the scope with one of these ids, in whichever account. */
export async function findOperators(
  store: Store,
  scope: Scope,
  ids: readonly string[],
): Promise<KnownOperator[]> {
  const [found] = await run(store, [operatorsWith(store, scope, ids)]);
  return rows(found, readOperator);
}

/** The statement whose rows `readOperator` reads: the same. */
export function operatorsWith(store: Store, scope: Scope, ids: readonly string[]): D1PreparedStatement {
  return store.db.prepare(FIND).bind(...boundScope(scope), JSON.stringify(ids));
}

function boundScope({ accounts, operators }: Scope): [string, string] {
  return [
    accounts === '*' ? '*' : JSON.stringify(accounts),
    operators === '*' ? '*' : JSON.stringify(operators),
  ];
}

const IN_SCOPE = `(?1 = '*' OR account IN (SELECT value FROM json_each(?1)))
  AND (?2 = '*' OR (account, id) IN (SELECT value ->> 'account', value ->> 'id' FROM json_each(?2)))`;

const FIND = `
  SELECT * FROM operator WHERE ${IN_SCOPE} AND id IN (SELECT value FROM json_each(?3)) ORDER BY folded, account, id`;

export function readOperator(row: Row): KnownOperator {
  const type = OPERATOR_TYPES.find((each) => each === text(row, 'type'));
  if (type === undefined) throw new Error('an operator is of no type');
  return {
    account: text(row, 'account'),
    id: text(row, 'id'),
    name: text(row, 'name'),
    type,
    first: secondOfRow(int(row, 'first')),
    last: secondOfRow(int(row, 'last')),
  };
}

/** What a query asks of names. Folded. */
export interface AskedNames {
  whole: string[];
  /** Texts that stand somewhere in a name: of a pattern its longest. */
  pieces: string[];
}

/** The names that a query asks for; undefined where it asks for none: an id needs no directory. */
export function namesIn(query: Query): AskedNames | undefined {
  const values = query.terms.flatMap((term) =>
    !isRangeTerm(term) && isWhoKey(term.key) ? term.values.map(textMatch) : [],
  );
  const asked: AskedNames = { whole: [], pieces: [] };
  for (const value of values) {
    if (value.kind === 'exact') {
      if (!/^\d+$/.test(value.text)) asked.whole.push(value.text);
    } else if (!isAnything(value)) {
      asked.pieces.push(
        value.parts.reduce((longest, part) => (part.length > longest.length ? part : longest)),
      );
    }
  }
  return asked.whole.length + asked.pieces.length === 0 ? undefined : asked;
}

/** A name that somebody bears today. */
export interface PresentName {
  account: string;
  id: string;
  folded: string;
}

/** More operators than this are not found by their present names at once. */
const MAX_NAMES = 1_000;

/** The statement whose rows `readName` reads: who bears a name like those asked for, and perhaps others. */
export function bearersOf(store: Store, { whole, pieces }: AskedNames): D1PreparedStatement {
  return store.db.prepare(BEARERS).bind(JSON.stringify(whole), JSON.stringify(pieces));
}

// Who acted comes before who is only listed.
const BEARERS = `
  SELECT account, id, folded, last = 0 AS silent FROM operator WHERE folded IN (SELECT value FROM json_each(?1))
  UNION ALL
  SELECT account, operator.id, folded, last = 0 FROM json_each(?2) AS piece CROSS JOIN operator
  ON instr(folded, piece.value) > 0
  ORDER BY silent LIMIT ${MAX_NAMES}`;

export function readName(row: Row): PresentName {
  return { account: text(row, 'account'), id: text(row, 'id'), folded: text(row, 'folded') };
}

/** Ids by folded name, of those that the scope holds: `names` of resolving a query. */
export function namesWithin(scope: Scope, names: readonly PresentName[]): Map<string, string[]> {
  const within = names.filter(({ account, id }) => inScope(scope, { account, operator: id, person: null }));
  const byName = Map.groupBy(within, ({ folded }) => folded);
  return new Map([...byName].map(([name, bearers]) => [name, [...new Set(bearers.map(({ id }) => id))]]));
}
