/** An event as a log of CLS. */
import { isObject, parseJson, stringify } from '../../../shared/event/json.ts';
import { contentsOf, type ClsLog } from '../../tencent/cls-logs.ts';
import { TERMS, termsOf } from './cls-terms.ts';
import { byteLength } from './parts.ts';
import type { Item, Parcel } from './target.ts';

/** Fields of ours begin with it, and none of the record do. */
const OURS = 'sidetrail_';

/** Which event this is, in which set, and with which delivery it came; and what events are counted by. */
export const FIELDS = {
  id: `${OURS}id`,
  track: `${OURS}track`,
  batch: `${OURS}batch`,
  account: `${OURS}account`,
  operator: `${OURS}operator`,
  event: `${OURS}event`,
  error: `${OURS}error`,
  region: `${OURS}region`,
} as const;

/** Of the record; with our own fields beside, a log stays below what CLS takes. */
const MAX_RECORD = 4_500_000;

/**
 * The log of an event, at the event's time: the record's own fields under their names (what is no text as JSON), and
 * ours. An event that comes twice has the same `sidetrail_id`, and from a repeated delivery the same `sidetrail_batch`.
 */
export function logOf({ id, time, record, summary }: Item, parcel: Parcel): ClsLog {
  return {
    time,
    contents: [
      [FIELDS.id, id],
      [FIELDS.track, parcel.track.id],
      [FIELDS.batch, parcel.id],
      [FIELDS.account, summary.account],
      ...given(FIELDS.operator, summary.operator.id),
      ...given(FIELDS.event, summary.event),
      ...given(FIELDS.error, summary.error?.code),
      ...given(FIELDS.region, summary.region),
      ...contentsOf(TERMS, termsOf(summary).join(' ')),
      ...recordContents(record),
    ],
  };
}

/** A field without a value is no field: it is not counted by. */
function given(name: string, value = ''): [key: string, value: string][] {
  return value === '' ? [] : [[name, value]];
}

function recordContents(record: string): [key: string, value: string][] {
  const parsed = parseJson(record);
  if (!parsed.ok || !isObject(parsed.value)) return contentsOf('record', record);
  const leftOut: string[] = [];
  const contents: [key: string, value: string][] = [];
  let size = 0;
  for (const [name, value] of Object.entries(parsed.value)) {
    const text = typeof value === 'string' ? value : stringify(value);
    size += byteLength(text);
    if (size <= MAX_RECORD) contents.push(...contentsOf(fieldName(name), text));
    else leftOut.push(name);
  }
  // No record of the cloud is as long as that; what is left out is named rather than missing.
  return leftOut.length === 0 ? contents : [...contents, [`${OURS}left_out`, leftOut.join(' ')]];
}

/** CLS keeps names that begin with `_` for itself, and we those that begin with `sidetrail_`. */
function fieldName(name: string): string {
  return name === '' || name.startsWith('_') || name.startsWith(OURS) ? `record${name}` : name;
}
