/**
 * Finding what is new in a bucket.
 *
 * A walk goes over all keys again and again, a few pages a tick, and takes what was modified since the walk before: so
 * nothing is missed, whatever keys are like, however late it comes. While a walk through a large bucket is under way,
 * each tick first looks on from the keys of the last hours: where keys begin with their time, what is new stands there.
 */
import * as v from 'valibot';
import { parseJson } from '../../../shared/event/json.ts';
import {
  forgetFiles,
  queueFiles,
  recentKeys,
  waitingCount,
  type ListedFile,
} from '../../store/file-places.ts';
import { listObjects, type ObjectEntry } from '../../tencent/cos.ts';
import type { Failed } from '../../tencent/failure.ts';
import type { Bucket } from './bucket.ts';

const walkSchema = v.object({
  /** All that was modified before was found. Unix seconds. */
  settled: v.number(),
  /** The walk that is under way. */
  under: v.exactOptional(
    v.object({
      /** Unix seconds. */
      began: v.number(),
      /** Which of the prefixes it is at, and the key it goes on after. */
      prefix: v.number(),
      after: v.string(),
    }),
  ),
});
export type Walk = v.InferOutput<typeof walkSchema>;

/** The walk that a source's state holds; before the first one, and where it cannot be read, a new one. */
export function readWalk(state: string): Walk {
  const parsed = parseJson(state);
  const walk = v.safeParse(walkSchema, parsed.ok ? parsed.value : null);
  return walk.success ? walk.output : { settled: 0 };
}

/** Pages of 1,000 keys that a tick lists, in the walk and from the recent keys on. */
const WALK_PAGES = 8;
const RECENT_PAGES = 4;

/** Keys of so many seconds are looked on from. */
const RECENT_SECONDS = 3 * 3600;
const RECENT_KEYS = 1_000;

/** A file may show up with a time that is so much older than when it could first be seen. */
const SLACK_SECONDS = 86_400;

/** No more is looked for while so many files wait. */
const MAX_WAITING = 50_000;

/** Queues what is new; gives how far the walk is now. `keptSeconds`: events older than that are not wanted. */
export async function findFiles(
  bucket: Bucket,
  walk: Walk,
  keptSeconds: number,
): Promise<{ ok: true; walk: Walk } | Failed> {
  const now = Math.floor(bucket.clock() / 1000);
  const since = Math.max(walk.settled - SLACK_SECONDS, now - keptSeconds);
  if (walk.under !== undefined) {
    const looked = await lookOn(bucket, { now, since });
    if (!looked.ok) return looked;
    if ((await waitingCount(bucket.store, bucket.source)) > MAX_WAITING) return { ok: true, walk };
  }
  let under = walk.under ?? { began: now, prefix: 0, after: '' };
  for (let page = 0; page < WALK_PAGES; page += 1) {
    const prefix = bucket.prefixes[under.prefix];
    if (prefix === undefined) {
      await forgetFiles(bucket.store, bucket.source, under.began - SLACK_SECONDS);
      return { ok: true, walk: { settled: under.began } };
    }
    const listed = await listPage(bucket, { prefix, after: under.after, since });
    if (!listed.ok) return listed;
    under =
      listed.next === undefined
        ? { ...under, prefix: under.prefix + 1, after: '' }
        : { ...under, after: listed.next };
  }
  return { ok: true, walk: { ...walk, under } };
}

/** Lists on from recent keys, unless a page before has come past them. */
async function lookOn(
  bucket: Bucket,
  { now, since }: { now: number; since: number },
): Promise<{ ok: true } | Failed> {
  const { store, source, prefixes } = bucket;
  const keys = await recentKeys(store, source, { since: now - RECENT_SECONDS, limit: RECENT_KEYS });
  let pages = 0;
  for (const prefix of prefixes) {
    let covered = '';
    for (const key of keys.filter((each) => each.startsWith(prefix))) {
      if (key <= covered) continue;
      if (pages === RECENT_PAGES) return { ok: true };
      pages += 1;
      // What it is now is looked at too: an hour's file may grow.
      const listed = await listPage(bucket, { prefix, after: key.replace(/.$/su, ''), since });
      if (!listed.ok) return listed;
      if (listed.next === undefined) break;
      covered = listed.next;
    }
  }
  return { ok: true };
}

async function listPage(
  { client, clock, store, source }: Bucket,
  { prefix, after, since }: { prefix: string; after: string; since: number },
): Promise<{ ok: true; next?: string } | Failed> {
  const listed = await listObjects(client, { prefix, startAfter: after }, clock());
  if (!listed.ok) return listed;
  const files = listed.objects.map(fileOf).filter(({ size, modified }) => size > 0 && modified >= since);
  await queueFiles(store, source, files);
  return { ok: true, ...(listed.next !== undefined && { next: listed.next }) };
}

function fileOf({ key, size, modified, etag }: ObjectEntry): ListedFile {
  return { key, size, etag: bareEtag(etag), modified: Math.floor(modified / 1000) };
}

/** An ETag without what a transport puts around it. */
export function bareEtag(etag: string): string {
  return etag.replace(/^W\//, '').replaceAll('"', '');
}
