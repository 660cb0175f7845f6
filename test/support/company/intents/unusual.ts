import { action } from '../actions.ts';
import type { Story } from '../agenda.ts';
import { HOUR, nextLocalHour } from '../calendar.ts';
import { idFields } from '../bodies.ts';
import { OK } from '../call.ts';
import { denial } from '../mishaps.ts';
import { INTRUDER, type Person, PEOPLE, personNumber } from '../people.ts';
import { rootActor, scriptActor } from '../sessions.ts';
import { act, type Stage, tell } from '../stage.ts';
import { atDesk, officePlace, signIn } from './desk.ts';
import { look, outcomeFor } from './perform.ts';

/** What should make somebody look up: root at work, and a stolen key at night. */

/** The root account signs in, looks at the bills, and at times changes the account itself. */
export function* rootWork(stage: Stage): Story {
  const { random } = stage;
  const { ip, where } = officePlace(random, personNumber(1));
  const actor = rootActor(stage, ip, where);
  signIn(stage, actor, true);
  yield random.between(5, 20);
  look(stage, actor, action('billing:DescribeBillSummaryByProduct'));
  yield random.between(5, 60);
  act(stage, actor, action('finance:ConfirmBill'), { request: { month: '上月', confirm: true } });
  if (!random.chance(0.4)) return;
  yield random.between(10, 90);
  act(stage, actor, action('account:SetOffsiteLoginFlag'), { request: { flag: random.below(2) } });
}

/** What is seldom done, by whom, and with which parameters. */
const CHORES: readonly { event: string; by: number; request: object }[] = [
  { event: 'kms:ScheduleKeyDeletion', by: 1, request: { PendingWindowInDays: 7 } },
  { event: 'kms:CancelKeyDeletion', by: 1, request: {} },
  {
    event: 'cam:AddSubAccountCheckingMFA',
    by: 1,
    request: { Name: 'contractor-01', ConsoleLogin: 1, Remark: '外包' },
  },
  { event: 'cam:DeleteSubAccount', by: 2, request: { Name: 'contractor-01' } },
  { event: 'cam:CreateAccessKey', by: 3, request: { Description: 'backup job' } },
  { event: 'cam:AttachUserPolicy', by: 2, request: { PolicyName: 'AdministratorAccess' } },
  { event: 'cloudaudit:ModifyAuditTrack', by: 5, request: { Status: 1, EventNames: ['*'] } },
  { event: 'monitor:DeleteAlarmPolicy', by: 5, request: { Module: 'monitor' } },
  { event: 'tke:DeleteClusterInstances', by: 3, request: { InstanceDeleteMode: 'terminate' } },
  {
    event: 'cos:PutBucketPolicy',
    by: 6,
    request: { Policy: '{"Statement":[{"Principal":"*","Effect":"allow"}]}' },
  },
  { event: 'account:ModifyPhoneNum', by: 4, request: { countryCode: '86' } },
];

/** Somebody does one of the things that are seldom done. */
export function* chore(stage: Stage): Story {
  const { random, estate } = stage;
  const { event, by, request } = random.pick(CHORES);
  const actor = yield* atDesk(stage, personNumber(by));
  const named = action(event);
  const targets = named.kind === undefined ? [] : [estate.pick(named.kind)];
  const ids = named.kind === undefined ? {} : idFields(named.kind, targets);
  const outcome = outcomeFor(stage, actor, named, targets[0]);
  act(stage, actor, named, { targets, request: { ...ids, ...request }, outcome });
}

const PROBES = [
  'cam:ListUsers',
  'cam:ListAccessKeys',
  'cam:AttachUserPolicy',
  'cam:CreateAccessKey',
  'kms:ListKeys',
  'cdb:DescribeAccounts',
  'cloudaudit:StopLogging',
  'cvm:DescribeInstances',
];

/** The person whose key the intruder has. */
function victim(): Person {
  const found = PEOPLE.find(({ uin }) => uin === INTRUDER.victim);
  if (found === undefined) throw new Error('the intruder has nobody’s key');
  return found;
}

/** At night, from an unknown network: somebody tries a stolen key on everything, then deletes snapshots. */
export function* intrusion(stage: Stage): Story {
  const { random, estate } = stage;
  yield nextLocalHour(stage.now, 2) - stage.now + random.below(2 * HOUR);
  const actor = scriptActor(random, victim(), random.pick(INTRUDER.addresses), 'outside');
  const probes = random.between(10, 24);
  for (let done = 0; done < probes; done += 1) {
    const probe = action(random.pick(PROBES));
    const target = probe.kind !== undefined && random.chance(0.5) ? estate.pick(probe.kind) : undefined;
    act(stage, actor, probe, { ...(target && { targets: [target] }), outcome: denial(probe, target) });
    yield random.between(1, 6);
  }
  const deletion = action('cbs:DeleteSnapshots');
  for (let done = 0; done < 3; done += 1) {
    const snapshot = estate.pick('snapshot');
    const requestId = act(stage, actor, deletion, {
      targets: [snapshot],
      request: { SnapshotIds: [snapshot.id] },
      outcome: OK,
    });
    tell(stage, {
      of: 'change',
      requestIds: [requestId],
      time: stage.now,
      person: INTRUDER.victim,
      product: 'cbs',
      region: snapshot.region,
      resource: snapshot.id,
      setting: 'SnapshotState',
      before: 'NORMAL',
      after: 'deleted',
    });
    // The nightly backup makes another one, which is the vendor's own and not recorded.
    estate.remove(snapshot);
    estate.add('snapshot', snapshot.region, 'POSTPAID_BY_HOUR');
    yield random.between(2, 9);
  }
}
