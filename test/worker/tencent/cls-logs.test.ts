import * as fc from 'fast-check';
import protobuf from 'protobufjs';
import { expect, test } from 'vitest';
import { batches, contentsOf, encodeLogs, type ClsLog } from '../../../worker/tencent/cls-logs.ts';
import { NOW } from './keys.ts';

const LogGroupList = protobuf
  .parse(
    `syntax = "proto2";
    message Log { message Content { required string key = 1; required string value = 2; }
      required int64 time = 1; repeated Content contents = 2; }
    message LogTag { required string key = 1; required string value = 2; }
    message LogGroup { repeated Log logs = 1; optional string contextFlow = 2; optional string filename = 3;
      optional string source = 4; repeated LogTag logTags = 5; }
    message LogGroupList { repeated LogGroup logGroupList = 1; }`,
  )
  .root.lookupType('LogGroupList');

function decoded(body: Uint8Array): unknown {
  const message = LogGroupList.decode(body);
  expect(LogGroupList.verify(message)).toBeNull();
  return LogGroupList.toObject(message, { longs: Number });
}

test('logs are what an independent decoder of the schema reads', () => {
  const time = fc.integer({ min: 0, max: 2 ** 52 });
  const content = fc.tuple(
    fc.string({ unit: 'grapheme', minLength: 1 }),
    fc.string({ unit: 'grapheme' }).map((value) => value.toWellFormed()),
  );
  const logs = fc.array(fc.record({ time, contents: fc.array(content) }), { minLength: 1 });
  fc.assert(
    fc.property(logs, (given) => {
      expect(decoded(encodeLogs(given, 'sidetrail'))).toEqual({
        logGroupList: [
          {
            logs: given.map((log) => ({
              time: log.time,
              ...(log.contents.length > 0 && {
                contents: log.contents.map(([key, value]) => ({ key, value })),
              }),
            })),
            source: 'sidetrail',
          },
        ],
      });
    }),
  );
});

function logOf(bytes: number): ClsLog {
  return { time: NOW, contents: [['record', 'x'.repeat(bytes)]] };
}

function sizeOf(logs: readonly ClsLog[] = []): number {
  return encodeLogs(logs, '').byteLength;
}

test('logs are cut into requests within the limits, none lost, in their order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1_000_000 }), { maxLength: 40 }), (sizes) => {
      const logs = sizes.map(logOf);
      const runs = batches(logs);
      expect(runs.flat()).toEqual(logs);
      for (const run of runs) expect(encodeLogs(run, 'sidetrail').byteLength).toBeLessThan(5_100_000);
      // No two neighbours would have fitted into one.
      for (const [index, run] of runs.slice(1).entries()) {
        expect(sizeOf(runs[index]) + sizeOf(run.slice(0, 1))).toBeGreaterThan(4_900_000);
      }
    }),
    { numRuns: 20 },
  );
});

test('a request has no more than 10,000 logs', () => {
  const logs = Array.from({ length: 25_000 }, () => logOf(1));
  expect(batches(logs).map(({ length }) => length)).toEqual([10_000, 10_000, 5000]);
});

test.each([
  ['ASCII', 'x'.repeat(2_500_000), 3],
  ['characters of three bytes', '审'.repeat(400_000), 2],
  ['characters of four bytes', `x${'😀'.repeat(300_000)}`, 2],
  ['what just fits', 'x'.repeat(1_000_000), 1],
  ['nothing', '', 1],
])(
  'a long text of %s becomes parts that each fit, whole characters, and that make it up again',
  (_, text, count) => {
    const contents = contentsOf('record', text);
    expect(contents.map(([key]) => key)).toEqual(['record', 'record_2', 'record_3'].slice(0, count));
    expect(contents.map(([, value]) => value).join('') === text).toBe(true);
    for (const [, value] of contents) {
      expect(Buffer.byteLength(value)).toBeLessThanOrEqual(1_000_000);
      expect(value.isWellFormed()).toBe(true);
    }
  },
);
