/** What events are classified by at present. */
import type { Classifier } from '../../shared/classify/classification.ts';
import { classifier } from '../../shared/classify/classify.ts';
import { readRuleQuery } from '../../shared/classify/rule-query.ts';
import { parseNetwork } from '../../shared/query/address.ts';
import { rows, run, type Store } from './meter.ts';
import { networksOf, readNetwork } from './networks.ts';
import { readRules, rulesOf } from './rules.ts';
import { readWalk, walkOf, type Walk } from './walk.ts';

export interface Present {
  classifier: Classifier;
  walk: Walk;
}

/** What events are classified by now. One round trip. */
export async function loadClassification(store: Store): Promise<Present> {
  const [found, ...settings] = await run(store, [walkOf(store), networksOf(store), ...rulesOf(store)]);
  const walk = readWalk(found);
  const of = JSON.stringify([walk.version, settings.map(({ results }) => results)]);
  if (last?.of !== of) last = { of, classifier: made(walk.version, settings) };
  return { walk, classifier: last.classifier };
}

/** The last one that was made: most requests find the same rules and networks as the one before. */
let last: { of: string; classifier: Classifier } | undefined;

function made(version: number, [networks, shipped, own]: readonly D1Result[]): Classifier {
  return classifier({
    version,
    rules: readRules(shipped, own).flatMap(({ id, on, query }) => {
      const read = readRuleQuery(query);
      return on && read.ok ? [{ id, query: read.query }] : [];
    }),
    networks: rows(networks, readNetwork).map((network) => ({
      ...network,
      cidrs: network.cidrs.flatMap((cidr) => parseNetwork(cidr) ?? []),
    })),
  });
}
