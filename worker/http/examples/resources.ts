/** Resources: who touched them, and what became of their settings. */
import { ACCOUNT, TIME, about, aboutAnswer, counts, span, who } from './common.ts';
import { summary } from './events.ts';
import type { Example, Examples } from './example.ts';

const identified: Example<'IdentifiedResource'> = {
  id: 'ins-0a1b2c3d',
  type: 'instance',
  name: 'web-01',
  product: 'cvm',
  region: 'ap-guangzhou',
  account: ACCOUNT,
};

const settingChange: Example<'SettingChange'> = {
  setting: 'InstanceName',
  before: 'web-01',
  after: 'web-02',
  status: 'exact',
};

export const resource: Example<'TouchedResource'> = {
  id: 'ins-0a1b2c3d',
  type: 'instance',
  name: 'web-01',
  product: 'cvm',
  region: 'ap-guangzhou',
  account: ACCOUNT,
  ...counts,
  ...span,
  operators: 1,
  by: [{ ...who, count: 42, reads: 30, writes: 12, ...span }],
};

export const resourceExamples: Examples = {
  TouchedResources: { resources: [resource], distinct: 310, ...aboutAnswer },
  ResourceAnswer: { kind: 'ambiguous', resources: [{ ...identified, events: 12, last: TIME }], ...about },
  ResourceCard: {
    kind: 'resource',
    resource: identified,
    purchaser: { status: 'exact', operator: summary.operator, time: TIME, event: summary.id },
    lastChange: null,
    lastProblem: summary,
    sensitive: 1,
    events: 42,
    ...span,
    operators: [{ operator: summary.operator, count: 40, last: TIME }],
    ...aboutAnswer,
    next: null,
  },
  ResourceChanges: {
    kind: 'changes',
    resource: identified,
    changes: [{ event: { ...summary, outcome: 'ok' }, settings: [settingChange] }],
    ...aboutAnswer,
  },
  SettingChange: settingChange,
  IdentifiedResource: identified,
};
