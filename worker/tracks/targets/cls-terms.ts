/**
 * What can be asked about an event, as single words of a log in CLS: the key, `_`, and the folded value with
 * everything in it that CLS would split at, or read in another case, written as `_hhhh`. One indexed field answers
 * for all keys, and means what the query language means. Event and query must make the same word of the same value.
 */
import type { EventSummary } from '../../../shared/event/event.ts';
import { parseAddress } from '../../../shared/query/address.ts';
import { fold } from '../../../shared/query/fold.ts';

/** The field that holds them. */
export const TERMS = 'sidetrail_terms';

/** Of people the ids are words of another kind than the names: a name is asked for by its beginning, an id never. */
export type TermKind =
  | 'account'
  | 'operator'
  | 'operatorid'
  | 'person'
  | 'personid'
  | 'event'
  | 'product'
  | 'resource'
  | 'type'
  | 'region'
  | 'action'
  | 'outcome'
  | 'error'
  | 'via'
  | 'ip4'
  | 'ip6'
  | 'network'
  | 'key'
  | 'request'
  | 'tag'
  | 'is'
  | 'source';

/** The word of a folded value, or the beginning of such words where the value is the beginning of one. */
export function term(kind: TermKind, folded: string): string {
  const escaped = folded.replaceAll(
    /[^a-z0-9.-]/g,
    (unit) => `_${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${kind}_${escaped}`;
}

/** The word of an address, as bytes; of a network, the beginning of the words of its addresses. */
export function addressTerm(bytes: readonly number[], isV4: boolean): string {
  return isV4 ? `ip4_${bytes.join('.')}` : `ip6_${Uint8Array.from(bytes).toHex()}`;
}

/** All words of an event. */
export function termsOf(event: EventSummary): string[] {
  const { operator, person, resources } = event;
  const values: [TermKind, readonly (string | undefined)[]][] = [
    ['account', [event.account]],
    ['operator', [operator.name]],
    ['operatorid', [operator.id]],
    ['person', [person?.name]],
    ['personid', [person?.id]],
    ['event', [event.event]],
    ['product', [event.product]],
    ['resource', resources.flatMap(({ id, name }) => [id, name])],
    ['type', resources.map(({ type }) => type)],
    ['region', [event.region]],
    ['action', [event.action]],
    ['outcome', [event.outcome]],
    ['error', [event.error?.code]],
    ['via', [event.via]],
    ['network', [event.network]],
    ['key', [operator.key]],
    ['request', [event.requestId, event.eventId]],
    ['tag', event.tags],
    ['is', event.is],
    ['source', event.sources.map(({ source }) => source)],
  ];
  const words = values.flatMap(([kind, texts]) =>
    texts.flatMap((text) => (text ? [term(kind, fold(text))] : [])),
  );
  const address = parseAddress(event.ip);
  return [...new Set(address ? [...words, addressTerm(address, address.length === 4)] : words)];
}
