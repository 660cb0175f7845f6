/** What events should be called, told from what the API says of rules and networks. */
import { expect } from 'vitest';
import { classifier } from '../../shared/classify/classify.ts';
import { readRuleQuery } from '../../shared/classify/rule-query.ts';
import type { Rule } from '../../shared/api/rules.ts';
import type { Network } from '../../shared/api/networks.ts';
import type { EventSummary } from '../../shared/event/event.ts';
import { parseNetwork } from '../../shared/query/address.ts';
import type { TestWorker } from './worker.ts';

/** Ticks until every event was looked at. */
export async function settle(worker: TestWorker): Promise<void> {
  for (let ticks = 0; ticks < 20; ticks += 1) {
    await worker.tick(new Date());
    const { json } = await worker.call('/v1/status');
    if (json.classification.state === 'done') return;
  }
  throw new Error('the walk does not end');
}

/** What is decided about an event. */
export function decided({ is, sensitive, purchase, network }: EventSummary): object {
  return { is: is.toSorted(), sensitive, purchase, network };
}

/** Fails unless every stored event is called what the present rules and networks say. */
export async function expectAllClassified(worker: TestWorker): Promise<void> {
  const rules: Rule[] = (await worker.call('/v1/rules')).json.rules;
  const networks: Network[] = (await worker.call('/v1/networks')).json.networks;
  const { classify } = classifier({
    version: 1,
    rules: rules.flatMap(({ id, on, query }) => {
      const read = readRuleQuery(query);
      return on && read.ok ? [{ id, query: read.query }] : [];
    }),
    networks: networks.map((network) => ({
      ...network,
      cidrs: network.cidrs.flatMap((cidr) => parseNetwork(cidr) ?? []),
    })),
  });
  const { text } = await worker.call('/v1/events/export');
  const summaries: EventSummary[] = text
    .trim()
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
  expect(summaries.length).toBeGreaterThan(0);
  const events = await Promise.all(
    summaries.map(async ({ id }) => (await worker.call(`/v1/events/${id}`)).json),
  );
  const expected = events.map((event) =>
    decided(classify({ summary: event, request: event.request, response: event.response })),
  );
  expect(events.map(decided)).toEqual(expected);
}
