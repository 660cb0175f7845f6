/** Which of an event's resources a purchase is about: a create also names networks, images and what it copies. */
import type { EventSummary, Resource } from '../event/event.ts';
import { kindOf } from '../event/prefixes.ts';
import { keyKind, setKind } from '../event/requested.ts';
import type { PurchaseFacts } from './purchase-facts.ts';
import { factsOf } from './purchase.ts';

type Action = Pick<EventSummary, 'product' | 'event'>;

/** Kinds that old actions call otherwise. */
const NOW: { readonly [kind: string]: string } = { storage: 'disk' };

/**
 * The kinds of things that an action buys or changes, in the words of prefixes.ts; empty where the catalogue does
 * not tell, undefined where it does not know the action.
 */
export function thingsOf({ product, event }: Action): ReadonlySet<string> | undefined {
  const facts = factsOf(product, event);
  if (facts === undefined) return undefined;
  const kinds = facts.thing === undefined ? idsOf(facts).map(kindAt) : [facts.thing];
  const named = kinds.filter((kind) => kind !== '');
  return new Set(named.length > 0 ? named : kinds);
}

/** What a copy names in its request is what it was made of. */
function idsOf({ kind, ids, made }: PurchaseFacts): readonly string[] {
  return made ?? (kind === 'create' ? [] : (ids ?? []));
}

function kindAt(path: string): string {
  const key = path.slice(path.lastIndexOf('.') + 1);
  const kind = keyKind(key) ?? setKind(key) ?? '';
  return NOW[kind] ?? kind;
}

/** Whether a resource is one of such things, by its id or in the record's own word for it. */
export function isOneOf(things: ReadonlySet<string>, { id, type = '' }: Resource): boolean {
  return things.has(kindOf(id) ?? type) || things.has(type);
}

/** The resources that were bought, prolonged, resized or given back; none where the record names none. */
export function boughtOf(event: Action & Pick<EventSummary, 'resources'>): Resource[] {
  const things = thingsOf(event);
  if (things === undefined || things.has('')) return event.resources;
  const fitting = event.resources.filter((resource) => isOneOf(things, resource));
  if (fitting.length > 0 || things.size === 0) return fitting;
  // An id without a known prefix may have a type that the catalogue has another word for.
  return event.resources.filter(({ id }) => kindOf(id) === undefined);
}
