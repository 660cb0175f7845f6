import { action } from '../actions.ts';
import type { Story } from '../agenda.ts';
import { OFFICES, personNumber, SERVICE_ROLES } from '../people.ts';
import { buildServerActor, scriptActor, serviceActor } from '../sessions.ts';
import type { Actor, Stage } from '../stage.ts';
import { takeRole } from './roles.ts';
import { look, pageOf, readOf, writeTo } from './perform.ts';

/** What goes on by day and night without anyone at a desk: scripts, pipelines and the vendor's services. */

/** Whose access keys scripts use, and what each script looks at. */
const SCRIPTS = [
  { owner: 3, products: ['cvm', 'cbs', 'vpc'] },
  { owner: 5, products: ['monitor', 'cls', 'tke', 'cloudaudit'] },
  { owner: 7, products: ['cdb', 'redis'] },
  { owner: 8, products: ['cos', 'cls', 'kms'] },
  { owner: 10, products: ['scf', 'cos', 'cam'] },
];

/** A script with somebody's access key reads lists, page by page, and may write. */
export function* script(stage: Stage): Story {
  const { random, estate } = stage;
  const { owner, products } = random.pick(SCRIPTS);
  const person = personNumber(owner);
  const office = OFFICES.find(({ name }) => name === person.office);
  const actor: Actor =
    owner === 10 || office === undefined
      ? buildServerActor(random, person)
      : scriptActor(random, person, random.pick(office.exits), office.name);
  const page = pageOf(random, random.pick(products));
  const kind = page.kind ?? 'instance';
  if (random.chance(0.1)) look(stage, actor, action('sts:GetCallerIdentity'));
  const calls = random.between(2, 7);
  for (let done = 0; done < calls; done += 1) {
    const read = readOf(stage, page);
    const detail = random.chance(0.5) ? [estate.pick(kind)] : [];
    if (!read.consoleOnly && !look(stage, actor, read, detail)) break;
    yield random.chance(0.7) ? 1 : random.between(1, 5);
  }
  const writes = page.everyday.filter(({ consoleOnly }) => !consoleOnly);
  if (writes.length === 0 || !random.chance(0.5)) return;
  writeTo(stage, actor, random.pick(writes), [estate.pick(kind)]);
}

/** What each of the vendor's services does in the account: reads, then at times one of the writes. */
const SERVICES = [
  {
    role: SERVICE_ROLES.tke,
    reads: ['cvm:DescribeInstances', 'clb:DescribeTargets', 'cbs:DescribeDisks', 'tag:GetResources'],
    writes: ['clb:RegisterTargets', 'clb:DeregisterTargets', 'cbs:AttachDisks'],
  },
  {
    role: SERVICE_ROLES.monitor,
    reads: [
      'cvm:DescribeInstances',
      'monitor:DescribeBaseMetrics',
      'cdb:DescribeDBInstances',
      'redis:DescribeInstances',
    ],
    writes: [],
  },
  {
    role: SERVICE_ROLES.tat,
    reads: ['cvm:DescribeInstancesStatus', 'tat:DescribeAutomationAgentStatus'],
    writes: ['cvm:RebootInstances'],
  },
];

/** One of the vendor's services does its rounds. */
export function* service(stage: Stage): Story {
  const { random, estate } = stage;
  const { role, reads, writes } = random.pick(SERVICES);
  const actor = serviceActor(stage, role);
  const calls = random.between(1, 4);
  for (let done = 0; done < calls; done += 1) {
    const read = action(random.pick(reads));
    const { kind } = read;
    look(stage, actor, read, kind !== undefined && random.chance(0.7) ? [estate.pick(kind)] : []);
    yield random.between(0, 3);
  }
  if (writes.length === 0 || !random.chance(0.3)) return;
  const write = action(random.pick(writes));
  writeTo(stage, actor, write, [estate.pick(write.kind ?? 'instance')]);
}

/** The pipeline takes on its role and ships a release. */
export function* pipeline(stage: Stage): Story {
  const { random, estate } = stage;
  const owner = personNumber(random.pick([10, 11]));
  const start = buildServerActor(random, owner);
  const run = random.chance(0.02) ? '$(curl -s example.invalid)' : `ci-${random.between(1000, 9999)}`;
  const actor = yield* takeRole(stage, start, { role: 'deploy', sessionName: run });
  const target = estate.pick('function');
  look(stage, actor, action('scf:GetFunction'), [target]);
  yield random.between(1, 5);
  writeTo(stage, actor, action('scf:UpdateFunctionCode'), [target]);
  yield random.between(2, 20);
  writeTo(stage, actor, action('scf:PublishVersion'), [target]);
  yield 1;
  look(stage, actor, action('tke:DescribeClusters'), [estate.pick('cluster')]);
  look(stage, actor, action('clb:DescribeTargetHealth'), [estate.pick('balancer')]);
}
