/** What the company truly changed, held against what the changes of each resource say. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ResourceChanges } from '../../shared/api/resources.ts';
import type { SettingChange } from '../../shared/changes/change.ts';
import { meaningOf } from '../../shared/changes/meaning.ts';
import type { Json } from '../../shared/event/event.ts';
import { isList, isObject, text } from '../../shared/event/json.ts';
import { simulateCompany } from '../support/company/company.ts';
import type { Change } from '../support/company/truth.ts';
import { size } from '../support/size.ts';
import { pagesOf } from '../support/pages.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const END = Math.floor(Date.now() / 1000) - 60;
const RECORDS = size(20_000, 100_000);
const BATCH = 4_000;
const MINUTES = size(5, 60) * 60_000;

/** States as the ledger has them, and as the verbs that bring them about leave them. */
const STATES: Readonly<Record<string, readonly string[]>> = {
  RUNNING: ['started'],
  STOPPED: ['stopped'],
  Enabled: ['enabled'],
  Disabled: ['disabled'],
  on: ['enabled', 'open'],
  off: ['disabled', 'closed'],
  deleted: ['deleted'],
};
const STATE = /^(?:InstanceState|KeyState|KeyRotation|SnapshotState|WanStatus)$/;

/** Settings that the ledger and requests call differently. */
const FIELDS: Readonly<Record<string, RegExp>> = {
  ACL: /^x-cos-acl$/,
  chargeType: /ChargeType$/,
  name: /Name$/,
  SecurityGroupIds: /^SecurityGroup/,
  SecurityGroups: /^SecurityGroup/,
};

let worker: TestWorker;
const truths: Change[] = [];
const timelines = new Map<string, Map<string, ResourceChanges['changes'][number]>>();

async function send(batch: readonly object[]): Promise<void> {
  const { json, text: body } = await worker.send(batch, { source: 'demo' });
  if (json.accepted !== batch.length) throw new Error(body);
}

function placeOf({ product, resource, region }: Change): string {
  // The names of functions are not unique.
  const apart = product === 'scf' ? `&product=scf&region=${region}` : '';
  return `/v1/resources/${encodeURIComponent(resource)}/changes?limit=1000${apart}`;
}

beforeAll(async () => {
  worker = await startWorker();
  let batch: object[] = [];
  for (const happening of simulateCompany({ seed: 7, records: RECORDS, end: END, days: 89 })) {
    if ('record' in happening) batch.push(happening.record);
    else if (happening.truth.of === 'change') truths.push(happening.truth);
    if (batch.length === BATCH) await send(batch.splice(0));
  }
  if (batch.length > 0) await send(batch);
  for (const place of new Set(truths.map(placeOf))) {
    const changes: ResourceChanges['changes'] = [];
    const ask = async (more: { cursor?: string }) =>
      (await worker.call(`${place}&${new URLSearchParams(more)}`)).json;
    for await (const page of pagesOf(ask)) changes.push(...page.changes);
    timelines.set(place, new Map(changes.map((change) => [change.event.requestId, change])));
  }
}, MINUTES);

afterAll(async () => {
  await worker?.close();
});

/** The setting of an answer that a truth is about. */
function settingOf(truth: Change, { event, settings }: ResourceChanges['changes'][number]) {
  if (isState(truth, event.event)) return settings[0];
  if (truth.setting.startsWith('ingress')) return settings.find(({ setting }) => setting.endsWith('Ingress'));
  const field = FIELDS[truth.setting];
  const found = settings.find(
    ({ setting }) =>
      field?.test(setting) ?? (setting === truth.setting || setting.endsWith(`[${truth.setting}]`)),
  );
  // What takes something away without naming it goes by what it takes away.
  return found ?? (truth.after === '' ? settings[0] : undefined);
}

function isState({ setting }: Change, event: string): boolean {
  return STATE.test(setting) || (setting === 'Status' && event.endsWith('ApiKey'));
}

/** Whether a value of an answer is what the ledger says. */
function isValue(truth: Change, event: string, [value, said]: readonly [Json, string]): boolean {
  if (isState(truth, event)) return typeof value === 'string' && STATES[said]?.includes(value) === true;
  if (truth.setting.startsWith('ingress')) return isOpen(truth, value) === (said === 'ACCEPT');
  const values = isList(value) ? value : value === null || value === '' ? [] : [value];
  return said === ''
    ? values.length === 0
    : values.some((one) => meaningOf(isObject(one) ? JSON.stringify(one) : one) === meaningOf(said));
}

/** `ingress TCP:22 0.0.0.0/0` */
function isOpen({ setting }: Change, rules: Json): boolean {
  const [, port, cidr] = setting.split(' ');
  return (
    isList(rules) &&
    rules.some((rule) => isObject(rule) && `TCP:${text(rule['Port'])}` === port && rule['CidrBlock'] === cidr)
  );
}

type Verdict = SettingChange['status'] | 'first' | 'secret' | 'unshown' | 'wrong';

/** What the last truth about each setting left; null where its record says something else. */
const present = new Map<string, string | null>();

/** What the answer makes of a truth. `first`: nothing about the setting was written before in what is stored. */
function verdictOn(truth: Change): Verdict {
  const shown = timelines.get(placeOf(truth))?.get(truth.requestIds[0] ?? '');
  const change = shown && settingOf(truth, shown);
  if (shown === undefined || change === undefined) return 'wrong';
  const { event } = shown.event;
  if (truth.setting === 'Password') {
    const isSafe = change.status !== 'exact' && JSON.stringify(change.after).includes('«redacted:');
    return isSafe ? 'secret' : 'wrong';
  }
  const key = `${placeOf(truth)} ${FIELDS[truth.setting]?.source ?? truth.setting}`;
  const earlier = present.get(key);
  if (!isValue(truth, event, [change.after, truth.after])) {
    present.set(key, null);
    // The request carries a remark about the call in the very field that it sets.
    return event === 'UpdateUser' ? 'unshown' : 'wrong';
  }
  present.set(key, truth.after);
  if (earlier === null) return 'unshown';
  if (!isRight(truth, event, [change, earlier ?? truth.before])) return 'wrong';
  return earlier === undefined ? 'first' : change.status;
}

test('the changes of a resource have what truly changed, and what they are sure of was so before', () => {
  const verdicts = Map.groupBy(truths, verdictOn);
  const count = (verdict: Verdict): number => verdicts.get(verdict)?.length ?? 0;
  const written = count('exact') + count('approximate') + count('unavailable');
  expect(verdicts.get('wrong') ?? []).toEqual([]);
  expect(count('unshown')).toBeLessThan(truths.length / 100);
  expect(written).toBeGreaterThan(truths.length / 3);
  expect(count('exact') / written).toBeGreaterThan(0.9);
});

/** Whether what is said to be sure was so. Of entries that came, it says whether they were there before. */
function isRight(truth: Change, event: string, [change, before]: readonly [SettingChange, string]): boolean {
  if (change.status !== 'exact') return true;
  if (change.part && !truth.setting.startsWith('ingress')) return true;
  return change.before !== undefined && isValue(truth, event, [change.before, before]);
}
