/** Rules and networks, by which events are classified. */
import type { Example, Examples } from './example.ts';

const rule: Example<'Rule'> = {
  id: 'deletions',
  name: { en: 'Something deleted in production', zh: '删除生产资源' },
  query: 'event:Delete* tag:env=prod',
  severity: 'high',
  on: true,
  shipped: false,
};

const network: Example<'Network'> = { id: 'office', name: 'Office', cidrs: ['203.0.113.0/24'] };

export const progress: Example<'Progress'> = {
  version: 7,
  state: 'running',
  done: 12_500,
  of: 180_233,
  through: '2026-11-19T16:20:45Z',
};

export const ruleExamples: Examples = {
  Rules: { rules: [rule], progress },
  Rule: rule,
  NewRule: { name: { en: rule.name.en }, query: rule.query, severity: 'high' },
  RuleChange: { on: false },
  PreviewAsked: { query: rule.query, from: '2026-11-01T00:00:00Z' },
  Networks: { networks: [network], progress },
  Network: network,
  NewNetwork: { id: 'office', name: 'Office', cidrs: ['203.0.113.0/24', '2001:db8::/32'] },
  NetworkChange: { to: '2026-12-31T16:00:00Z' },
  Progress: progress,
};
