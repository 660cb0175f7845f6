/** The first and last event of a scope: one index step each. */
import { int, type Row, type Store } from './meter.ts';
import { secondOfRow } from './rowid.ts';
import type { Scope } from './scope.ts';
import { searchOf } from './search.ts';

/** The statement whose row `readEdge` reads: the oldest event. */
export function oldestOf(store: Store, scope: Scope): D1PreparedStatement {
  return store.db
    .prepare(`SELECT rowid AS id FROM event_fts WHERE event_fts MATCH ?1 ORDER BY rowid LIMIT 1`)
    .bind(expressionOf(scope));
}

/** The statement whose row `readEdge` reads: the newest event. */
export function newestOf(store: Store, scope: Scope): D1PreparedStatement {
  return store.db
    .prepare(`SELECT rowid AS id FROM event_fts WHERE event_fts MATCH ?1 ORDER BY rowid DESC LIMIT 1`)
    .bind(expressionOf(scope));
}

/** The time of an event (whole seconds), RFC 3339 UTC. */
export function readEdge(row: Row): string {
  return new Date(secondOfRow(int(row, 'id')) * 1000).toISOString();
}

function expressionOf(scope: Scope): string {
  const search = searchOf({ terms: [] }, scope);
  return search.kind === 'nothing' ? '""' : search.expression;
}
