/** How one write changed one setting. */
import type { Json } from '../event/event.ts';
import type { Difference } from './difference.ts';

/**
 * How sure the value before is: `exact`, the write that set it is known and nothing can have come between;
 * `approximate`, it may have been otherwise; `unavailable`, nothing tells.
 */
export const SURENESS = ['exact', 'approximate', 'unavailable'] as const;
export type Sureness = (typeof SURENESS)[number];

/** Why the value before is not sure. */
export const REASONS = {
  'nothing-earlier': 'No write before this one that is stored and seen says anything about it.',
  'history-bound': 'There are more writes to the resource than one answer looks at.',
  default: 'The resource was made without it, so it was what the product gives.',
  gap: 'Events are missing between the two writes.',
  'failed-write': 'A write in between failed, and may have done a part of its work.',
  'unreadable-write': 'A write in between does not show what it set.',
  'reset-between': 'An action in between puts settings back without naming them.',
  'same-second': 'Other writes of it are of the same second, so their order is not known.',
  'other-name': 'The value comes from a field of the same name elsewhere in an earlier request.',
  'partly-known': 'Only entries that came or went in what is stored are known.',
  'hidden-events': 'The caller sees the events of some operators only.',
  redacted: 'It is a secret, which is not kept.',
} as const;
export type Reason = keyof typeof REASONS;

export interface SettingChange {
  /** Its place in the request, in the product's words. */
  setting: string;
  /** The part of the resource that it is of, where it is of one. */
  of?: string;
  /** Absent where unavailable; null where it had none. */
  before?: Json;
  /** Null where it has none now. */
  after: Json;
  status: Sureness;
  reason?: Reason;
  /** True where `before` and `after` hold only the entries that the write named. */
  part?: true;
  /** True where it was written again and means the same. */
  unchanged?: true;
  /** Of lists and documents: where they differ. */
  differences?: Difference[];
}
