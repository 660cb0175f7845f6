/** What to offer when nothing is found: the same search with less left out. */
import { type Choices, isPresetUsed, isWritesOnlyUsed } from './question.ts';

export type WiderKind = 'reads' | 'time' | 'filter';

/** The choices of each wider search, the nearest first. */
export function widerChoices(choices: Choices): { kind: WiderKind; choices: Choices }[] {
  const { preset, writesOnly, terms } = choices;
  const hidesReads = writesOnly && isWritesOnlyUsed(choices);
  const isShort = preset !== '90d' || !isPresetUsed(choices);
  return [
    ...(terms.length > 0 ? [{ kind: 'filter' as const, choices: { ...choices, terms: [] } }] : []),
    ...(hidesReads ? [{ kind: 'reads' as const, choices: { ...choices, writesOnly: false } }] : []),
    ...(isShort ? [{ kind: 'time' as const, choices: withoutTime(choices) }] : []),
  ];
}

function withoutTime({ terms, ...choices }: Choices): Choices {
  return { ...choices, preset: '90d', terms: terms.filter(({ key }) => key !== 'from' && key !== 'to') };
}
