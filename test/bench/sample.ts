/** Values to ask for, taken from what is stored: common ones, rare ones, and ones that never meet. */
import * as v from 'valibot';
import { company } from '../support/company/company.ts';
import { call, type Client } from './client.ts';

const Summary = v.object({
  id: v.string(),
  operator: v.object({ type: v.string(), id: v.string(), name: v.string() }),
  product: v.string(),
  event: v.string(),
  region: v.string(),
  resources: v.array(v.object({ id: v.optional(v.string()) })),
  ip: v.string(),
  error: v.optional(v.object({ code: v.string() })),
  requestId: v.optional(v.string()),
});
type Summary = v.InferOutput<typeof Summary>;

export interface Sample {
  /** An event's id and its request. */
  id: string;
  request: string;
  operator: { id: string; name: string };
  event: string;
  product: string;
  /** A product that never has that event. */
  otherProduct: string;
  region: string;
  resource: string;
  rareResource: string;
  error: string;
  ip: string;
  /** The address of somebody else's home. */
  otherHome: string;
  /** Names of the calls that buy something or give it back. */
  purchases: string[];
  /** Unix seconds: the middle of the range. */
  middle: number;
}

/** Looks at the 1,000 events before the middle of the range, and at what is counted over all. */
export async function takeSample(client: Client, middle: number): Promise<Sample> {
  const q = `to:${new Date(middle * 1000).toISOString()}`;
  const { body } = await call(client, `/v1/events?${new URLSearchParams({ q, limit: '1000' })}`);
  const { events } = v.parse(v.object({ events: v.array(Summary) }), body);
  const ranked = (values: (event: Summary) => readonly (string | undefined)[]): string[] =>
    byFrequency(events.flatMap(values).flatMap((value) => value || []));

  const operator = first(ranked(({ operator: { type, id } }) => (type === 'user' ? [id] : [])));
  const event = first(ranked(({ event: name }) => [name]));
  const withEvent = new Set(events.flatMap((each) => (each.event === event ? [each.product] : [])));
  const products = ranked(({ product }) => [product]);
  const resources = ranked((each) => each.resources.map(({ id }) => id));
  return {
    id: first(events.map(({ id }) => id)),
    request: first(events.flatMap(({ requestId }) => requestId ?? [])),
    operator: {
      id: operator,
      name: first(events.flatMap((each) => (each.operator.id === operator ? [each.operator.name] : []))),
    },
    event,
    product: first(products),
    otherProduct: first(products.filter((product) => !withEvent.has(product))),
    region: first(ranked(({ region }) => [region])),
    resource: first(resources),
    rareResource: first(resources.toReversed()),
    error: first(ranked(({ error }) => [error?.code])),
    ip: first(ranked(({ ip }) => (ip.includes(':') ? [] : [ip]))),
    otherHome: first(company.people.flatMap(({ uin, home }) => (uin === operator ? [] : [home]))),
    purchases: await purchaseCalls(client),
    middle,
  };
}

async function purchaseCalls(client: Client): Promise<string[]> {
  const asked = new URLSearchParams({ q: 'is:purchase', by: 'event', limit: '1000' });
  const { body } = await call(client, `/v1/facets?${asked}`);
  const { facets } = v.parse(v.object({ facets: v.array(v.object({ value: v.string() })) }), body);
  return facets.map(({ value }) => value);
}

function byFrequency(values: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([, one], [, other]) => other - one).map(([value]) => value);
}

function first(values: readonly string[]): string {
  const [value] = values;
  if (value === undefined) throw new Error('too few events to take a sample of');
  return value;
}
