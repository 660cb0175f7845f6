/** Stretches of event time that are known to be missing from a source. All times are unix seconds. */
import type { GapReason } from '../../shared/api/coverage.ts';
import type { Store } from './meter.ts';

const IS_OUTAGE = `gap.reason IN ('stopped', 'failing')`;

/** Whether a gap is one that its source reads after all, from its start on: what it has seen is missing no more. */
export function isOutage(reason: GapReason): boolean {
  return reason === 'stopped' || reason === 'failing';
}

/**
 * The statements that say that an outage goes on: the one that is open grows to `ends`, or one opens. Whatever it
 * began as, it is one outage until it is filled.
 */
export function growOutage(
  store: Store,
  gap: {
    source: string;
    reason: 'stopped' | 'failing';
    starts: number;
    ends: number;
    now: number;
    detail: string;
  },
): D1PreparedStatement[] {
  const { source, reason, starts, ends, now, detail } = gap;
  return [
    store.db
      .prepare(`UPDATE gap SET ends = max(ends, ?2) WHERE source = ?1 AND ${IS_OUTAGE} AND filled IS NULL`)
      .bind(source, ends),
    store.db
      .prepare(
        `INSERT INTO gap (source, reason, starts, ends, opened, detail) SELECT ?1, ?2, ?3, ?4, ?5, ?6
         WHERE NOT EXISTS (SELECT 1 FROM gap WHERE source = ?1 AND ${IS_OUTAGE} AND filled IS NULL)`,
      )
      .bind(source, reason, starts, ends, now, detail),
  ];
}

/** The statement that says that an outage is over and read after all, where `seenTo` has passed its end. */
export function fillOutage(
  store: Store,
  { source, seenTo, now }: { source: string; seenTo: number; now: number },
): D1PreparedStatement {
  return store.db
    .prepare(
      `UPDATE gap SET closed = ?3, filled = ?3
       WHERE source = ?1 AND ${IS_OUTAGE} AND filled IS NULL AND ends <= ?2`,
    )
    .bind(source, seenTo, now);
}

/** The statements that give up what of an outage is too old to be read: all before `before`. */
export function loseBefore(
  store: Store,
  { source, starts, before, now }: { source: string; starts: number; before: number; now: number },
): D1PreparedStatement[] {
  return [
    store.db
      .prepare(
        `UPDATE gap SET starts = ?2 WHERE source = ?1 AND ${IS_OUTAGE} AND filled IS NULL AND starts < ?2`,
      )
      .bind(source, before),
    store.db
      .prepare(
        `INSERT INTO gap (source, reason, starts, ends, opened, closed, detail) VALUES (?1, 'lost', ?2, ?3, ?4, ?4, '')`,
      )
      .bind(source, starts, before, now),
  ];
}

/** What gaps for want of room are named by (coverage.ts reads them so): what came in from a source for an account. */
export function storageGapOf(source: string, account: string): string {
  return `${source}/${account}`;
}

/** The statements that say that of a stretch not everything was stored, for want of room. */
export function growStorageGap(
  store: Store,
  gap: { source: string; starts: number; ends: number; now: number },
): D1PreparedStatement[] {
  const { source, starts, ends, now } = gap;
  return [
    store.db
      .prepare(
        `UPDATE gap SET starts = min(starts, ?2), ends = max(ends, ?3) WHERE source = ?1 AND ${IS_GROWING}`,
      )
      .bind(source, starts, ends),
    store.db
      .prepare(
        `INSERT INTO gap (source, reason, starts, ends, opened, detail) SELECT ?1, 'storage', ?2, ?3, ?4, ''
         WHERE NOT EXISTS (SELECT 1 FROM gap WHERE source = ?1 AND ${IS_GROWING})`,
      )
      .bind(source, starts, ends, now),
  ];
}

// None of them is ever filled; to say so has them found by index.
const IS_GROWING = `reason = 'storage' AND closed IS NULL AND filled IS NULL`;

/** Gaps that were filled are remembered this long. */
const KEPT_SECONDS = 30 * 86_400;

/** The statement that forgets gaps which were filled long ago. */
export function forgetGaps(store: Store, now: number): D1PreparedStatement {
  return store.db.prepare(`DELETE FROM gap WHERE filled < ?1`).bind(now - KEPT_SECONDS);
}
