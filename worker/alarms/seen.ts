/** Whether something was seen before: asked of the store once, when a policy meets it for the first time. */
import type { AlertGroup } from '../../shared/api/alarms.ts';
import type { Policy } from '../../shared/alarms/policy.ts';
import { literal } from '../../shared/query/pattern.ts';
import type { FieldTerm } from '../../shared/query/query.ts';
import { resolveQuery } from '../../shared/query/resolve.ts';
import { openStore, type Store } from '../store/meter.ts';
import { readPage } from '../store/read.ts';

/** What is asked for: a group, and the row id of its oldest event that came in now. */
export interface Unseen {
  policy: Policy;
  of: AlertGroup;
  oldest: number;
}

/** That many are asked for side by side. */
const AT_ONCE = 20;

/** Which of them have no older event of the policy. */
export async function isNewOf(store: Store, unseen: readonly Unseen[]): Promise<boolean[]> {
  const answers: boolean[] = [];
  for (let at = 0; at < unseen.length; at += AT_ONCE) {
    answers.push(...(await Promise.all(unseen.slice(at, at + AT_ONCE).map((each) => isNew(store, each)))));
  }
  return answers;
}

async function isNew(store: Store, { policy, of, oldest }: Unseen): Promise<boolean> {
  const terms = [term('account', of.account), term(of.per, of.value)];
  const resolved = resolveQuery({ terms }, { now: 0, tz: 'UTC', names: new Map() });
  if (!resolved.ok) return true;
  // Each has a budget of its own.
  const page = await readPage(openStore(store.db), {
    query: { terms: [...policy.query.terms, ...resolved.query.terms] },
    scope: { accounts: '*', operators: '*' },
    before: oldest,
    limit: 1,
  });
  return page.events.length === 0;
}

function term(key: FieldTerm['key'], value: string): FieldTerm {
  return { key, negated: false, values: [literal(value)] };
}
