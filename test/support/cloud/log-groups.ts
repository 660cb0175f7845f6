import protobuf from 'protobufjs';
import * as v from 'valibot';
import type { CloudLog } from './types.ts';

const { LogGroupList } = protobuf.parse(
  `syntax = "proto2";
    message Content { required string key = 1; required string value = 2; }
    message Log { required int64 time = 1; repeated Content contents = 2; }
    message LogTag { required string key = 1; required string value = 2; }
    message LogGroup {
      repeated Log logs = 1; optional string contextFlow = 2; optional string filename = 3;
      optional string source = 4; repeated LogTag logTags = 5;
    }
    message LogGroupList { repeated LogGroup logGroupList = 1; }`,
).root.nested as { LogGroupList: protobuf.Type };

const pairs = v.optional(v.array(v.object({ key: v.string(), value: v.string() })), []);
const Upload = v.object({
  logGroupList: v.optional(
    v.array(
      v.object({
        logs: v.optional(v.array(v.object({ time: v.string(), contents: pairs })), []),
        filename: v.optional(v.string(), ''),
        source: v.optional(v.string(), ''),
        logTags: pairs,
      }),
    ),
    [],
  ),
});

const MAX_GROUPS = 10;
const MAX_LOGS = 10_000;
const MAX_VALUE = 1 << 20;
const MAX_VALUES = 5 << 20;

/** The logs of an upload, or what is wrong with it in the vendor's code. */
export function readLogs(
  body: Uint8Array,
): { ok: true; logs: Omit<CloudLog, 'hashKey'>[] } | { ok: false; code: string } {
  const groups = decode(body);
  if (!groups || groups.length === 0) return { ok: false, code: 'InvalidContent' };
  if (groups.length > MAX_GROUPS || groups.some(({ logs }) => logs.length === 0 || logs.length > MAX_LOGS)) {
    return { ok: false, code: 'InvalidContent' };
  }
  for (const { logs } of groups) {
    const sizes = logs.flatMap(({ contents }) => contents.map(({ value }) => Buffer.byteLength(value)));
    const sum = sizes.reduce((total, size) => total + size, 0);
    if (sum > MAX_VALUES || sizes.some((size) => size > MAX_VALUE))
      return { ok: false, code: 'LogSizeExceed' };
    const keys = logs.flatMap(({ contents }) => contents.map(({ key }) => key));
    if (keys.some((key) => key === '' || key.startsWith('_'))) return { ok: false, code: 'InvalidContent' };
  }
  const logs = groups.flatMap(({ logs: each, filename, source, logTags }) =>
    each.map(({ time, contents }) => ({
      time: unixMs(Number(time)),
      contents: byKey(contents),
      source,
      filename,
      tags: byKey(logTags),
    })),
  );
  return { ok: true, logs };
}

type Groups = v.InferOutput<typeof Upload>['logGroupList'];

function decode(body: Uint8Array): Groups | undefined {
  try {
    const message = LogGroupList.decode(body);
    return v.parse(Upload, LogGroupList.toObject(message, { longs: String })).logGroupList;
  } catch {
    // Not protobuf, or not of this form.
    return undefined;
  }
}

/** The vendor takes seconds, milliseconds and microseconds. */
function unixMs(time: number): number {
  if (time < 1e11) return time * 1000;
  return time < 1e14 ? time : Math.floor(time / 1000);
}

function byKey(list: readonly { key: string; value: string }[]): Record<string, string> {
  return Object.fromEntries(list.map(({ key, value }) => [key, value]));
}
