import { expect, test } from 'vitest';
import type { PageResource } from '../../../extension/console/where/resource.ts';
import { whereAmI } from '../../../extension/console/where/where.ts';

const UUID = '0b7f2a94-5c1d-4e68-9a3b-6d8e1f2c4a57';

function resourcesAt(path: string): PageResource[] | undefined {
  return whereAmI(`https://console.cloud.tencent.com${path}`)?.resources;
}

function idsAt(path: string): string[] | undefined {
  return resourcesAt(path)?.map(({ id }) => id);
}

const PREFIXES =
  `ins lhins disk ldisk lhdisk lhbp lhft lhbak snap dbp asp asg asc ash asst img imgf skey host ps hpc
chc lt vpc subnet rtb rti sg esg acl eni eip eipv6 bwp nat intranat vpngw vpnx cgw vpnr ccn ccnrtb dc dcx dcg pcx
havip vpce vpcsvc fl ipm ipmg ppm ppmg lb gwlb alb lbl loc lbtg cls np eksci eklet tcr mesh prom grafana cdb cdbro
crs cynosdbmysql cynosdbmysql-ins cynosdbmysql-grp cynosdbpg postgres pgrogrp mssql mssqlro mssqlrg tdsql
tdsqlshard dcdbt tdsql3 cmgo tcaplus dbdc libradb ckafka amqp pulsar rocketmq rmq mqtt es emr cdwch cdwdoris cdwpg
dts sync subs cfs pgroup eb link listener rs rule cert zone service api app usagePlan ef cmd inv cai hai bgp bgpip
net`.split(/\s+/);

test.each(PREFIXES)('an id with the prefix %s is told wherever it stands', (prefix) => {
  const id = `${prefix}-3b5d7f9h`;
  for (const path of [
    `/cvm/x/detail?id=${id}`,
    `/cvm/x/detail/${id}`,
    `/cvm/${id}/x`,
    `/cvm/x#/${id}`,
    `/cvm/x?filter=${id}`,
  ]) {
    expect(resourcesAt(path)).toEqual([{ type: expect.any(String), id }]);
  }
});

test.each([
  ['/cls/alarm/detail?id=alarm-' + UUID, `alarm-${UUID}`, 'alarm'],
  ['/cls/notice/detail?id=notice-' + UUID, `notice-${UUID}`, 'notice'],
  ['/kms2/detail?id=' + UUID, UUID, undefined],
  ['/cls/search?topicId=' + UUID.toUpperCase(), UUID.toUpperCase(), 'topic'],
  ['/tdmq/cluster/detail?clusterId=pulsar-3b5d7f9h2k4m', 'pulsar-3b5d7f9h2k4m', 'cluster'],
  ['/monitor/policy/detail?id=policy-abcdefgh', 'policy-abcdefgh', undefined],
  ['/dns/record/detail?id=4711', '4711', undefined],
])('%s names %s', (path, id, type) => {
  expect(resourcesAt(path)).toEqual([{ ...(type && { type }), id }]);
});

test.each([
  ['several values of a key', '/cvm/instance/index?id=ins-3b5d7f9h&id=ins-abcdefgh'],
  ['a list', '/cvm/instance/index?id=ins-3b5d7f9h,ins-abcdefgh'],
  ['a list, encoded', '/cvm/instance/index?id=ins-3b5d7f9h%252Cins-abcdefgh'],
  ['one that is named twice', '/cvm/ins-3b5d7f9h/x?id=ins-3b5d7f9h&id=ins-abcdefgh'],
  ['keys that expect an id', '/cvm/instance/index?insId=ins-3b5d7f9h&other_id=ins-abcdefgh'],
])('all ids are given once: %s', (_what, path) => {
  expect(idsAt(path)).toEqual(['ins-3b5d7f9h', 'ins-abcdefgh']);
});

test('of several ids none is taken for what a page is about, where no key says so', () => {
  expect(
    whereAmI('https://console.cloud.tencent.com/redis/detail?instanceId=crs-3b5d7f9h&vpcId=vpc-abcdefgh'),
  ).toMatchObject({ resources: [{ id: 'crs-3b5d7f9h' }, { id: 'vpc-abcdefgh' }], page: 'other' });
});

test('a list of many ids is cut', () => {
  const ids = Array.from({ length: 50 }, (_, index) => `ins-3b5d7f${index + 10}`);
  expect(idsAt(`/cvm/instance/index?id=${ids.join(',')}`)).toEqual(ids.slice(0, 20));
});

test.each([
  ['encoded', 'ins%2D8kq2m1zd'],
  ['encoded twice', 'ins%252D8kq2m1zd'],
])('an id is read where it is %s', (_what, id) => {
  expect(idsAt(`/cvm/instance/detail?id=${id}`)).toEqual(['ins-8kq2m1zd']);
  expect(idsAt(`/cvm/instance/detail/${id}`)).toEqual(['ins-8kq2m1zd']);
});

test.each([
  '//cvm//instance//detail//?id=ins-8kq2m1zd',
  '/cvm/instance/detail/?id=ins-8kq2m1zd#',
  '/cvm/instance/detail?id=ins-8kq2m1zd#section',
])('slashes too many and a fragment do no harm: %s', (path) => {
  expect(whereAmI(`https://console.cloud.tencent.com${path}`)).toMatchObject({
    products: ['cvm'],
    resources: [{ id: 'ins-8kq2m1zd' }],
    page: 'detail',
  });
});

test.each([
  '/cvm/instance/detail?id=',
  '/cvm/instance/detail?id',
  '/cvm/instance/detail?id=undefined',
  '/cvm/instance/detail?id=null',
  '/cvm/instance/detail?id=NaN',
  '/cvm/instance/detail?id=[object%20Object]',
  '/cvm/instance/detail?id=0',
  '/cvm/instance/detail?id=-1',
  '/cvm/instance/detail?id=007',
  '/cvm/instance/detail?id=ins-',
  '/cvm/instance/detail?id=-8kq2m1zd',
  '/cvm/instance/detail?id=INS-8KQ2M1ZD',
  '/cvm/instance/detail?id=ins-8kq2m1zd%3Cscript%3E',
  '/cvm/instance/detail?id=ins-8kq2m1zd%00',
  '/cvm/instance/detail?id=..%2F..%2Fins-8kq2m1zd',
  '/cvm/instance/detail?id=%E5%AE%9E%E4%BE%8B',
  '/cvm/instance/detail?id=%25',
  `/cvm/instance/detail?id=abc-${'a'.repeat(100)}`,
  '/scf/list-detail?rid=1&ns=default&id=undefined',
  '/scf/list-detail?rid=1&ns=default&id=no%20name!',
  '/scf/list-detail?rid=1&ns=default&id=8',
  '/cam/policy/detail/all&TeamReadOnly&2',
  '/cam/policy/detail/',
  '/cam/role/detail?roleName=',
  '/cam/constructor/detail/4711',
])('no id, no detail page: %s', (path) => {
  expect(whereAmI(`https://console.cloud.tencent.com${path}`)).toMatchObject({
    resources: [],
    page: 'other',
  });
});

test.each([
  '/cvm/instance/index?id=7',
  '/cos/bucket?bucket=team-logs',
  '/cos/bucket?bucket=Team-Logs-1300000042',
  '/cos/bucket?bucket=undefined',
  '/vpc/vpc-endpoint',
  '/clb/lb-listener?tab=lb-listener',
  '/es/es-cluster',
  '/tsf/app?tab=service-provider',
  '/tke2/cluster?np=api-server1&name=es-search1',
  '/cvm/cbs?searchParams=id%3Dins-8kq2m1zd',
  '/cam/user?uin=100000000042',
  '/scf/list?id=nightly-report',
])('names and words are no ids: %s', (path) => {
  expect(whereAmI(`https://console.cloud.tencent.com${path}`)).toMatchObject({ resources: [], page: 'list' });
});

test('a namespace that is none is left out', () => {
  expect(resourcesAt('/scf/list-detail?ns=no%20name!&id=nightly-report')).toEqual([
    { type: 'function', id: 'nightly-report' },
  ]);
});

test.each([
  ['/tokenhub/model', ['tokenhub']],
  ['/edgeone/zones', ['teo']],
  ['/kms2', ['kms']],
  ['/apigateway/service', ['apigw']],
  ['/api/explorer?Product=CVM', ['cvm']],
  ['/api/explorer?Product=undefined', []],
  ['/api/explorer?Product=..%2F', []],
  ['/login', []],
  ['/no-product', []],
  ['/constructor', ['constructor']],
  ['/%E4%BA%91', []],
  ['/%', []],
  [`/${'a'.repeat(80)}`, []],
])('the products of %s are %j', (path, products) => {
  expect(whereAmI(`https://console.cloud.tencent.com${path}`)?.products).toEqual(products);
});
