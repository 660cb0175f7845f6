import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { whereAmI } from '../../../extension/console/where/where.ts';

const HOST = 'https://console.cloud.tencent.com';

/** Decodes what can be decoded, so that a broken sequence hides nothing else. */
function decode(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}

/** What pages are made of, and what is near it. */
const WORDS = `cvm cam scf policy role detail list-detail grant index % %25 %2525 ins-8kq2m1zd ins%2D8kq2m1zd
ins%252D8kq2m1zd es-cluster a-1300000042 4711&Name&2 7 undefined ap-beijing rid=8 ins-3b5d7f9h,ins-abcdefgh
0b7f2a94-5c1d-4e68-9a3b-6d8e1f2c4a57`.split(/\s+/);

const piece = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom(...WORDS));
const key = fc.oneof(
  fc.constantFrom(
    'id',
    'ID',
    'clusterId',
    'bucket',
    'topic_id',
    'unVpcId',
    'rid',
    'searchParams',
    'roleName',
    'ns',
  ),
  piece,
);
const parameters = fc
  .array(fc.tuple(key, piece))
  .map((pairs) => pairs.map((pair) => pair.join('=')).join('&'));
const consoleUrl = fc
  .tuple(fc.array(piece), parameters, fc.constantFrom('', '#', '#/', '#!/'), fc.array(piece), parameters)
  .map(([path, query, hash, hashPath, hashQuery]) =>
    [HOST, '/', path.join('/'), '?', query, hash, hashPath.join('/'), '?', hashQuery].join(''),
  );

function isRight(url: string): boolean {
  return whereAmI(url) === undefined || new URL(url).origin === HOST;
}

test('any text is answered, and only a URL of the console with a place', () => {
  const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.webUrl(), consoleUrl);
  expect(fc.check(fc.property(text, isRight), { numRuns: 2000 })).toMatchObject({ failed: false });
});

test('every id stands in the URL, once, and a detail page has one', () => {
  let found = 0;
  fc.assert(
    fc.property(consoleUrl, (text) => {
      const where = whereAmI(text);
      const url = URL.parse(text)?.href ?? '';
      const readings = [url, decode(url), decode(decode(url))];
      const ids = where?.resources.map(({ id }) => id) ?? [];
      found += ids.length;
      expect(ids.filter((id) => !readings.some((reading) => reading.includes(id)))).toEqual([]);
      expect(new Set(ids).size).toBe(ids.length);
      expect(where?.page !== 'detail' || ids.length > 0).toBe(true);
    }),
    { numRuns: 5000 },
  );
  expect(found).toBeGreaterThan(1000);
});

test('a URL that is too long is read up to its last whole part', () => {
  const room = 8192 - `${HOST}/cvm/instance/detail?id=ins-8kq2m1zd&x=&id=ins-abcdefgh`.length;
  const at = (padding: number, rest: string): unknown =>
    whereAmI(`${HOST}/cvm/instance/detail?id=ins-8kq2m1zd&x=${'x'.repeat(padding)}&id=ins-abcdefgh${rest}`)
      ?.resources;
  const first = { type: 'instance', id: 'ins-8kq2m1zd' };
  const second = { type: 'instance', id: 'ins-abcdefgh' };
  expect(at(room, '')).toEqual([first, second]);
  expect(at(room, `&y=${'y'.repeat(20_000)}`)).toEqual([first, second]);
  expect(at(room, '0')).toEqual([first]);
  expect(at(room + 1, '')).toEqual([first]);
  expect(whereAmI(`${' '.repeat(9000)}${HOST}/cvm`)).toBeUndefined();
});

test.each([
  ['one path', `/${'a'.repeat(1_000_000)}`],
  ['many segments', '/a-'.repeat(400_000)],
  ['many parameters', `/cvm?${'id=a-&'.repeat(200_000)}`],
  ['many ids', `/cvm?id=${'ins-8kq2m1zd,'.repeat(100_000)}`],
  ['a hash', `/redis#/${'?'.repeat(1_000_000)}`],
  ['hyphens', `/cvm?id=${'a-'.repeat(500_000)}`],
  ['percent signs', `/cvm?id=${'%25'.repeat(400_000)}`],
])(
  'a megabyte of %s costs no more than 8 kB of it',
  (_what, path) => {
    const where = whereAmI(HOST + path);
    expect(where?.resources.length).toBeLessThanOrEqual(20);
  },
  1000,
);
