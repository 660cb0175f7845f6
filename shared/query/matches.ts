import type { EventSummary } from '../event/event.ts';
import { contains, parseAddress } from './address.ts';
import { fold } from './fold.ts';
import type { ChoiceKey, WhoKey } from './keys.ts';
import { isAnything, matchesText } from './pattern.ts';
import type { ResolvedQuery, ResolvedTerm, TextKey, WhoMatch } from './query.ts';

type Texts = readonly (string | undefined)[];

/** The fields that a text key asks about. */
const TEXTS: { [K in TextKey]: (event: EventSummary) => Texts } = {
  account: (event) => [event.account],
  event: (event) => [event.event],
  product: (event) => [event.product],
  resource: resourceTexts,
  type: (event) => event.resources.map(({ type }) => type),
  region: (event) => [event.region],
  error: (event) => [event.error?.code],
  key: (event) => [event.operator.key],
  request: (event) => [event.requestId, event.eventId],
  tag: (event) => event.tags,
  word: (event) => [event.event, event.operator.name, ...resourceTexts(event), event.error?.code],
};

/** Whom a key asks about. */
const WHO: { [K in WhoKey]: (event: EventSummary) => { id?: string; name?: string } | undefined } = {
  operator: (event) => event.operator,
  person: (event) => event.person,
};

/** What an event is among the choices of a key. */
const CHOSEN: { [K in ChoiceKey]: (event: EventSummary) => readonly string[] } = {
  action: (event) => [event.action],
  outcome: (event) => [event.outcome],
  via: (event) => [event.via],
  network: (event) => [event.network],
  is: (event) => event.is,
  source: (event) => event.sources.map(({ source }) => source),
};

function resourceTexts({ resources }: EventSummary): Texts {
  return resources.flatMap(({ id, name }) => [id, name]);
}

/** What an event is compared by, folded. */
interface Folded {
  texts(key: TextKey): readonly string[];
  who(key: WhoKey): FoldedWho;
}

interface FoldedWho {
  ids: readonly string[];
  names: readonly string[];
}

/**
 * Whether the event answers the query: what every store, cache and stored rule must agree with.
 * Texts are compared folded. A field that is absent or empty has no value, so not even `*` finds it.
 */
export function matches(query: ResolvedQuery, event: EventSummary): boolean {
  return answers(query, event, {
    texts: (key) => present(TEXTS[key](event)),
    who: (key) => foldedWho(WHO[key](event)),
  });
}

/** The same for who asks many queries of one event: what they compare is folded once. */
export function askerOf(event: EventSummary): (query: ResolvedQuery) => boolean {
  const texts: { [K in TextKey]?: readonly string[] } = {};
  const who: { [K in WhoKey]?: FoldedWho } = {};
  const folded: Folded = {
    texts: (key) => (texts[key] ??= present(TEXTS[key](event))),
    who: (key) => (who[key] ??= foldedWho(WHO[key](event))),
  };
  return (query) => answers(query, event, folded);
}

function answers(query: ResolvedQuery, event: EventSummary, folded: Folded): boolean {
  return inRange(query, event) && query.terms.every((term) => holds(term, event, folded) !== term.negated);
}

function inRange({ from, to }: ResolvedQuery, event: EventSummary): boolean {
  if (from === undefined && to === undefined) return true;
  const second = Math.floor(Date.parse(event.time) / 1000);
  return (from === undefined || from <= second) && (to === undefined || second < to);
}

/** Whether any value of the term holds, negation aside. */
function holds(term: ResolvedTerm, event: EventSummary, folded: Folded): boolean {
  switch (term.kind) {
    case 'text': {
      const texts = folded.texts(term.key);
      return term.values.some((value) => texts.some((text) => matchesText(value, text)));
    }
    case 'who':
      return holdsWho(term.values, folded.who(term.key));
    case 'choice': {
      const chosen = CHOSEN[term.key](event);
      return term.values.some((value) => chosen.includes(value));
    }
    case 'network': {
      const address = parseAddress(event.ip);
      return address !== undefined && term.values.some((network) => contains(network, address));
    }
  }
}

/** A star alone means anybody who is known, be it by the id only. */
function holdsWho(values: readonly WhoMatch[], { ids, names }: FoldedWho): boolean {
  return values.some(
    (value) =>
      ids.some((id) => isAnything(value.name) || value.ids.includes(id)) ||
      names.some((name) => matchesText(value.name, name)),
  );
}

function foldedWho({ id, name }: { id?: string; name?: string } = {}): FoldedWho {
  return { ids: present([id]), names: present([name]) };
}

function present(texts: Texts): string[] {
  return texts.flatMap((text) => (text ? [fold(text)] : []));
}
