/** Values of a key that occur in the copy, for who types a query. */
import type { Day, FieldName, Fields } from '../../../shared/columns/columns.ts';
import { fold } from '../../../shared/query/fold.ts';
import type { Key } from '../../../shared/query/keys.ts';
import type { Shelf } from '../../cache/shelf.ts';
import type { KnownValue } from '../../protocol/panel.ts';

const MOST = 20;

interface Named {
  value: string;
  name?: string;
}

/** What the values of one field of a day have for a key: `named[codes[row]]`. */
type Reads = (day: Day) => { codes: Uint16Array; named: readonly (readonly Named[])[] };

function reads<F extends FieldName>(field: F, read: (value: Fields[F]) => readonly Named[]): Reads {
  return (day) => {
    const { values, codes } = day.column(field);
    return { codes, named: values.map(read) };
  };
}

const texts = (...values: readonly (string | undefined)[]): Named[] =>
  values.flatMap((value) => (value ? [{ value }] : []));

const READS: { [K in Key]?: Reads } = {
  operator: reads('operator', ({ id, name }) => (id ? [{ value: id, name }] : texts(name))),
  person: reads('person', (person) =>
    person?.id ? [{ value: person.id, ...(person.name && { name: person.name }) }] : texts(person?.name),
  ),
  event: reads('call', ({ event }) => texts(event)),
  product: reads('call', ({ product }) => texts(product)),
  resource: reads('resources', (resources) =>
    resources.map(({ id, name }) => ({ value: id, ...(name && { name }) })),
  ),
  type: reads('resources', (resources) => texts(...resources.map(({ type }) => type))),
  region: reads('region', (region) => texts(region)),
  error: reads('result', ({ code }) => texts(code)),
  ip: reads('address', ({ ip }) => texts(ip)),
  key: reads('operator', ({ key }) => texts(key)),
  tag: reads('tags', (tags) => texts(...tags)),
};

/** Values that shelves were asked for, for who types a value letter by letter. */
const COUNTED = new WeakMap<Shelf, Map<Key, readonly Counted[]>>();

type Counted = Named & { events: number };

/** Those that hold what was typed, at most 20: first those that begin with it, then by how many events have them. */
export function valuesIn(shelf: Shelf, key: Key, typed: string): KnownValue[] {
  const known = COUNTED.get(shelf) ?? new Map<Key, readonly Counted[]>();
  const counted = known.get(key) ?? count(shelf, key);
  COUNTED.set(shelf, known.set(key, counted));
  return likeliest(counted, typed);
}

function count(shelf: Shelf, key: Key): readonly Counted[] {
  const read = READS[key];
  if (read === undefined) return key === 'account' ? accountsIn(shelf) : [];
  const counts = new Map<string, Counted>();
  for (const { day } of shelf.parts) {
    const { codes, named } = read(day);
    const events = new Uint32Array(named.length);
    for (const code of codes) events[code] = (events[code] ?? 0) + 1;
    for (const [code, each] of named.entries()) {
      for (const one of each) {
        const known = counts.get(one.value);
        if (known) known.events += events[code] ?? 0;
        else counts.set(one.value, { ...one, events: events[code] ?? 0 });
      }
    }
  }
  return [...counts.values()];
}

function accountsIn({ parts }: Shelf): Counted[] {
  const counts = new Map<string, number>();
  for (const { key, day } of parts) counts.set(key[0], (counts.get(key[0]) ?? 0) + day.size);
  return Array.from(counts, ([value, events]) => ({ value, events }));
}

function likeliest(known: readonly Counted[], typed: string): KnownValue[] {
  const wanted = fold(typed);
  const rank = ({ value, name = '' }: Named): number => {
    const [inValue, inName] = [fold(value).indexOf(wanted), fold(name).indexOf(wanted)];
    if (inValue === 0 || inName === 0) return 0;
    return inValue > 0 || inName > 0 ? 1 : 2;
  };
  return known
    .map((each) => ({ each, rank: rank(each) }))
    .filter((ranked) => ranked.rank < 2)
    .toSorted((one, other) => one.rank - other.rank || other.each.events - one.each.events)
    .slice(0, MOST)
    .map(({ each }) => each);
}
