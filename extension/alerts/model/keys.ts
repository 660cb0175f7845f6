/** What keys mean on the page of alerts. */

export type Action =
  | { kind: 'step'; by: 1 | -1 }
  | { kind: 'end'; of: 'first' | 'last' }
  | { kind: 'open' | 'acknowledge' | 'mute' | 'expect' | 'ask' | 'escape' };

export interface Press {
  key: string;
  isModified: boolean;
  /** Whether the key belongs to a field, a choice, or what else has keys of its own. */
  isOthers: boolean;
  /** Whether an alert itself has the focus, not a button in it. */
  isOnAlert: boolean;
  /** Whether single letters are keys. */
  singleKeys: boolean;
}

const KEYS: ReadonlyMap<string, Action> = new Map([
  ['ArrowDown', { kind: 'step', by: 1 }],
  ['ArrowUp', { kind: 'step', by: -1 }],
  ['Home', { kind: 'end', of: 'first' }],
  ['End', { kind: 'end', of: 'last' }],
]);

const LETTERS: ReadonlyMap<string, Action> = new Map([
  ['j', { kind: 'step', by: 1 }],
  ['k', { kind: 'step', by: -1 }],
  ['a', { kind: 'acknowledge' }],
  ['m', { kind: 'mute' }],
  ['e', { kind: 'expect' }],
  ['r', { kind: 'ask' }],
]);

/** The action of a key press; undefined where it has none here. */
export function actionOf({ key, isModified, isOthers, isOnAlert, singleKeys }: Press): Action | undefined {
  if (key === 'Escape') return { kind: 'escape' };
  if (isModified || isOthers) return undefined;
  if (key === 'Enter') return isOnAlert ? { kind: 'open' } : undefined;
  return KEYS.get(key) ?? (singleKeys ? LETTERS.get(key) : undefined);
}
