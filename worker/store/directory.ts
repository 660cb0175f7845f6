/**
 * Names from the cloud's own directory, entered among those who acted.
 *
 * An operator's present name is the newest that is known. What the directory says counts as said for two days to come,
 * so that it stands while the directory is read daily, and names in events stand again where it no longer is. Who is
 * deleted there keeps the name that was last known.
 */
import { line } from '../../shared/event/clean.ts';
import type { OperatorType } from '../../shared/event/event.ts';
import { fold } from '../../shared/query/fold.ts';
import { boundParts } from './bound-parts.ts';
import { run, type Store } from './meter.ts';
import { ABOVE_ALL, firstRowId } from './rowid.ts';

export interface ListedName {
  id: string;
  name: string;
  type: OperatorType;
}

const FRESH_SECONDS = 2 * 86_400;

/** Enters what the directory of an account says at `now` (unix ms). Who never acted is entered too. */
export async function enterNames(
  store: Store,
  account: string,
  { names, now }: { names: readonly ListedName[]; now: number },
): Promise<void> {
  const named = firstRowId(Math.floor(now / 1000) + FRESH_SECONDS);
  const bound = names.flatMap(({ id, type, ...listed }) => {
    const name = line(listed.name);
    return id === '' || name === '' ? [] : [{ id, type, name, folded: fold(name) }];
  });
  for (const part of boundParts(bound)) {
    await run(store, [store.db.prepare(ENTER).bind(JSON.stringify(part), account, named, ABOVE_ALL)]);
  }
}

// Who has not acted was seen first after all times and last before them: what is seen later makes both right.
const ENTER = `
  INSERT INTO operator (account, id, name, folded, named, type, first, last)
  SELECT ?2, value ->> 'id', value ->> 'name', value ->> 'folded', ?3, value ->> 'type', ?4, 0
  FROM json_each(?1) WHERE true
  ON CONFLICT (account, id) DO UPDATE SET name = excluded.name, folded = excluded.folded, named = excluded.named
    WHERE excluded.named >= named`;
