/** The filter box: terms that stand as chips, what is being typed behind them, and what is wrong with it. */
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { parseQuery } from '../../../shared/query/parse.ts';
import { printTerm } from '../../../shared/query/print.ts';
import type { QueryError, Term } from '../../../shared/query/query.ts';
import { withTerms } from './question.ts';

export interface Filter {
  /** What the filter asks for: the chips, and what is typed as far as it can be read. */
  terms: ReadonlySignal<Term[]>;
  chips: ReadonlySignal<Term[]>;
  draft: ReadonlySignal<string>;
  /** What is wrong with the draft: at once where more was typed behind it, else when it is to be a chip. */
  problem: ReadonlySignal<QueryError | undefined>;
  /** A space behind a whole term makes it a chip. */
  type: (text: string) => void;
  /** Makes chips of the draft. False where it cannot be read; the problem then shows. */
  commit: () => boolean;
  /** Puts what was suggested in the place of what is wrong. */
  correct: () => void;
  remove: (index: number) => void;
  /** Takes the last chip back into the draft. */
  reopen: () => void;
  replace: (terms: Term[]) => void;
}

export function createFilter(initial: readonly Term[]): Filter {
  const chips = signal<Term[]>([...initial]);
  const draft = signal('');
  const isTold = signal(false);
  const read = computed(() => parseQuery(draft.value));

  const type = (text: string): void => {
    draft.value = text;
    isTold.value = false;
    if (text.endsWith(' ') && read.value.ok) commit();
  };

  const commit = (): boolean => {
    const { value } = read;
    isTold.value = !value.ok;
    if (!value.ok) return false;
    if (value.query.terms.length > 0) chips.value = withTerms(chips.value, value.query.terms);
    draft.value = '';
    return true;
  };

  return {
    terms: computed(() => (read.value.ok ? withTerms(chips.value, read.value.query.terms) : chips.value)),
    chips,
    draft,
    problem: computed(() => {
      if (read.value.ok) return undefined;
      const { error } = read.value;
      const isPast = error.at + error.length < draft.value.length;
      return isPast || isTold.value ? error : undefined;
    }),
    type,
    commit,
    correct() {
      if (read.value.ok) return;
      const { at, length, suggestion } = read.value.error;
      if (suggestion === undefined) return;
      const text = draft.value;
      type(text.slice(0, at) + suggestion + text.slice(at + length));
    },
    remove(index) {
      chips.value = chips.value.filter((_, i) => i !== index);
    },
    reopen() {
      const last = chips.value.at(-1);
      if (!last) return;
      chips.value = chips.value.slice(0, -1);
      type(printTerm(last));
    },
    replace(terms) {
      chips.value = terms;
      draft.value = '';
      isTold.value = false;
    },
  };
}
