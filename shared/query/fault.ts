/** What can be wrong with the text of a query. */

/** What the values of a key have to look like, where they are no choice. */
export type ValueForm = 'pattern' | 'prefix' | 'text' | 'digits' | 'network' | 'moment';

export type Fault =
  | { kind: 'long-query' | 'many-terms' | 'many-values' | 'long-value'; most: number }
  | { kind: 'lone-minus' | 'no-key' | 'bare-word' | 'no-value' | 'empty-value' }
  | { kind: 'quote-open' | 'after-quote' | 'quote-inside' | 'backslash' }
  | { kind: 'unknown-key'; keys: readonly string[] }
  | { kind: 'negated' | 'twice' | 'one-value' | 'tag'; key: string }
  | { kind: 'choice'; key: string; choices: readonly string[] }
  /** `key` is absent for a word. */
  | { kind: 'form'; key?: string; form: ValueForm; stars: number }
  | { kind: 'range' }
  /** What only whoever keeps a query may say of it, in English. */
  | { kind: 'other'; message: string };

/** A sentence without its full stop for each kind of fault. */
export type FaultTexts = {
  readonly [K in Fault['kind']]: (fault: Fault & { kind: K }) => string;
};

/** The sentence about a fault. */
export function sayFault(fault: Fault, texts: FaultTexts): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the text of a kind takes faults of that kind
  const say = texts[fault.kind] as (fault: Fault) => string;
  return say(fault);
}
