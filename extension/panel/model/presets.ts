/** The times that one press chooses. */
import type { RangeTerm } from '../../../shared/query/query.ts';

export const PRESETS = ['15m', '4h', 'today', '7d', '30d', '90d'] as const;
export type Preset = (typeof PRESETS)[number];

/** What a preset means as a term; `today` is the calendar day, `2026-11-22`, where the reader is. */
export function rangeOf(preset: Preset, today: string): RangeTerm {
  return { key: 'from', negated: false, values: [preset === 'today' ? today : preset] };
}
