/** Accounts, and who sees what of them. */
import { ACCOUNT, CURSOR, OPERATOR, TIME, about } from './common.ts';
import type { Example, Examples } from './example.ts';

const account: Example<'Account'> = { id: ACCOUNT, alias: 'production', retention: 90, floor: null };

const member: Example<'Member'> = {
  id: 'mei',
  name: 'Mei',
  role: 'lead',
  accounts: [ACCOUNT],
  operators: [OPERATOR],
};

const team: Example<'Team'> = { id: 'web', name: 'Web', operators: [OPERATOR], leads: ['mei'] };

const token: Example<'Token'> = { id: '9f86d081884c7d65', member: 'mei', created: TIME };

export const memberExamples: Examples = {
  Me: {
    member: { id: 'mei', name: 'Mei', role: 'lead' },
    accounts: [account],
    operators: [OPERATOR],
    teams: [{ id: 'web', name: 'Web', operators: [OPERATOR] }],
    scope: { accounts: [ACCOUNT], operators: [OPERATOR], hash: '5e884898da280471' },
    cursor: CURSOR,
    api: 1,
    oldest: '2026-08-24T00:10:02Z',
    ...about,
    demo: false,
  },
  Accounts: { accounts: [account] },
  Account: account,
  AccountChange: { alias: 'production', retention: 180 },
  Removal: { removed: 20_000, done: true },
  Members: { members: [member] },
  Member: member,
  NewMember: { id: 'mei', name: 'Mei', role: 'lead', accounts: [ACCOUNT], operators: [OPERATOR] },
  MemberChange: { role: 'auditor' },
  Teams: { teams: [team] },
  Team: team,
  NewTeam: { id: 'web', name: 'Web', operators: [OPERATOR], leads: ['mei'] },
  TeamChange: { leads: ['mei', 'bo'] },
  Tokens: { tokens: [token] },
  IssuedToken: { ...token, token: 'st_…' },
  NewToken: { source: 'eventbridge', account: ACCOUNT },
};
