/** What keys do. Letters are single keys, so they can be switched off; arrows, Enter and Esc cannot. */
import { PRESETS, type Preset } from './presets.ts';

export type ViewName = 'page' | 'me' | 'team';
export type CopyFormat = 'link' | 'json' | 'markdown' | 'curl';

export type Action =
  | { kind: 'step'; by: 1 | -1 }
  | { kind: 'end'; of: 'first' | 'last' }
  | { kind: 'filter' | 'help' | 'back' | 'writes' | 'zone' | 'escape' }
  | { kind: 'preset'; preset: Preset }
  | { kind: 'view'; view: ViewName }
  | { kind: 'copy'; format: CopyFormat };

/** The first key of a pair that is under way. */
export type Pending = 'g' | 'c' | undefined;

export interface Pressed {
  key: string;
  /** Ctrl, Alt or Meta: the browser's business. */
  isModified: boolean;
  /** In a field that takes text: only Esc means anything. */
  isTyping: boolean;
  singleKeys: boolean;
}

const SINGLE: Readonly<Record<string, Action>> = {
  j: { kind: 'step', by: 1 },
  k: { kind: 'step', by: -1 },
  '/': { kind: 'filter' },
  '?': { kind: 'help' },
  w: { kind: 'writes' },
  z: { kind: 'zone' },
  ...Object.fromEntries(PRESETS.map((preset, i) => [String(i + 1), { kind: 'preset', preset }] as const)),
};

const PAIRS: Readonly<Record<'g' | 'c', Readonly<Record<string, Action>>>> = {
  g: {
    p: { kind: 'view', view: 'page' },
    m: { kind: 'view', view: 'me' },
    t: { kind: 'view', view: 'team' },
  },
  c: {
    l: { kind: 'copy', format: 'link' },
    j: { kind: 'copy', format: 'json' },
    m: { kind: 'copy', format: 'markdown' },
  },
};

const NAMED: Readonly<Record<string, Action>> = {
  ArrowDown: { kind: 'step', by: 1 },
  ArrowUp: { kind: 'step', by: -1 },
  Home: { kind: 'end', of: 'first' },
  End: { kind: 'end', of: 'last' },
  Backspace: { kind: 'back' },
};

const ESCAPE: Action = { kind: 'escape' };

/** What a key does after the one before it, and what the next will come after. */
export function read(pending: Pending, pressed: Pressed): { action?: Action; pending: Pending } {
  const { key, isModified, isTyping, singleKeys } = pressed;
  if (isModified) return { pending: undefined };
  if (key === 'Escape') return { action: ESCAPE, pending: undefined };
  if (isTyping) return { pending: undefined };
  const named = own(NAMED, key);
  if (named) return { action: named, pending: undefined };
  if (!singleKeys) return { pending: undefined };
  const second = pending && own(PAIRS[pending], key);
  if (second) return { action: second, pending: undefined };
  if (key === 'g' || key === 'c') return { pending: key };
  const action = own(SINGLE, key);
  return action ? { action, pending: undefined } : { pending: undefined };
}

function own(table: Readonly<Record<string, Action>>, key: string): Action | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
