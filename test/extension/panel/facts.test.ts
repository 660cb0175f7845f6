import { expect, test } from 'vitest';
import { clockOf } from '../../../extension/panel/clock.ts';
import { factsOf } from '../../../extension/panel/details/facts.ts';
import { localeOf } from '../../../extension/panel/locale.ts';
import type { AuditEvent } from '../../../shared/event/event.ts';
import { eventOf } from '../../support/panel-harness/events.ts';

const EVENT: AuditEvent = {
  ...eventOf(0),
  operator: { type: 'user', id: '100000000011', name: 'lin.wei', mfa: true },
  resources: [{ id: 'ins-1', name: 'web-1' }, { id: 'ins-2' }],
  tags: ['env=prod', 'team=web'],
  request: null,
  response: null,
  record: null,
};

test.for([
  ['en', 'lin.wei, sub-user, with MFA', 'ins-1, web-1; ins-2', 'env=prod, team=web'],
  ['zh-CN', 'lin.wei，子用户，已验证 MFA', 'ins-1，web-1；ins-2', 'env=prod，team=web'],
] as const)('in %s facts are put together with its own marks', ([language, operator, resources, tags]) => {
  const { tag, texts } = localeOf(language, 'en');
  const facts = new Map(factsOf(EVENT, { texts: texts.panel, both: clockOf(tag, 'UTC').full }));
  const { facts: labels } = texts.panel;
  expect([facts.get(labels.operator), facts.get(labels.resource), facts.get(labels.tags)]).toEqual([
    operator,
    resources,
    tags,
  ]);
});
