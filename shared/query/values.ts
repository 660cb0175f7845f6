import { parseNetwork } from './address.ts';
import type { Fault, ValueForm } from './fault.ts';
import { fold } from './fold.ts';
import { valuesOf, WORD } from './keys.ts';
import { splitPattern } from './pattern.ts';
import { printValue } from './print.ts';
import type { Term } from './query.ts';
import { nearest } from './suggest.ts';
import { readMoment } from './time.ts';

/** The value as a query keeps it, or what is wrong with it and what it may have been meant to be. */
export type Checked = { ok: true; value: string } | { ok: false; fault: Fault; suggestion?: string };

const MAX_LENGTH = 512;
const MAX_STARS = 8;

/** `parts` are the literal parts of the value between its stars. */
type Fits = (value: string, parts: readonly string[]) => boolean;

const FORMS: { readonly [K in ValueForm]: Fits } = {
  pattern: (_, parts) => parts.length - 1 <= MAX_STARS,
  prefix: (_, parts) => parts.length === 1 || (parts.length === 2 && parts[1] === ''),
  text: (_, parts) => parts.length === 1,
  digits: (value) => /^\d+$/.test(value),
  network: (value) => parseNetwork(value) !== undefined,
  moment: (value) => readMoment(value) !== undefined,
};

/** Checks a value (in the notation of pattern.ts) against what its key takes. */
export function checkValue(key: Term['key'], value: string): Checked {
  const parts = splitPattern(value);
  const length = parts.join('*').length;
  if (length > MAX_LENGTH) return { ok: false, fault: { kind: 'long-value', most: MAX_LENGTH } };

  const values = valuesOf(key);
  if (values.kind === 'choice') return checkChoice(key, values.choices, value);
  if (values.kind === 'tag') return checkTag(key, value, parts);
  return checkForm(key, values.kind === 'who' ? 'pattern' : values.kind, value, parts);
}

function checkForm(key: Term['key'], form: ValueForm, value: string, parts: readonly string[]): Checked {
  if (FORMS[form](value, parts)) return { ok: true, value };
  return { ok: false, fault: { kind: 'form', ...(key === WORD ? {} : { key }), form, stars: MAX_STARS } };
}

function checkTag(key: Term['key'], value: string, parts: readonly string[]): Checked {
  const [head = ''] = parts;
  if (/^.+=/s.test(head)) return checkForm(key, 'pattern', value, parts);
  const fault: Fault = { kind: 'tag', key };
  if (parts.length > 1 || head.includes('=')) return { ok: false, fault };
  return { ok: false, fault, suggestion: printValue(key, `${value}=*`) };
}

function checkChoice(key: Term['key'], choices: readonly string[], value: string): Checked {
  const folded = fold(value);
  if (choices.includes(folded)) return { ok: true, value: folded };
  const fault: Fault = { kind: 'choice', key, choices };
  const suggestion = nearest(folded, choices);
  return suggestion ? { ok: false, fault, suggestion } : { ok: false, fault };
}
