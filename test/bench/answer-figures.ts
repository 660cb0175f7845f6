/** What answers may cost, and the worst of what they do. */
import type { AnswerCost } from './answer-costs.ts';
import { worst, type Figure } from './figure.ts';
import { median } from './statistics.ts';

/** The most rows that an answer may read, whatever the number of events, and the most round trips of any. */
const MOST = { timeline: 2_500, other: 50_000, trips: 3 };

function kindOf({ name }: AnswerCost): 'timeline' | 'other' {
  return name.startsWith('timeline_') ? 'timeline' : 'other';
}

/** What of an answer is over its target. */
export function overIn(answer: AnswerCost): string[] {
  return [
    ...(answer.rowsRead > MOST[kindOf(answer)] ? ['rows'] : []),
    ...(answer.trips > MOST.trips ? ['trips'] : []),
  ];
}

/** The worst answers. */
export function answerFigures(answers: readonly AnswerCost[]): Figure[] {
  const rowsOf = (kind: 'timeline' | 'other'): Pick<Figure, 'value' | 'of' | 'unit' | 'target'> => ({
    ...worst(
      answers.filter((answer) => kindOf(answer) === kind),
      ({ rowsRead }) => rowsRead,
    ),
    unit: 'rows',
    target: { most: MOST[kind] },
  });
  return [
    { name: 'answers.rows_timeline', ...rowsOf('timeline') },
    { name: 'answers.rows', ...rowsOf('other') },
    {
      name: 'answers.trips',
      ...worst(answers, ({ trips }) => trips),
      unit: 'trips',
      target: { most: MOST.trips },
    },
    { name: 'answers.partial', value: answers.filter(({ partial }) => partial).length, unit: 'answers' },
    { name: 'answers.sql_ms', ...worst(answers, ({ sqlMs }) => sqlMs), unit: 'ms' },
    { name: 'answers.http_p50_median', value: median(answers.map(({ httpP50 }) => httpP50)), unit: 'ms' },
    { name: 'answers.http_p50_worst', ...worst(answers, ({ httpP50 }) => httpP50), unit: 'ms' },
  ];
}

/** Costs by answer and variant, as a file of figures has them: `problems.all.rows`. */
export function answersByName(answers: readonly AnswerCost[]): object {
  const named = Map.groupBy(answers, ({ name }) => name.split('.')[0] ?? '');
  return Object.fromEntries(
    [...named].map(([answer, costs]) => [answer, Object.fromEntries(costs.map(variantOf))]),
  );
}

function variantOf(answer: AnswerCost): [variant: string, cost: object] {
  const { name, rowsRead, ...cost } = answer;
  return [name.split('.')[1] ?? '', { rows: rowsRead, ...cost, ok: overIn(answer).length === 0 }];
}
