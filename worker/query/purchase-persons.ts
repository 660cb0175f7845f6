/** Who made purchases, counted: people, and the roles and services behind which nobody is known. */
import type { PurchaseTotals } from '../../shared/api/purchases.ts';
import type { Dimension, Group } from '../../shared/columns/group.ts';
import type { Operator, Person } from '../../shared/event/event.ts';
import { BY_ACCOUNT, BY_OPERATOR, identityOf, whoOf } from './by-operator.ts';
import { addKind, spentIn, type Kinds } from './purchase-kinds.ts';

type Somebody = PurchaseTotals['person'][number];

const BY_PERSON: Dimension = { column: 'person', keys: (person) => [JSON.stringify(person)] };

/** What purchases are grouped by for `personsOf`, before their kind. */
export const BY_WHOM: readonly Dimension[] = [BY_ACCOUNT, BY_OPERATOR, BY_PERSON];

interface Found {
  somebody: Somebody;
  /** Unix second that the name is from. */
  named: number;
  claims: Map<string, Kinds>;
}

/**
 * Who spent most comes first. Exact persons stand for themselves, whichever role they took; a name that was only
 * claimed stands under its role.
 */
export function personsOf(groups: readonly Group[]): Somebody[] {
  const found = new Map<string, Found>();
  for (const { keys, count, last } of groups) {
    const [account = '', operatorKey = '', personKey = 'null', kind = ''] = keys;
    const operator = whoOf(operatorKey);
    const person: Person | null = JSON.parse(personKey);
    const proven = person?.status === 'exact' ? person.id : undefined;
    const type = proven === undefined ? TYPES[operator.type] : 'person';
    const id = proven ?? operator.id;
    const key = JSON.stringify([account, type, identityOf({ id, name: operator.name })]);
    const known = found.get(key) ?? {
      somebody: { account, type, id, name: '', kinds: {} },
      named: -1,
      claims: new Map<string, Kinds>(),
    };
    found.set(key, known);
    addKind(known.somebody.kinds, kind, count);
    // The name of a role session was chosen by whoever began it.
    if (proven === undefined) rename(known, operator.name, last);
    if (type === 'role' && person?.status === 'claimed' && person.name) {
      const claimed = known.claims.get(person.name) ?? {};
      known.claims.set(person.name, claimed);
      addKind(claimed, kind, count);
    }
  }
  return [...found.values()]
    .map(withClaims)
    .toSorted((one, other) => spentIn(other.kinds) - spentIn(one.kinds));
}

const TYPES: { readonly [T in Operator['type']]: Somebody['type'] } = {
  root: 'person',
  user: 'person',
  role: 'role',
  federated: 'role',
  service: 'service',
};

/** The last name that somebody acted under is theirs; some records have the id in its place. */
function rename(found: Found, name: string, second: number): void {
  if (name === '' || name === found.somebody.id || second < found.named) return;
  found.somebody.name = name;
  found.named = second;
}

/** Pipelines name each of their sessions: only so many names are of use to a reader. */
const MAX_CLAIMS = 50;

function withClaims({ somebody, claims }: Found): Somebody {
  if (claims.size === 0) return somebody;
  const named = [...claims]
    .map(([name, kinds]) => ({ name, kinds }))
    .toSorted((one, other) => spentIn(other.kinds) - spentIn(one.kinds));
  return { ...somebody, claims: named.slice(0, MAX_CLAIMS) };
}
