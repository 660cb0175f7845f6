/** Who acted. */
import type { Actor } from '../../shared/api/operators.ts';
import type { FieldName } from '../../shared/columns/columns.ts';
import { groupBy, type Group, type Part } from '../../shared/columns/group.ts';
import type { KnownOperator } from '../store/operators.ts';
import { BY_ACCOUNT, BY_OPERATOR, whoOf, type Who } from './by-operator.ts';
import { countsOf, merged, spanOf } from './counts.ts';

/** Somebody with the counts of their events. */
export interface Acting extends Group, Who {
  account: string;
}

/** The fields that days need to be counted by operator. */
export const OPERATOR_FIELDS: readonly FieldName[] = ['call', 'result', 'operator'];

/** Everybody with an id who acted in the rows, once, in no order. */
export function actingIn(parts: readonly Part[]): Acting[] {
  const groups = groupBy(parts, [BY_ACCOUNT, BY_OPERATOR]).filter((group) => whoIn(group).id !== '');
  const operators = merged(groups.map((group) => [keyOf(whoIn(group)), group]));
  return [...operators.values()].map((group) => ({ ...group, ...whoIn(group) }));
}

/** The key of an operator among those of all accounts. */
export function keyOf({ account, id }: { account: string; id: string }): string {
  return `${account}/${id}`;
}

/** Operators as answers give them, with what the directory knows. */
export function shownActors(acting: readonly Acting[], directory: readonly KnownOperator[]): Actor[] {
  const known = new Map(directory.map((operator) => [keyOf(operator), operator]));
  return acting.map((group) => ({
    ...identified(group, known.get(keyOf(group)), group),
    ...countsOf(group),
    ...spanOf(group),
  }));
}

/**
 * Who somebody is. The directory knows the present name and type, and when they were seen, if it knows them; it does
 * not know of what came in since it was last written.
 */
export function identified(
  { id, account, type, name }: Who & { account: string },
  known: KnownOperator | undefined,
  counted: Pick<Group, 'first' | 'last'> = { first: Infinity, last: -Infinity },
): Pick<Actor, 'id' | 'account' | 'type' | 'name' | 'ever'> {
  if (known === undefined) return { id, account, type, name };
  const first = Math.min(known.first, counted.first);
  const last = Math.max(known.last, counted.last);
  const ever = first <= last ? { ever: spanOf({ first, last }) } : {};
  return { id, account, type: known.type, name: known.name || name, ...ever };
}

function whoIn({ keys: [account = '', operator = '{}'] }: Group): Who & { account: string } {
  return { account, ...whoOf(operator) };
}
