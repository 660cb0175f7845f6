/** /v1/rules: which operations are sensitive. */
import type { IRequest } from 'itty-router';
import {
  MAX_RULES,
  MAX_RULES_TEXT,
  newRule,
  previewAsked,
  ruleChange,
  SHIPPED,
} from '../../shared/api/rules.ts';
import { readRuleQuery } from '../../shared/classify/rule-query.ts';
import { printQuery } from '../../shared/query/print.ts';
import { newId } from '../access/tokens.ts';
import { previewOf } from '../query/preview.ts';
import { run, type Store } from '../store/meter.ts';
import {
  addRule,
  changeRule,
  chooseForRule,
  findRule,
  readRules,
  removeRule,
  rulesOf,
  type RuleChange,
} from '../store/rules.ts';
import { progressOf, readWalk, walkOf } from '../store/walk.ts';
import { about, answer } from './answer.ts';
import type { ByMember } from './context.ts';
import { queryProblem } from './list.ts';
import { body, pathId } from './params.ts';
import { notFound, problem } from './problem.ts';

export async function getRules(_request: IRequest, { store, caller }: ByMember): Promise<Response> {
  const [walk, shipped, own] = await run(store, [walkOf(store), ...rulesOf(store)]);
  return answer('GET /v1/rules', {
    rules: readRules(shipped, own),
    progress: progressOf(readWalk(walk), caller.scope),
  });
}

export async function getRule(request: IRequest, { store }: ByMember): Promise<Response> {
  const rule = await findRule(store, pathId(request));
  return rule ? answer('GET /v1/rules/{id}', rule) : notFound('such rule');
}

export async function createRule(request: IRequest, { store }: ByMember): Promise<Response> {
  const read = await body(request, newRule);
  if (!read.ok) return read.response;
  const rule = { ...read.value, id: read.value.id ?? newId() };
  const query = readRuleQuery(rule.query);
  if (!query.ok) return queryProblem(query.error);
  const added = await addRule(store, rule);
  if (added === 'taken') return problem({ kind: 'state', detail: `There is a rule ${rule.id} already.` });
  if (added === 'full') return full();
  return answer('POST /v1/rules', { ...rule, shipped: false }, { location: `/v1/rules/${rule.id}` });
}

export async function changeRuleById(request: IRequest, { store }: ByMember): Promise<Response> {
  const read = await body(request, ruleChange);
  if (!read.ok) return read.response;
  const id = pathId(request);
  if (id.startsWith(SHIPPED)) return await changeShipped(store, id, read.value);
  const query = read.value.query === undefined ? undefined : readRuleQuery(read.value.query);
  if (query?.ok === false) return queryProblem(query.error);
  const rule = await changeRule(store, id, read.value);
  if (rule === 'missing') return notFound('such rule');
  return rule === 'full' ? full() : answer('PATCH /v1/rules/{id}', rule);
}

async function changeShipped(store: Store, id: string, change: RuleChange): Promise<Response> {
  const rule = await findRule(store, id);
  if (rule === undefined) return notFound('such rule');
  if (change.name !== undefined || change.query !== undefined) {
    return ours(id, 'Only its severity and whether it is on can be changed; make a rule of your own.');
  }
  await chooseForRule(store, id, change);
  const { severity = rule.severity, on = rule.on } = change;
  return answer('PATCH /v1/rules/{id}', { ...rule, severity, on });
}

export async function deleteRule(request: IRequest, { store }: ByMember): Promise<Response> {
  const id = pathId(request);
  if (id.startsWith(SHIPPED) && (await findRule(store, id)) !== undefined) {
    return ours(id, 'It cannot be deleted; switch it off with {"on": false}.');
  }
  const removed = await removeRule(store, id);
  return removed ? new Response(null, { status: 204 }) : notFound('such rule');
}

const PREVIEW_DAYS = 30;

/** What a rule with that query would find. */
export async function previewRule(
  request: IRequest,
  { store, caller: { scope, zone }, now }: ByMember,
): Promise<Response> {
  const read = await body(request, previewAsked);
  if (!read.ok) return read.response;
  const rule = readRuleQuery(read.value.query);
  if (!rule.ok) return queryProblem(rule.error);
  const since = read.value.from === undefined ? now - PREVIEW_DAYS * 86_400_000 : Date.parse(read.value.from);
  const from = Math.ceil(since / 1000);
  const {
    arrivals,
    partial,
    end: _end,
    ...preview
  } = await previewOf(store, { query: { ...rule.query, from }, scope });
  return answer('POST /v1/rules/preview', {
    ...preview,
    ...(partial === undefined ? {} : { partial: { through: partial.through, reason: NOT_ALL } }),
    searched: { q: printQuery(rule.written), from: new Date(from * 1000).toISOString(), to: null, tz: zone },
    ...about(arrivals),
  });
}

const NOT_ALL = 'Older events are not all in it, nor may be some that changed just now.';

function ours(id: string, detail: string): Response {
  return problem({ kind: 'state', detail: `${id} comes with Sidetrail. ${detail}` });
}

function full(): Response {
  const detail = `There may be ${MAX_RULES} rules, with ${MAX_RULES_TEXT} characters in all their queries: every event is asked each of them.`;
  return problem({ kind: 'state', detail });
}
