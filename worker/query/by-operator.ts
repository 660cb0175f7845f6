/** Counting by who acted. */
import type { Dimension } from '../../shared/columns/group.ts';
import type { Operator, Person } from '../../shared/event/event.ts';

/** An operator without what differs between their sessions. */
export type Who = Pick<Operator, 'type' | 'id' | 'name'>;

export const BY_ACCOUNT: Dimension = { day: ({ account }) => account };

/** The key is the JSON of `Who`. Who bore several names has several keys. */
export const BY_OPERATOR: Dimension = {
  column: 'operator',
  keys: ({ type, id, name }) => [JSON.stringify({ type, id, name } satisfies Who)],
};

/** The key is the JSON of who is known to be behind a session, `null` where nobody is. */
export const BY_PERSON: Dimension = {
  column: 'person',
  keys: (person) => [JSON.stringify(person?.status === 'exact' ? person : null)],
};

/** The operator that a key of `BY_OPERATOR` is of. */
export function whoOf(key: string): Who {
  return JSON.parse(key);
}

/** The person that a key of `BY_PERSON` is of. */
export function personOf(key: string): Person | null {
  return JSON.parse(key);
}

/** The same for the same operator or person, whatever they were called. A name is never an id, whatever it looks like. */
export function identityOf({ id = '', name = '' }: { id?: string; name?: string }): string {
  return JSON.stringify(id === '' ? { name } : { id });
}

/** A text by which what was last seen at a unix second comes before what is older. */
export function newestFirst(second: number): string {
  return String(2 ** 32 - second).padStart(10, '0');
}
