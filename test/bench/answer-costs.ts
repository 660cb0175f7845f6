/** What answers cost over HTTP. */
import * as v from 'valibot';
import { count, type Progress } from '../../worker/cli/lib/terminal.ts';
import type { AskedAnswer } from './answers.ts';
import type { Callers } from './callers.ts';
import { call, send, type Called, type Client } from './client.ts';
import { repeat } from './repeat.ts';
import { median, quantile } from './statistics.ts';

/** There are many answers, and what matters most of them, rows and trips, does not wobble. */
const BOUNDS = { runs: 10, longest: 600, fewest: 1 };

export interface AnswerCost {
  /** `problems.all`: the answer and its variant. */
  name: string;
  q: string;
  /** What is listed on the first page. */
  hits: number;
  /** Set where the answer stopped at its budget. */
  partial: boolean;
  /** Of the whole request, authentication and coverage included; so are rows and SQL. */
  trips: number;
  rowsRead: number;
  /** Local D1 tells whole milliseconds. */
  sqlMs: number;
  httpP50: number;
  httpP95: number;
}

/** Asks for every answer, several times. */
export async function measureAnswers(
  callers: Callers,
  asked: readonly AskedAnswer[],
  progress: Progress,
): Promise<AnswerCost[]> {
  const costs: AnswerCost[] = [];
  for (const each of asked) {
    const name = `${each.answer}.${each.variant}`;
    progress.show(() => `Asking ${name} (${count(costs.length)} of ${asked.length})`);
    costs.push({ name, q: each.q, ...(await measure(callers[each.caller].client, each)) });
  }
  progress.clear();
  return costs;
}

async function measure(
  client: Client,
  { path, json, list }: AskedAnswer,
): Promise<Omit<AnswerCost, 'name' | 'q'>> {
  const called: Called[] = [];
  await repeat(BOUNDS, async () => {
    called.push(await (json === undefined ? call(client, path) : send(client, 'POST', path, json)));
  });
  const of = (value: (one: Called) => number): number => median(called.map(value));
  return {
    ...readFound(called[0]?.body, list),
    trips: of(({ cost }) => cost.trips),
    rowsRead: of(({ cost }) => cost.rowsRead),
    sqlMs: of(({ cost }) => cost.sqlMs),
    httpP50: of(({ ms }) => ms),
    httpP95: quantile(
      called.map(({ ms }) => ms),
      0.95,
    ),
  };
}

/** What an answer lists; one where it is about one thing. */
function readFound(body: unknown, list: string): { hits: number; partial: boolean } {
  const answer = v.parse(v.record(v.string(), v.unknown()), body);
  const listed = answer[list];
  if (listed === undefined)
    throw new Error(`an answer has no ${list}: ${JSON.stringify(body).slice(0, 200)}`);
  return { hits: Array.isArray(listed) ? listed.length : 1, partial: answer['partial'] !== undefined };
}
