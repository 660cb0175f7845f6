/** Logs of CLS: their protobuf form, and the limits that a request must keep. */

import { PbfWriter } from 'pbf';

const encoder = new TextEncoder();

export interface ClsLog {
  /** Unix ms. */
  time: number;
  /** Keys do not begin with `_`. */
  contents: readonly (readonly [key: string, value: string])[];
}

/** UTF-8 bytes of one value. */
const MAX_VALUE = 1_000_000;
/** UTF-8 bytes of a log group. The vendor counts values only, so that keys leave some to spare. */
const MAX_GROUP = 5_000_000;
const MAX_LOGS = 10_000;
/** At most so many bytes of a log, and of a content, are neither key nor value: tags, lengths, the time. */
const LOG_FRAME = 16;
const CONTENT_FRAME = 16;

/**
 * Cuts logs into runs, in their order, each of which is one request within the vendor's limits. A log that alone is
 * over them makes a run of its own.
 */
export function batches(logs: readonly ClsLog[]): ClsLog[][] {
  const runs: ClsLog[][] = [];
  let size = Infinity;
  for (const log of logs) {
    const more = sizeOf(log);
    const run = runs.at(-1);
    if (run && run.length < MAX_LOGS && size + more <= MAX_GROUP) {
      run.push(log);
      size += more;
    } else {
      runs.push([log]);
      size = more;
    }
  }
  return runs;
}

/**
 * A text as contents that keep the limit on a value: one under its key, or the parts of a longer one under `key`,
 * `key_2`, `key_3` … in their order, whose concatenation is the text.
 */
export function contentsOf(key: string, text: string): [key: string, value: string][] {
  return partsOf(text).map((part, index) => [index === 0 ? key : `${key}_${index + 1}`, part]);
}

/** The logs as a LogGroupList with one group. `source` says where they come from. */
export function encodeLogs(logs: readonly ClsLog[], source: string): Uint8Array<ArrayBuffer> {
  const list = new PbfWriter();
  list.writeMessage(1, writeGroup, { logs, source });
  return new Uint8Array(list.finish());
}

function writeGroup({ logs, source }: { logs: readonly ClsLog[]; source: string }, group: PbfWriter): void {
  for (const log of logs) group.writeMessage(1, writeLog, log);
  writeText(group, 4, source);
}

function writeLog({ time, contents }: ClsLog, log: PbfWriter): void {
  log.writeVarintField(1, time);
  for (const content of contents) log.writeMessage(2, writeContent, content);
}

function writeContent([key, value]: readonly [string, string], content: PbfWriter): void {
  writeText(content, 1, key);
  writeText(content, 2, value);
}

/** The library's own writer of strings damages characters past U+1FFFF; on the wire a string is its bytes. */
function writeText(message: PbfWriter, tag: number, text: string): void {
  message.writeBytesField(tag, encoder.encode(text));
}

function sizeOf({ contents }: ClsLog): number {
  let size = LOG_FRAME;
  for (const [key, value] of contents) size += CONTENT_FRAME + byteLength(key) + byteLength(value);
  return size;
}

function byteLength(text: string): number {
  return encoder.encode(text).byteLength;
}

function partsOf(text: string): string[] {
  // No character takes more than three bytes per unit of UTF-16.
  if (text.length * 3 <= MAX_VALUE || byteLength(text) <= MAX_VALUE) return [text];
  const parts: string[] = [];
  const room = new Uint8Array(MAX_VALUE);
  for (let at = 0; at < text.length;) {
    const { read } = encoder.encodeInto(text.slice(at, at + MAX_VALUE), room);
    parts.push(text.slice(at, at + read));
    at += read;
  }
  return parts;
}
