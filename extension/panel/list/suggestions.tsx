import type { PanelTexts } from '../../../shared/i18n/panel-en.ts';
import type { Suggestion } from '../model/complete.ts';
import { usePanel } from '../parts/context.ts';
import { Foreign } from '../parts/foreign.tsx';
import { Icon, type IconName } from '../parts/icon.tsx';

interface SuggestionsProps {
  suggestions: readonly Suggestion[];
  /** Index of the one that Enter takes; -1: none. */
  active: number;
  onAccept: (suggestion: Suggestion) => void;
  onPoint: (index: number) => void;
}

const ICONS: Record<Suggestion['kind'], IconName> = { key: 'tag', value: 'list-filter', words: 'search' };

/** What may be meant, below the field. The focus stays in the field. */
export function Suggestions({ suggestions, active, onAccept, onPoint }: SuggestionsProps) {
  const { texts, number } = usePanel();
  return (
    <div class="pop menu below" role="listbox" id="suggestions" aria-label={texts.suggestions}>
      {suggestions.map((suggestion, i) => (
        <div
          key={`${suggestion.kind} ${suggestion.draft}`}
          id={`suggestion-${i}`}
          class={i === active ? 'mi on' : 'mi'}
          role="option"
          aria-selected={i === active}
          onPointerEnter={() => onPoint(i)}
          onPointerDown={(event) => {
            // The field keeps the focus.
            event.preventDefault();
            onAccept(suggestion);
          }}
        >
          <Icon name={ICONS[suggestion.kind]} />
          <span class="cut">
            <Said suggestion={suggestion} />
          </span>
          <span class="sp" />
          {suggestion.kind === 'value' && suggestion.events !== undefined && (
            <span class="k3 n">{number(suggestion.events)}</span>
          )}
          {suggestion.kind === 'words' && active < 0 && <kbd>↵</kbd>}
        </div>
      ))}
    </div>
  );
}

function Said({ suggestion }: { suggestion: Suggestion }) {
  const { texts } = usePanel();
  switch (suggestion.kind) {
    case 'key':
      return (
        <>
          {suggestion.key}: <span class="k3">{texts.keyNotes[suggestion.key]}</span>
        </>
      );
    case 'value':
      return (
        <>
          <span class="k2">
            {suggestion.isNegated ? '-' : ''}
            {suggestion.key}:
          </span>
          <Foreign text={suggestion.value} />
          {suggestion.name !== undefined && (
            <span class="k3">
              {' '}
              <Foreign text={suggestion.name} />
            </span>
          )}
        </>
      );
    case 'words':
      return <Foreign text={texts.containing(suggestion.words)} />;
  }
}

/** A suggestion as it is spoken. */
export function nameOf(suggestion: Suggestion, texts: PanelTexts): string {
  switch (suggestion.kind) {
    case 'key':
      return `${suggestion.key}: ${texts.keyNotes[suggestion.key]}`;
    case 'value':
      return `${suggestion.key}: ${suggestion.name ?? suggestion.value}`;
    case 'words':
      return texts.containing(suggestion.words);
  }
}
