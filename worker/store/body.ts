/**
 * The body of an event row: summary and redacted record, deflated with a preset dictionary.
 *
 * Both share most of their strings, so the summary beside the record costs a few dozen bytes and saves
 * parsing the record again at every read. The first byte names the dictionary: one is never changed in
 * place, only followed by another.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { EventSummary } from '../../shared/event/event.ts';
import { dictionary1 } from './dictionary.ts';
import { decodeSummary, encodeSummary, type RowPart } from './summary-code.ts';

/** Where the record is: beside the summary, or whole in R2 under a key. */
export type StoredRecord = { kind: 'inline'; text: string } | { kind: 'object'; key: string };

const VERSION = 1;
const DICTIONARIES: ReadonlyMap<number, Uint8Array> = new Map([[1, new TextEncoder().encode(dictionary1)]]);

/** A body never inflates past this: a record is inline only if it is short, a summary is bounded by its parser. */
const MAX_INFLATED = 4 * 1024 * 1024;

/** Hex of the stored bytes. */
export function packBody(summary: EventSummary, record: StoredRecord): string {
  const text = record.kind === 'inline' ? record.text : JSON.stringify(record.key);
  const json = new TextEncoder().encode(`${JSON.stringify(encodeSummary(summary))}\n${text}`);
  const packed = deflateRawSync(json, { dictionary: dictionaryOf(VERSION) });
  return VERSION.toString(16).padStart(2, '0') + new Uint8Array(packed).toHex();
}

/** Summary and record of stored hex. Throws on bytes that we did not write. */
export function unpackBody(hex: string, row: RowPart): { summary: EventSummary; record: StoredRecord } {
  const bytes = Uint8Array.fromHex(hex);
  const dictionary = dictionaryOf(bytes[0] ?? 0);
  const json = new TextDecoder().decode(
    inflateRawSync(bytes.subarray(1), { dictionary, maxOutputLength: MAX_INFLATED }),
  );
  const cut = json.indexOf('\n');
  const text = json.slice(cut + 1);
  return {
    summary: decodeSummary(JSON.parse(json.slice(0, cut)), row),
    record: text.startsWith('"') ? { kind: 'object', key: JSON.parse(text) } : { kind: 'inline', text },
  };
}

function dictionaryOf(version: number): Uint8Array {
  const dictionary = DICTIONARIES.get(version);
  if (dictionary === undefined) throw new Error(`no dictionary ${version}`);
  return dictionary;
}
