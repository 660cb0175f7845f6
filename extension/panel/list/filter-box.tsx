import { useEffect, useRef, useState } from 'preact/hooks';
import { sayFault } from '../../../shared/query/fault.ts';
import { printTerm } from '../../../shared/query/print.ts';
import type { QueryError, Term } from '../../../shared/query/query.ts';
import { suggest, type Suggestion } from '../model/complete.ts';
import { isWritesOnlyUsed } from '../model/question.ts';
import { usePanel } from '../parts/context.ts';
import { Foreign } from '../parts/foreign.tsx';
import { Icon } from '../parts/icon.tsx';
import { useNow } from '../parts/use-now.ts';
import { visible } from '../text/visible.ts';
import { nameOf, Suggestions } from './suggestions.tsx';

/** The filter: terms as chips, and a field that completes what is typed. */
export function FilterBox() {
  const { panel, desk, texts, locale } = usePanel();
  const { filter, writesOnly } = panel.asked.value;
  const input = useRef<HTMLInputElement>(null);
  const [active, setActive] = useState(-1);
  const draft = filter.draft.value;
  const problem = filter.problem.value;
  const isOpen = desk.popup.value === 'suggestions' && draft !== '';
  const suggestions = isOpen ? suggest(draft, panel.lookups.values.value) : [];
  const chosen = suggestions[active];

  useEffect(() => {
    if (isOpen) panel.lookups.lookUp(draft);
    setActive(-1);
  }, [panel, draft, isOpen]);
  useNow(() => {
    if (desk.focus.value !== 'filter' || !input.current) return;
    input.current.focus();
    desk.focus.value = null;
  });

  const accept = (suggestion: Suggestion): void => {
    filter.type(suggestion.draft);
    if (suggestion.kind !== 'key') {
      filter.commit();
      desk.popup.value = null;
    }
    input.current?.focus();
  };

  const press = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const used = ((): boolean => {
      switch (event.key) {
        case 'ArrowDown':
        case 'ArrowUp': {
          if (suggestions.length === 0) return false;
          const count = suggestions.length + 1;
          const by = event.key === 'ArrowDown' ? 1 : -1;
          // One place more than there are suggestions: none of them.
          setActive(((active + 1 + by + count) % count) - 1);
          return true;
        }
        case 'Enter':
          if (chosen) accept(chosen);
          else if (filter.commit()) desk.popup.value = null;
          return true;
        case 'Backspace':
          if (draft !== '') return false;
          filter.reopen();
          return true;
        case 'Escape':
          if (isOpen) desk.popup.value = null;
          else if (draft !== '') filter.type('');
          else desk.act({ kind: 'end', of: 'first' });
          return true;
        default:
          return false;
      }
    })();
    if (used) {
      event.preventDefault();
      event.stopPropagation();
    }
  };

  const hasWrites = isWritesOnlyUsed({ terms: filter.terms.value });
  const isEmpty = filter.chips.value.length === 0;
  return (
    <div class="anchor wide">
      <div class="qbox" role="search" aria-label={texts.filter} onClick={() => input.current?.focus()}>
        <Icon name="list-filter" />
        <div class="in">
          {hasWrites && (
            <WritesChip isOn={writesOnly.value} onPress={() => (writesOnly.value = !writesOnly.value)} />
          )}
          {filter.chips.value.map((term, i) => (
            <Chip key={printTerm(term)} term={term} onRemove={() => filter.remove(i)} />
          ))}
          <span class={draft === '' && !isEmpty ? 'typing idle' : 'typing'}>
            {problem && <Underline draft={draft} problem={problem} />}
            <input
              ref={input}
              class="draft"
              type="text"
              role="combobox"
              aria-label={texts.filter}
              aria-autocomplete="list"
              aria-expanded={suggestions.length > 0}
              aria-controls="suggestions"
              {...(chosen ? { 'aria-activedescendant': `suggestion-${active}` } : {})}
              aria-invalid={problem !== undefined}
              aria-describedby={problem ? 'filter-problem' : undefined}
              autocomplete="off"
              autocapitalize="off"
              spellcheck={false}
              maxLength={2000}
              placeholder={isEmpty ? texts.placeholder : ''}
              value={draft}
              onInput={({ currentTarget }) => {
                filter.type(currentTarget.value);
                desk.popup.value = 'suggestions';
              }}
              onKeyDown={press}
              onBlur={() => {
                if (desk.popup.value === 'suggestions') desk.popup.value = null;
              }}
            />
          </span>
        </div>
      </div>
      {problem && (
        <p class="wrong" id="filter-problem" role="alert">
          {problemOf(draft, problem, texts)}
          {problem.suggestion !== undefined && (
            <>
              {locale.texts.betweenSentences}
              {texts.didYouMean}{' '}
              <button
                type="button"
                class="link"
                onClick={() => {
                  filter.correct();
                  input.current?.focus();
                }}
              >
                {problem.suggestion}
              </button>
              {texts.questionMark}
            </>
          )}
        </p>
      )}
      {suggestions.length > 0 && (
        <Suggestions suggestions={suggestions} active={active} onAccept={accept} onPoint={setActive} />
      )}
      <span class="sr" aria-live="polite">
        {chosen ? nameOf(chosen, texts) : ''}
      </span>
    </div>
  );
}

function Chip({ term, onRemove }: { term: Term; onRemove: () => void }) {
  const { texts } = usePanel();
  const text = visible(printTerm(term));
  const split = term.key === 'word' ? (term.negated ? 1 : 0) : text.indexOf(':') + 1;
  return (
    <span class={term.negated ? 'chip not' : 'chip'} title={text}>
      {split > 0 && <span class="key">{text.slice(0, split)}</span>}
      <span class="cut">
        <Foreign text={text.slice(split).replaceAll(',', ', ')} />
      </span>
      <button type="button" class="x" aria-label={texts.remove(text)} onClick={onRemove}>
        <Icon name="x" />
      </button>
    </span>
  );
}

/** The default that one can see: pressed away, it stays as the way back. */
function WritesChip({ isOn, onPress }: { isOn: boolean; onPress: () => void }) {
  const { texts } = usePanel();
  if (!isOn) {
    return (
      <button type="button" class="chip off" title={`${texts.hideReads} (w)`} onClick={onPress}>
        <Icon name="plus" />
        {texts.writesOnly}
      </button>
    );
  }
  return (
    <span class="chip not">
      <span class="key">{texts.writesOnly}</span>
      <button
        type="button"
        class="x"
        aria-label={texts.showReads}
        title={`${texts.showReads} (w)`}
        onClick={onPress}
      >
        <Icon name="x" />
      </button>
    </span>
  );
}

/** A line under what is wrong, in the place of the field's own text. */
function Underline({ draft, problem: { at, length } }: { draft: string; problem: QueryError }) {
  const end = at + Math.max(length, 1);
  return (
    <span class="under" aria-hidden="true">
      {draft.slice(0, at)}
      <u>{draft.slice(at, end) || ' '}</u>
      {draft.slice(end)}
    </span>
  );
}

/** What is wrong, in the reader's language; of an unknown key not all that there are, which are suggested while typing. */
function problemOf(
  draft: string,
  { at, length, fault }: QueryError,
  texts: ReturnType<typeof usePanel>['texts'],
): string {
  if (fault.kind === 'unknown-key') return texts.badKey(visible(draft.slice(at, at + length)));
  return texts.wrong(sayFault(fault, texts.faults));
}
