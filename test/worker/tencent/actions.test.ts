import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ACTIONS, policyFor } from '../../../worker/tencent/actions.ts';

/** The text of every file of the Worker. */
const sources = readdirSync('worker', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join('worker', name), 'utf8'));

/** Actions of API 3.0 that a file calls, as `service:Action`: it names one service, and each action as a literal. */
function calledIn(source: string): string[] {
  const services = new Set([...source.matchAll(/\bservice: '([a-z]+)'/g)].map(([, service]) => service));
  const actions = [...source.matchAll(/\baction: '([A-Z]\w+)'/g)].map(([, action]) => action);
  if (!/callApi\(/.test(source) || actions.length === 0) return [];
  expect([...services]).toHaveLength(1);
  return actions.map((action) => `${[...services].join('')}:${action}`);
}

/** Operations on buckets: each request to a store names its own. */
function askedOfBuckets(source: string): string[] {
  if (!source.includes("from './s3.ts'")) return [];
  return [...source.matchAll(/\baction: '(\w+)'/g)].map(([, action]) => `cos:${action}`);
}

/** The data interface of CLS has one path for each action. */
function askedOfTopics(source: string): string[] {
  return source.includes("'/structuredlog'") ? ['cls:UploadLog'] : [];
}

test('the list of actions is exactly what the sources call', () => {
  const called = new Set(
    sources.flatMap((source) => [...calledIn(source), ...askedOfBuckets(source), ...askedOfTopics(source)]),
  );
  expect([...called].toSorted()).toEqual(Object.values(ACTIONS).flat().toSorted());
});

test('every call of API 3.0 names its action as a literal, so that the list can be complete', () => {
  const calls = sources.flatMap((source) => [...source.matchAll(/(?<!function )\bcallApi\(/g)]);
  const named = sources.flatMap(calledIn);
  expect(calls).toHaveLength(named.length);
});

test('the least policy for polling is one action', () => {
  expect(policyFor(['polling'])).toEqual({
    version: '2.0',
    statement: [{ effect: 'allow', action: ['cloudaudit:DescribeEvents'], resource: ['*'] }],
  });
});

test('a policy names billing, buckets and topics as CAM does', () => {
  expect(policyFor(['prices', 'files', 'cls']).statement.map(({ action }) => action)).toEqual([
    ['finance:DescribeDealsByCond'],
    ['name/cos:GetBucket', 'name/cos:GetObject'],
    ['cls:UploadLog', 'cls:pushLog'],
  ]);
});

test('buckets that are named narrow what may be done with buckets, and nothing else', () => {
  const buckets = [
    { bucket: 'audit-1250000000', region: 'ap-guangzhou', prefix: 'cloudaudit' },
    { bucket: 'my-logs-1250000001', region: 'eu-frankfurt', prefix: '' },
  ];
  expect(policyFor(['directory', 'files'], buckets).statement.map(({ resource }) => resource)).toEqual([
    ['*'],
    [
      'qcs::cos:ap-guangzhou:uid/1250000000:audit-1250000000/cloudaudit/*',
      'qcs::cos:eu-frankfurt:uid/1250000001:my-logs-1250000001/*',
    ],
  ]);
});
