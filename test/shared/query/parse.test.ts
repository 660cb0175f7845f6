import { expect, test } from 'vitest';
import { faultZhCN } from '../../../shared/i18n/fault-zh-CN.ts';
import { sayFault } from '../../../shared/query/fault.ts';
import { parseQuery } from '../../../shared/query/parse.ts';

const is = (key: string, ...values: string[]) => ({ key, negated: false, values });
const not = (key: string, ...values: string[]) => ({ key, negated: true, values });
const word = (...values: string[]) => is('word', ...values);
const notWord = (...values: string[]) => not('word', ...values);

test.each([
  ['', []],
  ['  \t ', []],
  ['product:cvm', [is('product', 'cvm')]],
  ['  product:cvm   region:ap-guangzhou ', [is('product', 'cvm'), is('region', 'ap-guangzhou')]],
  ['product:cvm\u3000region:ap-guangzhou', [is('product', 'cvm'), is('region', 'ap-guangzhou')]],
  ['product:cvm,cbs,CAM', [is('product', 'cvm', 'cbs', 'CAM')]],
  ['-action:read', [not('action', 'read')]],
  ['Product:cvm -OUTCOME:Failed,DENIED', [is('product', 'cvm'), not('outcome', 'failed', 'denied')]],
  ['event:Run*,*Instances,*scribe*', [is('event', 'Run*', '*Instances', '*scribe*')]],
  ['operator:"王 小明",张三', [is('operator', '王 小明', '张三')]],
  [String.raw`resource:"a \"b\", c"`, [is('resource', 'a "b", c')]],
  [String.raw`resource:"5\* of *"`, [is('resource', String.raw`5\* of *`)]],
  [String.raw`resource:"a\\b"`, [is('resource', String.raw`a\\b`)]],
  [String.raw`operator:CORP\*`, [is('operator', String.raw`CORP\\*`)]],
  ['resource:a:b', [is('resource', 'a:b')]],
  ['ip:2001:db8::/32,10.1.2.3,::ffff:1.2.3.4', [is('ip', '2001:db8::/32', '10.1.2.3', '::ffff:1.2.3.4')]],
  ['ip:10.1.2.3/8', [is('ip', '10.1.2.3/8')]],
  ['error:Invalid*,4104', [is('error', 'Invalid*', '4104')]],
  ['event:Run* -event:RunInstances', [is('event', 'Run*'), not('event', 'RunInstances')]],
  ['person:王*,100000000011', [is('person', '王*', '100000000011')]],
  ['type:Instance key:AKIDmadeup', [is('type', 'Instance'), is('key', 'AKIDmadeup')]],
  ['via:CONSOLE,api', [is('via', 'console', 'api')]],
  ['network:outside -source:demo', [is('network', 'outside'), not('source', 'demo')]],
  ['is:purchase,Sensitive', [is('is', 'purchase', 'sensitive')]],
  ['tag:env=prod,team=*', [is('tag', 'env=prod', 'team=*')]],
  ['tag:"a b=c=*d"', [is('tag', 'a b=c=*d')]],
  [String.raw`tag:"a\*b="`, [is('tag', String.raw`a\*b=`)]],
  ['security', [word('security')]],
  ['-Security', [notWord('Security')]],
  ['"security group"', [word('security group')]],
  ['-"security group" event:Run*', [notWord('security group'), is('event', 'Run*')]],
  ['security group', [word('security'), word('group')]],
  ['web,"api gateway",db', [word('web', 'api gateway', 'db')]],
  ['product', [word('product')]],
  ['"product:cvm"', [word('product:cvm')]],
  ['"-"', [word('-')]],
  ['-"-a"', [notWord('-a')]],
  ['a-b', [word('a-b')]],
  ['web*01 *', [word('web*01'), word('*')]],
  [String.raw`"5\*" CORP\x`, [word(String.raw`5\*`), word(String.raw`CORP\\x`)]],
  ['王 é 😀', [word('王'), word('é'), word('😀')]],
  ['from:7d to:"2026-11-22 10:00"', [is('from', '7d'), is('to', '2026-11-22 10:00')]],
])('%j is read', (text, terms) => {
  expect(parseQuery(text)).toMatchObject({ ok: true, query: { terms } });
});

test('the place of each term in the text is given', () => {
  const parsed = parseQuery('  -product:cvm,"c b"  from:7d');
  expect(parsed).toMatchObject({
    spans: [
      { at: 2, length: 18 },
      { at: 22, length: 7 },
    ],
  });
});

/** The stretch that the error points at is marked: `«…»` stands around it in the text. */
const mistakes: [marked: string, message: RegExp, suggestion?: string][] = [
  ['product:cvm «-» region:x', /nothing follows/i],
  ['«:»cvm', /key is missing/i],
  ['«prodct»:cvm', /no such key/i, 'product'],
  ['«evnet»:Run*', /no such key/i, 'event'],
  ['-«OPERATER»:x', /no such key/i, 'operator'],
  ['«res»:x', /no such key/i, 'resource'],
  ['«zzz»:x', /no such key/i],
  ['«constructor»:x', /no such key/i],
  ['«word»:x', /no such key/i],
  ['«foo»:bar', /colon in it must be quoted/],
  ['Ins «persom»:x', /no such key/i, 'person'],
  ['-«Tga»:a=b', /no such key/i, 'tag'],
  ['«netwrok»:inside', /no such key/i, 'network'],
  ['is:«»', /value is missing/i],
  ['web,«»', /value is missing/i],
  ['web,«» db', /value is missing/i],
  ['«»,web', /value is missing/i],
  ['web,«product:cvm»', /must be quoted/],
  ['web,«-db»', /must be quoted/],
  ['-«-web»', /must be quoted/],
  ['web «-»', /nothing follows/i],
  ['we«"»b', /must be quoted/i],
  ['«""»', /value is empty/i],
  ['product:cvm «"a b»', /closing quote is missing/i],
  ['"a"«:»b', /closing quote/i],
  ['«**x*x*x*x*x*x*x*»', /a word takes at most 8 \*/i],
  ['product:«»', /value is missing/i],
  ['product:«» region:x', /value is missing/i],
  ['product:cvm,«» cbs', /value is missing/i],
  ['product:«»,cvm', /value is missing/i],
  ['product:«""»', /value is empty/i],
  ['resource:«"a b»', /closing quote is missing/i],
  [String.raw`resource:«"a b\"»`, /closing quote is missing/i],
  [String.raw`resource:«"a b\»`, /closing quote is missing/i],
  [String.raw`resource:"a«\n»b"`, /backslash/i],
  ['resource:"a"«b»', /closing quote/i],
  ['resource:a«"»b"', /must be quoted/i],
  ['product:«c*»', /product takes no \*/],
  ['region:«ap-*»', /region takes no \*/],
  ['error:«*Value»', /at the end/],
  ['error:«In*valid*»', /at the end/],
  ['outcome:«fail»', /ok, failed, denied/, 'failed'],
  ['outcome:ok,«Deny»', /ok, failed, denied/, 'denied'],
  ['outcome:«broken»', /ok, failed, denied/],
  ['action:«"wirte"»', /read, write/, 'write'],
  ['via:«consol»', /console, api, miniprogram, service/, 'console'],
  ['network:«external»', /inside, outside, service, unknown/],
  ['is:«purchases»', /purchase, change, sensitive, login, root, conflict/, 'purchase'],
  ['source:api,«file»', /api, files, eventbridge, push, demo/, 'files'],
  ['key:«AKID*»', /key takes no \*/],
  ['type:«inst*»', /type takes no \*/],
  ['tag:«env»', /key=value/, 'env=*'],
  ['tag:«"my env"»', /key=value/, '"my env=*"'],
  ['tag:a=b,«e*=prod»', /behind the equals sign/],
  ['tag:«*»', /behind the equals sign/],
  ['tag:«=prod»', /key=value/],
  ['account:«12a»', /digits/],
  ['ip:«999.1.1.1»', /address or a network/],
  ['ip:«10.0.0.0/33»', /address or a network/],
  ['ip:10.0.0.1,«10.0.0.0/08»', /address or a network/],
  ['ip:«010.0.0.1»', /address or a network/],
  ['ip:«10.1»', /address or a network/],
  ['ip:«10.*»', /address or a network/],
  ['ip:«fe80::1%eth0»', /address or a network/],
  ['ip:«2001:db8::/129»', /address or a network/],
  ['from:«yesterday»', /7d/],
  ['from:«7»', /7d/],
  ['from:«7s»', /7d/],
  ['from:«2026-02-30»', /2026-11-22/],
  ['from:«2026-11-22T24:00:00Z»', /2026-11-22/],
  ['from:7d,«8d»', /one value/],
  ['«-»from:7d', /cannot be negated/],
  ['from:7d to:1d «from»:8d', /given twice/],
];

test.each(mistakes)('the mistake in %s is pointed at', (marked, message, suggestion) => {
  const at = marked.indexOf('«');
  const length = marked.indexOf('»') - at - 1;
  const parsed = parseQuery(marked.replaceAll(/[«»]/g, ''));
  const fault = expect.not.objectContaining({ kind: 'other' });
  const error = { message: expect.stringMatching(message), fault, at, length };
  expect(parsed).toEqual({ ok: false, error: suggestion ? { ...error, suggestion } : error });
});

test('every mistake can be told in Chinese', () => {
  const told = mistakes.map(([marked]) => {
    const parsed = parseQuery(marked.replaceAll(/[«»]/g, ''));
    return parsed.ok ? '' : sayFault(parsed.error.fault, faultZhCN);
  });
  expect(told.filter((text) => !/\p{Script=Han}/u.test(text))).toEqual([]);
});

const x = (length: number) => 'x'.repeat(length);
const list = (length: number, text: string, separator: string) => Array(length).fill(text).join(separator);

test.each([
  ['a text of 4,096 characters', `resource:${list(8, x(500), ',')}${' '.repeat(80)}`],
  ['64 terms', list(64, 'product:cvm', ' ')],
  ['64 words', list(64, 'cvm', ' ')],
  ['100 values', `product:${list(100, 'cvm', ',')}`],
  ['a value of 512 characters', `resource:${x(512)}`],
  ['a value of 512 escaped characters', `resource:"${list(512, String.raw`\*`, '')}"`],
  ['8 stars', `event:${list(8, '*', 'a')}`],
])('the bound is still read: %s', (_, text) => {
  expect(parseQuery(text)).toMatchObject({ ok: true });
});

test.each([
  ['characters', `${list(4, `resource:${x(500)}`, ' ')}${' '.repeat(4000)}`, 4096],
  ['terms', list(65, 'product:cvm', ' '), 64 * 12],
  ['words', list(65, 'cvm', ' '), 64 * 4],
  ['values', `product:${list(101, 'cvm', ',')}`, 8 + 100 * 4],
  ['characters in a value', `product:cvm resource:${x(513)}`, 21],
  ['stars in a value', `event:Run,${list(9, '*', 'a')}`, 10],
])('too much is refused where it begins: %s', (_, text, at) => {
  expect(parseQuery(text)).toMatchObject({ ok: false, error: { at } });
});
