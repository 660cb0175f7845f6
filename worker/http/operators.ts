/** GET /v1/operators and /v1/operators/{id}. */
import type { IRequest } from 'itty-router';
import { operatorQuery, operatorsQuery } from '../../shared/api/operators.ts';
import { answersOf } from '../query/operator.ts';
import { actingIn, keyOf, OPERATOR_FIELDS, shownActors } from '../query/operators.ts';
import { pageOf } from '../query/page.ts';
import { scan } from '../query/scan.ts';
import { findOperators } from '../store/operators.ts';
import { aboutGroups, readQuestion } from './answers.ts';
import type { ByMember } from './context.ts';
import { answerIfNew } from './etag.ts';
import { badParameter, parameters, pathId } from './params.ts';
import { notFound } from './problem.ts';

export async function getOperators(request: IRequest, context: ByMember): Promise<Response> {
  const asked = parameters(request, operatorsQuery);
  if (!asked.ok) return asked.response;
  const read = await readQuestion('GET /v1/operators', asked.value, context);
  if (!read.ok) return read.response;
  const { query, before } = read.value;
  const { store, caller } = context;
  const { scope } = caller;
  const { parts, ...found } = await scan(store, { query, scope, fields: OPERATOR_FIELDS, before });
  const all = actingIn(parts);
  const { shown, after } = pageOf(all, read.value, (operator) => ({
    at: operator.count,
    key: keyOf(operator),
  }));
  const directory = await findOperators(
    store,
    scope,
    shown.map(({ id }) => id),
  );
  return answerIfNew(request, 'GET /v1/operators', {
    operators: shownActors(shown, directory),
    distinct: all.length,
    ...(await aboutGroups(read.value, context, { ...found, after, empty: all.length === 0 })),
  });
}

export async function getOperator(request: IRequest, context: ByMember): Promise<Response> {
  const asked = parameters(request, operatorQuery);
  if (!asked.ok) return asked.response;
  const { account } = asked.value;
  const id = pathId(request);
  const read = await readQuestion(
    'GET /v1/operators/{id}',
    { ...asked.value, limit: 1 },
    context,
    id,
    account ?? '',
  );
  if (!read.ok) return read.response;
  const { query, written, before } = read.value;
  const { store, caller } = context;
  const found = await answersOf(store, { query, written, scope: caller.scope, before, id, account });
  if (found.kind === 'unknown') return notFound('such operator');
  if (found.kind === 'several') {
    return badParameter('account', `needed here: ${id} occurs in ${found.accounts.join(', ')}`).response;
  }
  const { answers } = found;
  const empty = answers.operator.count === 0;
  return answerIfNew(request, 'GET /v1/operators/{id}', {
    ...answers,
    ...(await aboutGroups(read.value, context, { ...found, empty })),
  });
}
