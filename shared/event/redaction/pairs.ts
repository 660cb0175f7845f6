/** Pairs in text, such as `"Key":"password","Value":"…"`, in either order, within one object or one flattened group. */

import { valueAt } from './extent.ts';
import { kindOfNamed } from './keys.ts';
import type { KeyAt } from './lookback.ts';
import type { Kind } from './marker.ts';

/** A secret in a text: its kind, where its value starts, and the key's indentation where it opens a line. */
export interface Secret {
  kind: Kind;
  at: number;
  indent?: number | undefined;
}

export interface Pairs {
  /** Takes the next key of the text and its value's place; gives the secret that a pair completes, if any. */
  meet(key: KeyAt, at: number): Secret | undefined;
  /** Forgets halves: an object begins or ends. */
  reset(): void;
}

/** Longer than any name on the list, at any escape level. */
const NAME_WINDOW = 160;

export function createPairs(text: string, escaped: boolean): Pairs {
  let name: { group: string; kind: Kind } | undefined;
  let value: { group: string; at: number } | undefined;

  function meetName(group: string, quoted: boolean, at: number): Secret | undefined {
    const window = text.slice(at, at + NAME_WINDOW);
    const { start, end } = valueAt(window, 0, { escaped, toLineEnd: false });
    const kind = kindOfNamed(window.slice(start, end));
    name = kind && { group, kind };
    const earlier = value?.group === group && quoted ? value : undefined;
    return kind && earlier && { kind, at: earlier.at };
  }

  return {
    meet({ facts, quoted }, at) {
      if (facts.pair === 'name') return meetName(facts.group, quoted, at);
      if (facts.pair !== 'value') return undefined;
      if (name?.group === facts.group) return { kind: name.kind, at };
      value = { group: facts.group, at };
      return undefined;
    },
    reset() {
      name = undefined;
      value = undefined;
    },
  };
}
