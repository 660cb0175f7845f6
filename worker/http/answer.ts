/** Answers in the form that the contract gives them. */
import { contract, type AnswerOf, type JsonRoute } from '../../shared/api/contract.ts';
import type { Arrival, Coverage } from '../../shared/api/coverage.ts';
import { DEMO_SOURCE } from '../../shared/event/demo.ts';
import { coverageOf } from '../store/coverage.ts';

/** What an answer is made of may be read-only. */
export type Given<T> = T extends readonly (infer E)[]
  ? readonly Given<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Given<T[K]> }
    : T;

/** The answer of a route: its JSON, with the status that the contract says. */
export function answer<R extends JsonRoute>(
  route: R,
  body: Given<AnswerOf<R>>,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return Response.json(body, { status: contract[route].answer.status, headers });
}

/** What every answer about events carries beside what was asked: coverage, and `demo: true` where some of what is answered about is the demo company's. */
export function about(arrivals: readonly Arrival[]): { coverage: { sources: Coverage[] }; demo?: true } {
  const demo = arrivals.some(({ source }) => source === DEMO_SOURCE);
  return { coverage: { sources: arrivals.map(coverageOf) }, ...(demo ? { demo: true } : {}) };
}
