/** What one view asks: each keeps its own time, filter and "writes only". */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { parseQuery } from '../../../shared/query/parse.ts';
import { printQuery } from '../../../shared/query/print.ts';
import { isRangeTerm } from '../../../shared/query/query.ts';
import { createFilter, type Filter } from './filter.ts';
import { type Preset, PRESETS } from './presets.ts';
import type { Choices } from './question.ts';

export interface Asked {
  preset: ReadonlySignal<Preset>;
  writesOnly: Signal<boolean>;
  filter: Filter;
  choices: ReadonlySignal<Choices>;
  /** Takes the place of times in the filter too. */
  choosePreset: (preset: Preset) => void;
  /** For a URL. */
  save: () => Record<string, string>;
}

export function createAsked(preset: Preset, saved: ReadonlyMap<string, string> = new Map()): Asked {
  const chosen = signal(PRESETS.find((one) => one === saved.get('time')) ?? preset);
  const writesOnly = signal(saved.get('reads') !== 'shown');
  const read = parseQuery(saved.get('q') ?? '');
  const filter = createFilter(read.ok ? read.query.terms : []);
  return {
    preset: chosen,
    writesOnly,
    filter,
    choices: computed(() => ({
      preset: chosen.value,
      writesOnly: writesOnly.value,
      terms: filter.terms.value,
    })),
    choosePreset(one) {
      chosen.value = one;
      if (filter.chips.value.some(isRangeTerm)) {
        filter.replace(filter.chips.value.filter((term) => !isRangeTerm(term)));
      }
    },
    save: () => ({
      time: chosen.value,
      reads: writesOnly.value ? 'hidden' : 'shown',
      q: printQuery({ terms: filter.terms.value }),
    }),
  };
}
