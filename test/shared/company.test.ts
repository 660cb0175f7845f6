import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { expect, test } from 'vitest';
import {
  company,
  type CompanyOptions,
  ledger,
  records,
  simulateCompany,
} from '../support/company/company.ts';
import type { RawRecord } from '../support/company/render.ts';
import type { Purchase, Truth } from '../support/company/truth.ts';

const DAY = 86_400;
const END = 1_795_000_000;
const OPTIONS: CompanyOptions = { seed: 1, records: 20_000, end: END };

const SET = [...records(OPTIONS)];
const TRUTHS = [...ledger(OPTIONS)];
const BY_ID = new Map(SET.map((record) => [record['requestID'], record]));

function hashOf(options: CompanyOptions): string {
  const hash = sha256.create();
  for (const record of records(options)) hash.update(utf8ToBytes(JSON.stringify(record)));
  for (const truth of ledger(options)) hash.update(utf8ToBytes(JSON.stringify(truth)));
  return bytesToHex(hash.digest());
}

function truthsOf<Of extends Truth['of']>(of: Of): Extract<Truth, { of: Of }>[] {
  return TRUTHS.filter((truth): truth is Extract<Truth, { of: Of }> => truth.of === of);
}

const PURCHASES = truthsOf('purchase');

function hidden(how: Purchase['hidden']): Purchase[] {
  return PURCHASES.filter((purchase) => purchase.hidden === how);
}

/** The records that show a truth. Fails where one of them was never made. */
function recordsOf({ requestIds }: Truth): RawRecord[] {
  return requestIds.map((id) => {
    const record = BY_ID.get(id);
    if (record === undefined) throw new Error(`no record ${id}`);
    return record;
  });
}

function field(value: unknown, ...path: readonly string[]): unknown {
  let at = value;
  for (const key of path) at = typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined;
  return at;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function request(record: RawRecord | undefined): unknown {
  return JSON.parse(text(record?.['requestParameters']) || 'null');
}

function event(record: RawRecord): string {
  return `${text(record['resourceType'])}:${text(record['eventName'])}`;
}

function outcome(record: RawRecord): 'ok' | 'failed' | 'denied' {
  const code = String(record['apiErrorCode']);
  if (record['errorCode'] !== '0' || /^(?:UnauthorizedOperation|AccessDenied)/u.test(code)) return 'denied';
  return code === '0' || code === '' ? 'ok' : 'failed';
}

function share(fits: (record: RawRecord) => boolean): number {
  return SET.filter(fits).length / SET.length;
}

const SMALL: CompanyOptions = { seed: 7, records: 1500, end: END, days: 10 };

test('the same options give the same bytes', () => {
  expect(hashOf(SMALL)).toBe(hashOf({ ...SMALL }));
});

test.for([{ seed: 8 }, { records: 1600 }, { end: END - 1 }, { days: 11 }])(
  'another option gives other bytes: %o',
  (change) => {
    expect(hashOf({ ...SMALL, ...change })).not.toBe(hashOf(SMALL));
  },
);

test.for([1000, 5000, 20_000, 60_000])('about %i records come out when asked for', (wanted) => {
  const made = [...records({ seed: 3, records: wanted, end: END })].length;
  expect(Math.abs(made - wanted) / wanted).toBeLessThan(0.02);
});

test('records and ledger are the two halves of one play', () => {
  const halves = { records: 0, truths: 0 };
  for (const happening of simulateCompany(OPTIONS)) {
    if ('record' in happening) halves.records += 1;
    else halves.truths += 1;
  }
  expect(halves).toEqual({ records: SET.length, truths: TRUTHS.length });
});

test('records are in order of time, within the range', () => {
  const times = SET.map((record) => Number(record['eventTime']));
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(times.at(0)).toBeGreaterThanOrEqual(END - 90 * DAY);
  expect(times.at(-1)).toBeLessThan(END);
});

test('every request id is a UUID and its record’s own', () => {
  expect(BY_ID.size).toBe(SET.length);
  for (const id of BY_ID.keys()) {
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/u);
  }
});

const COS_FIELDS = [
  'userIdentity eventVersion requestID eventTime eventName eventType actionType resourceType eventSource',
  'eventRegion sourceIPAddress userAgent httpMethod errorCode errorMessage apiErrorCode apiErrorMessage',
  'requestParameters responseElements resourceName tags sensitiveAction',
]
  .join(' ')
  .split(' ');

test('every record has the fields of a delivered record, JSON in its strings, and not the API’s extras', () => {
  for (const record of SET) {
    const line = JSON.stringify(record);
    expect(line).not.toContain('\n');
    expect(JSON.stringify(JSON.parse(line))).toBe(line);
    expect(Object.keys(record)).toEqual(expect.arrayContaining(COS_FIELDS));
    for (const extra of ['eventID', 'apiVersion', 'resources', 'eventPlatform'])
      expect(record).not.toHaveProperty(extra);
    for (const key of ['requestParameters', 'responseElements']) {
      if (record[key] !== '') JSON.parse(text(record[key]));
    }
    expect(field(record, 'userIdentity', 'accountId')).toBe(company.account);
    JSON.parse(text(field(record, 'userIdentity', 'sessionContext')));
  }
});

test('the order of keys differs from line to line', () => {
  expect(new Set(SET.map((record) => Object.keys(record)[0])).size).toBeGreaterThan(1);
});

test.for([
  ['reads', (record: RawRecord) => record['actionType'] === 'Read', 0.8, 0.03],
  ['service failures', (record: RawRecord) => outcome(record) === 'failed', 0.08, 0.015],
  ['denials', (record: RawRecord) => outcome(record) === 'denied', 0.02, 0.01],
] as const)('%s have their share', ([, fits, wanted, tolerance]) => {
  expect(Math.abs(share(fits) - wanted)).toBeLessThan(tolerance);
});

test('a record is about 1.4 kB, and some 300 events or more occur', () => {
  const bytes = SET.reduce((sum, record) => sum + utf8ToBytes(JSON.stringify(record)).length, 0);
  expect(Math.abs(bytes / SET.length - 1400)).toBeLessThan(100);
  expect(new Set(SET.map(event)).size).toBeGreaterThan(300);
});

test('people work by day, and little at weekends', () => {
  const people = SET.filter((record) => record['eventType'] === 'ConsoleCall').map((record) =>
    Number(record['eventTime']),
  );
  const local = people.map((time) => new Date((time + 8 * 3600) * 1000));
  const office = local.filter((date) => date.getUTCHours() >= 9 && date.getUTCHours() < 19).length;
  const weekend = local.filter((date) => date.getUTCDay() % 6 === 0).length;
  expect(office / people.length).toBeGreaterThan(0.75);
  expect(weekend / people.length).toBeLessThan(0.1);
});

test('the ledger knows every failure by its layer, and the permission that was missing', () => {
  const told = truthsOf('failure');
  expect(told.length).toBe(SET.filter((record) => outcome(record) !== 'ok').length);
  for (const failure of told) {
    const [record = {}] = recordsOf(failure);
    expect(failure.layer).toBe(outcome(record) === 'denied' ? 'cam' : 'api');
    expect(record['apiErrorMessage']).toContain(
      failure.permission === undefined ? '' : `(${failure.permission})`,
    );
  }
});

test('every sensitive record is in the ledger', () => {
  const flagged = SET.filter((record) => record['sensitiveAction'] === '1').map(
    (record) => record['requestID'],
  );
  expect(truthsOf('sensitive').flatMap(({ requestIds }) => requestIds)).toEqual(flagged);
});

test('access is told for every record, from offices, outside and services', () => {
  const told = truthsOf('access');
  expect(told.length).toBe(SET.length);
  const places = ['outside', 'service', ...company.networks.map(({ name }) => name)];
  expect(new Set(told.map(({ where }) => where))).toEqual(new Set(places));
});

test('relays stand between some consoles and the record, which then holds the browser’s address inside', () => {
  const relayed = SET.filter(
    (record) =>
      /^(?:9|10)\./u.test(text(record['sourceIPAddress'])) &&
      field(record, 'userIdentity', 'type') === 'CAMUser',
  );
  expect(relayed.length).toBeGreaterThan(50);
  const ips = new Map(truthsOf('access').map(({ requestIds, ip }) => [requestIds[0], ip]));
  for (const record of relayed) {
    const context: unknown = JSON.parse(text(field(record, 'userIdentity', 'sessionContext')));
    expect(field(context, 'userIp')).toBe(ips.get(text(record['requestID'])));
  }
});

test('a delegated purchase shows who, but neither what nor from where', () => {
  expect(hidden('delegated').length).toBeGreaterThan(0);
  for (const purchase of hidden('delegated')) {
    const [record = {}] = recordsOf(purchase);
    expect(record).toMatchObject({
      authMode: '2',
      requestParameters: '',
      responseElements: '',
      sourceIPAddress: '',
    });
    const from = truthsOf('access').find(({ requestIds }) => requestIds[0] === purchase.requestIds[0]);
    for (const secret of [from?.ip, ...purchase.resourceIds])
      expect(JSON.stringify(record)).not.toContain(secret);
  }
});

test.for(['console-order', 'tie'] as const)(
  'a purchase by %s is an order, then a creation by a service',
  (how) => {
    expect(hidden(how).length).toBeGreaterThan(0);
    for (const purchase of hidden(how)) {
      const [ordered = {}, created = {}] = recordsOf(purchase);
      expect(event(ordered)).toMatch(/^finance:CreateOrders/u);
      expect(field(ordered, 'userIdentity', 'principalId')).toBe(purchase.person);
      expect(field(created, 'userIdentity', 'type')).toBe('TencentCloudService');
      expect(JSON.stringify(created)).not.toContain(purchase.person);
      expect(created['responseElements']).toContain(purchase.resourceIds[0]);
    }
  },
);

test('tied orders come in pairs: two people, one second, the same goods', () => {
  const pairs = Object.groupBy(hidden('tie'), (purchase) => String(recordsOf(purchase)[0]?.['eventTime']));
  for (const pair of Object.values(pairs)) {
    expect(pair?.length).toBe(2);
    expect(new Set(pair?.map(({ person }) => person)).size).toBe(2);
    expect(new Set(pair?.map((purchase) => recordsOf(purchase)[0]?.['requestParameters'])).size).toBe(1);
  }
});

test('a purchase as a role names the role, and the ledger the person', () => {
  expect(hidden('role').length).toBeGreaterThan(0);
  for (const purchase of hidden('role')) {
    expect(field(recordsOf(purchase)[0], 'userIdentity', 'type')).toBe('AssumedRole');
    expect(company.people.map(({ uin }) => uin)).toContain(purchase.person);
  }
});

test('what was bought before the range has no record, and is in use', () => {
  const names = new Set(
    SET.flatMap((record) => text(record['resourceName']).split('|')).map((name) => name.split('/').at(-1)),
  );
  const older = hidden('before-range');
  expect(older.every(({ requestIds, time }) => requestIds.length === 0 && time < END - 90 * DAY)).toBe(true);
  expect(older.filter(({ resourceIds: [id = ''] }) => names.has(id)).length).toBeGreaterThan(20);
});

test('a purchase that was tried twice is one purchase in two records with one client token', () => {
  const twice = PURCHASES.filter(
    ({ hidden: how, requestIds }) => how === undefined && requestIds.length === 2,
  );
  expect(twice.length).toBeGreaterThan(0);
  for (const purchase of twice) {
    const [first, second] = recordsOf(purchase).map((record) => field(request(record), 'ClientToken'));
    expect(first).toBeTypeOf('string');
    expect(second).toBe(first);
  }
});

test('a dry run is no purchase', () => {
  const rehearsals = SET.filter((record) => text(record['requestParameters']).includes('"DryRun":true'));
  expect(rehearsals.length).toBeGreaterThan(0);
  const bought = new Set(PURCHASES.flatMap(({ requestIds }) => requestIds));
  for (const record of rehearsals) expect(bought.has(text(record['requestID']))).toBe(false);
});

test('what was bought is renewed, resized, charged another way, refunded and released', () => {
  const kinds = new Set(PURCHASES.map(({ kind }) => kind));
  expect(kinds).toEqual(new Set(['create', 'renew', 'resize', 'chargeType', 'refund', 'release']));
});

test('a setting’s history in the ledger has no holes: each change begins where the last one ended', () => {
  const now = new Map<string, string>();
  for (const { product, region, resource, setting, before, after } of truthsOf('change')) {
    const key = `${product} ${region} ${resource} ${setting}`;
    expect(before).toBe(now.get(key) ?? before);
    now.set(key, after);
  }
});

test.for([
  'vpc:CreateSecurityGroupPolicies',
  'vpc:DeleteSecurityGroupPolicies',
  'cdb:ModifyInstanceParam',
  'cam:UpdatePolicy',
  'COS:PutBucketACL',
  'cvm:ModifyInstancesAttribute',
])('%s changes something', (name) => {
  const changes = truthsOf('change').filter((change) =>
    recordsOf(change).some((record) => event(record) === name),
  );
  expect(changes.length).toBeGreaterThan(0);
});

test('one name means two functions in two regions', () => {
  const regions = new Map<string, Set<string>>();
  for (const { product, resource, region } of truthsOf('change').filter(
    (change) => change.product === 'scf',
  )) {
    regions.set(resource, (regions.get(resource) ?? new Set([product])).add(region));
  }
  expect([...regions.values()].some((seen) => seen.size > 2)).toBe(true);
});

test('people behind role sessions are recorded, or only claimed', () => {
  const sessions = SET.filter((record) => field(record, 'userIdentity', 'type') === 'AssumedRole').map(
    (record) => {
      const context: unknown = JSON.parse(text(field(record, 'userIdentity', 'sessionContext')));
      return field(JSON.parse(text(field(context, 'extraInfo'))), 'assumerUin');
    },
  );
  expect(sessions.some((assumer) => assumer === undefined)).toBe(true);
  expect(sessions.some((assumer) => assumer !== undefined)).toBe(true);
  expect(SET.some((record) => event(record) === 'sts:AssumeRole')).toBe(true);
});

test('somebody travels, somebody breaks in at night, and names attack their readers', () => {
  const addresses = new Set(SET.map((record) => record['sourceIPAddress']));
  expect(addresses).toContain('126.233.81.14');
  const nightly = SET.filter((record) => text(record['sourceIPAddress']).startsWith('26.114.7.'));
  expect(nightly.some((record) => outcome(record) === 'denied')).toBe(true);
  expect(nightly.some((record) => event(record) === 'cbs:DeleteSnapshots' && outcome(record) === 'ok')).toBe(
    true,
  );
  const all = SET.map((record) => text(record['requestParameters'])).join('\n');
  for (const attack of ['<img src=x onerror', '=HYPERLINK(', '\\u001b[2J', '[click here](', '@all']) {
    expect(all).toContain(attack);
  }
});

test('the company has 12 people, 4 roles, 3 teams and 2 offices, and the demo’s admin leads a team', () => {
  const { people, roles, teams, networks, lead } = company;
  expect([people.length, roles.length, teams.length, networks.length]).toEqual([12, 4, 3, 2]);
  expect(teams.map((team) => team.lead)).toContain(lead.uin);
  for (const person of people) expect(person.uin).toMatch(/^1000\d{8}$/u);
});
