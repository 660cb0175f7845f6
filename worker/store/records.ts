/** Records too large for a row live in R2 whole; the row keeps their head and a pointer. */
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { ParsedEvent } from '../../shared/event/event.ts';
import type { StoredRecord } from './body.ts';

/** Characters. A page of 1,000 rows with such bodies still fits into the memory of a Worker. */
const MAX_INLINE = 32 * 1024;

/**
 * Where the record of an event is to be found, put there if it is large. The key names the content too, so
 * that another record under the same identity never overwrites this one.
 */
export async function saveRecord(objects: R2Bucket, { summary, record }: ParsedEvent): Promise<StoredRecord> {
  if (record.length <= MAX_INLINE) return { kind: 'inline', text: record };
  const digest = bytesToHex(sha256(utf8ToBytes(record)).subarray(0, 8));
  const key = `${prefixOfDay(summary.account, summary.time)}${summary.id}-${digest}.json`;
  await objects.put(key, record, { httpMetadata: { contentType: 'application/json' } });
  return { kind: 'object', key };
}

/** The text of a record; undefined where its object is gone. */
export async function findRecord(objects: R2Bucket, record: StoredRecord): Promise<string | undefined> {
  if (record.kind === 'inline') return record.text;
  const object = await objects.get(record.key);
  return object === null ? undefined : await object.text();
}

/** The text of a record. Throws if its object is gone: rows and objects are removed together. */
export async function loadRecord(objects: R2Bucket, record: StoredRecord): Promise<string> {
  const text = await findRecord(objects, record);
  if (text === undefined) throw new Error('the record of a stored event is missing');
  return text;
}

/** Removes at most 1,000 objects of an account's days before `day` (YYYY-MM-DD); says whether more are left. */
export async function removeRecords(objects: R2Bucket, account: string, day: string): Promise<boolean> {
  const prefix = `records/${account}/`;
  const { objects: found, truncated } = await objects.list({ prefix, limit: 1000 });
  const old = found.map(({ key }) => key).filter((key) => key.slice(prefix.length, prefix.length + 10) < day);
  if (old.length > 0) await objects.delete(old);
  // Keys sort by day: a page with one that stays has no later one to remove.
  return truncated && old.length === found.length;
}

function prefixOfDay(account: string, time: string): string {
  return `records/${account}/${time.slice(0, 10)}/`;
}
