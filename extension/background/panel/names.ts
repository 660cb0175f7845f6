/** Present names of operators, as the copy tells them. */
import { fold } from '../../../shared/query/fold.ts';
import type { Shelf } from '../../cache/shelf.ts';

const KNOWN = new WeakMap<Shelf, ReadonlyMap<string, readonly string[]>>();

/** Names, folded, and the ids that bear them: of each id the name of its newest day. */
export function namesIn(shelf: Shelf): ReadonlyMap<string, readonly string[]> {
  const known = KNOWN.get(shelf) ?? read(shelf);
  KNOWN.set(shelf, known);
  return known;
}

function read({ parts }: Shelf): Map<string, string[]> {
  const nameOf = new Map<string, string>();
  for (const { day } of parts) {
    for (const { id, name } of day.column('operator').values) {
      if (id !== '' && name !== '' && !nameOf.has(id)) nameOf.set(id, fold(name));
    }
  }
  const names = new Map<string, string[]>();
  for (const [id, name] of nameOf) names.set(name, [...(names.get(name) ?? []), id]);
  return names;
}
