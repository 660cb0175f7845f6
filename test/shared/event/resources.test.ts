import { describe, expect, test } from 'vitest';
import type { Json, Resource } from '../../../shared/event/event.ts';
import { kindOf } from '../../../shared/event/prefixes.ts';
import { expandRegion } from '../../../shared/event/regions.ts';
import { readResources } from '../../../shared/event/resources.ts';

function ids(resources: Resource[]): string[] {
  return resources.map(({ id }) => id);
}

describe('the most telling part decides', () => {
  const resourceSet = [{ resourceId: 'ins-set00001' }];
  const resourceName = 'instance/ins-name0001';
  const resources = '["qcs::cvm:ap-beijing:uin/1:instance/ins-qcs00001"]';
  const request = { InstanceIds: ['ins-req00001'] };

  test.each<[string, { [key: string]: Json }, string]>([
    ['the set', { resourceSet, resourceName, resources }, 'ins-set00001'],
    ['then the name', { resourceSet: [], resourceName, resources }, 'ins-name0001'],
    ['then the descriptions', { resourceName: 'instance/*', resources }, 'ins-qcs00001'],
    ['then the request', { resourceSet: [], resourceName: '', resources: '["*"]' }, 'ins-req00001'],
  ])('%s', (_what, record, id) => {
    expect(ids(readResources(record, request, {}))).toEqual([id]);
  });
});

test('what comes later adds type, region and name to the same id', () => {
  const record = {
    resourceName: 'disk-4f6h8j0l',
    resources: '["qcs::cvm:cd:uin/1:volume/disk-4f6h8j0l"]',
  };
  expect(readResources(record, { DiskIds: ['disk-4f6h8j0l'], DiskName: 'data' }, {})).toEqual([
    { type: 'volume', id: 'disk-4f6h8j0l', name: 'data', region: 'ap-chengdu' },
  ]);
});

test('a name is not given to one of several', () => {
  const resources = readResources(
    {},
    { InstanceIds: ['ins-8kq2m1zd', 'ins-2n4q6s8u'], InstanceName: 'web' },
    {},
  );
  expect(resources.some(({ name }) => name !== undefined)).toBe(false);
});

test('the response names resources only where something was made', () => {
  const response = { DiskIdSet: ['disk-4f6h8j0l'], RequestId: 'r', DealId: '20250219000' };
  expect(ids(readResources({ eventName: 'CreateDisks' }, {}, response))).toEqual(['disk-4f6h8j0l']);
  expect(readResources({ eventName: 'DescribeDisks' }, {}, response)).toEqual([]);
});

test.each<[string, Json, Resource[]]>([
  [
    'nested keys',
    { Sla: [{ LoadBalancerId: 'lb-3b5d7f9h' }] },
    [{ type: 'loadbalancer', id: 'lb-3b5d7f9h' }],
  ],
  [
    'known ids anywhere',
    { Filters: [{ Values: ['sg-3b5d7f9h'] }] },
    [{ type: 'securitygroup', id: 'sg-3b5d7f9h' }],
  ],
  ['numbers', { PolicyId: 4711 }, [{ type: 'policy', id: '4711' }]],
  ['any kind', { ResourceId: 'crs-3b5d7f9h' }, [{ type: 'instance', id: 'crs-3b5d7f9h' }]],
  ['buckets', { Bucket: 'logs-1300000042' }, [{ type: 'bucket', id: 'logs-1300000042' }]],
  [
    'no ids of calls',
    { RequestId: 'r-1', SecretId: 'AKIDx', ProjectId: 7, seqId: 's', ClientToken: 't' },
    [],
  ],
  ['no empty ids', { VpcId: '', SubnetId: 0, ImageId: '*', NetworkId: 'DEFAULT', GroupId: null }, []],
  [
    'sets of ids, whatever their prefix',
    { TrafficPackageSet: ['tp-3b5d7f9h'] },
    [{ type: 'trafficpackage', id: 'tp-3b5d7f9h' }],
  ],
  ['no sets of other things', { RegionSet: ['ap-guangzhou'], TagSet: ['env'], ProjectSet: ['p-123456'] }, []],
  [
    'things whose name is their id',
    { Domains: ['example.com'], NodeName: 'eklet-subnet-3b5d7f9h-0' },
    [
      { type: 'domain', id: 'example.com' },
      { type: 'node', id: 'eklet-subnet-3b5d7f9h-0' },
    ],
  ],
  ['no words', { Text: 'service-provider', Note: 'ins-', Paid: 'yes' }, []],
])('of a request: %s', (_what, request, expected) => {
  expect(readResources({}, request, {})).toEqual(expected);
});

test('an object in a bucket stands for the bucket', () => {
  expect(readResources({ resourceName: 'logs-1300000042/2025/a.log' }, {}, {})).toEqual([
    { type: 'bucket', id: 'logs-1300000042' },
  ]);
});

test.each([
  ['ins-8kq2m1zd', 'instance'],
  ['cynosdbmysql-ins-8kq2m1zd', 'instance'],
  ['cynosdbmysql-8kq2m1zd', 'cluster'],
  ['zone-2n4q6s8u', 'zone'],
  ['zone-abcdefgh', undefined],
  ['constructor-8kq2m1zd', undefined],
  ['ins-8KQ2M1ZD', undefined],
  ['ins', undefined],
])('%s is of kind %s', (id, kind) => {
  expect(kindOf(id)).toBe(kind);
});

test.each([
  ['gz', 'ap-guangzhou'],
  ['AP-Tokyo', 'ap-tokyo'],
  ['constructor', 'constructor'],
  ['', ''],
])('region %j is %j', (region, expected) => {
  expect(expandRegion(region)).toBe(expected);
});
