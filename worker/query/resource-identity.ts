/** Which resources an id means, among the events that name it. */
import type { IdentifiedResource } from '../../shared/api/resources.ts';
import type { EventSummary, Resource } from '../../shared/event/event.ts';
import { kindOf } from '../../shared/event/prefixes.ts';
import { fold } from '../../shared/query/fold.ts';
import { identityOf } from './resource-ref.ts';

/** What a caller says to tell resources with the same id apart. */
export interface Apart {
  product?: string | undefined;
  region?: string | undefined;
  account?: string | undefined;
}

/** One resource with the events that name it, in their order. */
export interface Identity<E> {
  resource: IdentifiedResource;
  /** Kinds that records give it. */
  types: string[];
  events: E[];
}

/** Products that name the things of others. */
const HELPERS: ReadonlySet<string> = new Set(['billing', 'finance', 'monitor', 'organization', 'tag']);

interface Naming<E> {
  event: E;
  summary: EventSummary;
  named: Resource;
}

/**
 * Gives every resource that the id means, those only that fit what the caller says of it. Events newest first. Where
 * some are named exactly as asked, those that differ in case are others.
 */
export function identitiesOf<E>(
  id: string,
  events: readonly E[],
  { summaryOf, apart }: { summaryOf: (event: E) => EventSummary; apart: Apart },
): Identity<E>[] {
  const namings = events.flatMap((event): Naming<E>[] => {
    const summary = summaryOf(event);
    const named = summary.resources.filter((resource) => fold(resource.id) === fold(id));
    const [first] = [...named.filter((resource) => resource.id === id), ...named];
    return first === undefined ? [] : [{ event, summary, named: first }];
  });
  const exact = namings.filter(({ named }) => named.id === id);
  const groups = Map.groupBy(exact.length > 0 ? exact : namings, keyOf);
  return joined([...groups.values()])
    .map(identityFrom)
    .filter(({ fits }) => fits(apart))
    .map(({ identity }) => identity);
}

function keyOf({ summary, named }: Naming<unknown>): string {
  const { account, product, region } = summary;
  return identityOf({ account, product, type: named.type, region: named.region ?? region, id: named.id });
}

/** What a helper says, or a record without a kind, belongs to the only other resource of the account that it can mean. */
function joined<E>(groups: Naming<E>[][]): Naming<E>[][] {
  const isVague = (group: Naming<E>[]): boolean =>
    group.every(({ summary, named }) => HELPERS.has(summary.product) || named.type === undefined);
  const own = groups.filter((group) => !isVague(group));
  const vague = groups.filter(isVague);
  const results = own.map((group) => [...group]);
  for (const group of vague) {
    const hosts = results.filter((host) => host[0]?.summary.account === group[0]?.summary.account);
    const [host] = hosts;
    if (host !== undefined && hosts.length === 1) host.push(...group);
    else results.push(group);
  }
  return results;
}

function identityFrom<E>(group: readonly Naming<E>[]): {
  identity: Identity<E>;
  fits: (apart: Apart) => boolean;
} {
  const namings = group.toSorted(
    (one, other) => Date.parse(other.summary.time) - Date.parse(one.summary.time),
  );
  const said = (field: 'type' | 'name' | 'region'): string | undefined =>
    namings.find(({ named }) => named[field])?.named[field];
  const id = namings[0]?.named.id ?? '';
  const account = namings[0]?.summary.account ?? '';
  const [type, name] = [said('type') ?? kindOf(id), said('name')];
  const resource = {
    id,
    ...(type === undefined ? {} : { type }),
    ...(name === undefined ? {} : { name }),
    product: mostOf(namings.map(({ summary }) => summary.product)),
    region: said('region') ?? mostOf(namings.map(({ summary }) => summary.region)),
    account,
  };
  const products = new Set(namings.map(({ summary }) => summary.product));
  const regions = new Set(namings.map(({ summary, named }) => named.region ?? summary.region));
  return {
    identity: {
      resource,
      types: [...new Set(namings.flatMap(({ named }) => named.type ?? []))],
      events: namings.map(({ event }) => event),
    },
    fits: (apart) =>
      (apart.account === undefined || apart.account === account) &&
      (apart.product === undefined || products.has(apart.product.toLowerCase())) &&
      (apart.region === undefined || regions.has(apart.region.toLowerCase())),
  };
}

/** The text that occurs most often; of several the first. */
function mostOf(texts: readonly string[]): string {
  const counted = Map.groupBy(texts, (text) => text);
  const [most] = [...counted].toSorted(([, one], [, other]) => other.length - one.length);
  return most?.[0] ?? '';
}
