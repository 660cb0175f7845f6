import type { AnswerOf } from '../../shared/api/contract.ts';

/** What a Worker with nothing in it yet answers a lead who asks who they are. */
export const ME: AnswerOf<'GET /v1/me'> = {
  member: { id: 'lin-wei', name: 'Lin Wei', role: 'lead' },
  accounts: [],
  operators: [],
  teams: [],
  scope: { accounts: [], operators: [], hash: 'h' },
  cursor: 'c',
  api: 1,
  oldest: null,
  coverage: { sources: [] },
  demo: false,
};
