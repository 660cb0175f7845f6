/** What events come to: who did how much, from where, and what failed. */
import { ACCOUNT, TIME, aboutAnswer, counts, span, who } from './common.ts';
import { summary } from './events.ts';
import { resource } from './resources.ts';
import type { Example, Examples } from './example.ts';

const actor: Example<'Actor'> = {
  ...who,
  account: ACCOUNT,
  type: 'user',
  ever: { first: '2026-03-02T08:00:00Z', last: TIME },
  ...counts,
  ...span,
};

const more = [`from:7d account:${ACCOUNT} operator:100000000011`];

export const answerExamples: Examples = {
  Problems: {
    problems: [
      {
        account: ACCOUNT,
        operator: summary.operator,
        product: 'cvm',
        event: 'StopInstances',
        outcome: 'denied',
        error: { layer: 'cam', code: 'UnauthorizedOperation' },
        count: 12,
        first: '2026-11-20T02:11:09Z',
        last: TIME,
        denial: {
          about: 'permission',
          missing: [{ action: 'cvm:StopInstances', resources: ['*'] }],
          suggestion: {
            version: '2.0',
            statement: [{ effect: 'allow', action: ['cvm:StopInstances'], resource: ['*'] }],
          },
        },
        example: summary,
      },
    ],
    ...aboutAnswer,
  },
  Access: {
    access: [
      {
        account: ACCOUNT,
        operator: summary.operator,
        count: 431,
        first: '2026-11-16T00:58:41Z',
        last: TIME,
        inside: [{ network: 'office', count: 420, first: '2026-11-16T00:58:41Z', last: TIME }],
        outside: {
          count: 11,
          first: '2026-11-21T14:02:00Z',
          last: '2026-11-21T14:20:31Z',
          addresses: 1,
          from: [
            {
              ip: '198.51.100.7',
              via: ['console'],
              count: 11,
              first: '2026-11-21T14:02:00Z',
              last: '2026-11-21T14:20:31Z',
            },
          ],
        },
        service: 0,
        unknown: 0,
      },
    ],
    fence: [],
    networks: 1,
    ...aboutAnswer,
  },
  Timeline: {
    timeline: [{ at: '2026-11-22T00:00:00+08:00', ...counts }],
    step: 'day',
    ...aboutAnswer,
    next: null,
  },
  Facets: {
    facets: [{ value: who.id, label: who.name, count: 42, failed: 1, denied: 1, writes: 12, last: TIME }],
    by: 'operator',
    distinct: 57,
    ...aboutAnswer,
  },
  Operators: { operators: [actor], distinct: 57, ...aboutAnswer },
  OperatorAnswers: {
    operator: { ...actor, sessions: 0 },
    resources: { distinct: 1, top: [resource], more },
    problems: {
      count: 2,
      top: [
        {
          product: 'cvm',
          event: 'StopInstances',
          outcome: 'denied',
          error: 'UnauthorizedOperation',
          count: 2,
          last: TIME,
        },
      ],
      more,
    },
    purchases: { count: 0, kinds: [], newest: [], more },
    changes: { count: 1, newest: [summary], more },
    sensitive: { count: 1, rules: [{ rule: 'record', count: 1, last: TIME }], more },
    access: {
      networks: [{ network: 'unknown', count: 42, last: TIME }],
      distinct: 1,
      addresses: [{ ip: '203.0.113.5', network: 'unknown', count: 42, ...span }],
      more,
    },
    ...aboutAnswer,
    next: null,
  },
};
