import { parseNetwork } from './address.ts';
import { fold } from './fold.ts';
import { type Values, valuesOf, WORD } from './keys.ts';
import { splitPattern } from './pattern.ts';
import { printValue } from './print.ts';
import type { Term } from './query.ts';
import { nearest } from './suggest.ts';
import { MOMENT_FORMS, readMoment } from './time.ts';

/** The value as a query keeps it, or what is wrong with it and what it may have been meant to be. */
export type Checked = { ok: true; value: string } | { ok: false; message: string; suggestion?: string };

const MAX_LENGTH = 512;
const MAX_STARS = 8;

interface Rule {
  /** Ends the sentence "the key takes …". */
  takes: string;
  /** `parts` are the literal parts of the value between its stars. */
  fits: (value: string, parts: readonly string[]) => boolean;
}

const PATTERN: Rule = {
  takes: `at most ${MAX_STARS} * in a value`,
  fits: (_, parts) => parts.length - 1 <= MAX_STARS,
};

const RULES: { [K in Exclude<Values['kind'], 'choice' | 'tag'>]: Rule } = {
  pattern: PATTERN,
  who: PATTERN,
  prefix: {
    takes: '* at the end of a value only',
    fits: (_, parts) => parts.length === 1 || (parts.length === 2 && parts[1] === ''),
  },
  text: { takes: 'no *', fits: (_, parts) => parts.length === 1 },
  digits: { takes: 'digits only', fits: (value) => /^\d+$/.test(value) },
  network: {
    takes: 'an address or a network, such as 10.1.2.3, 10.0.0.0/8 or 2001:db8::/32',
    fits: (value) => parseNetwork(value) !== undefined,
  },
  moment: { takes: MOMENT_FORMS, fits: (value) => readMoment(value) !== undefined },
};

/** Checks a value (in the notation of pattern.ts) against what its key takes. */
export function checkValue(key: Term['key'], value: string): Checked {
  const parts = splitPattern(value);
  const length = parts.join('*').length;
  if (length > MAX_LENGTH) return { ok: false, message: `A value has at most ${MAX_LENGTH} characters` };

  const values = valuesOf(key);
  if (values.kind === 'choice') return checkChoice(key, values.choices, value);
  if (values.kind === 'tag') return checkTag(key, value, parts);
  return checkRule(key, RULES[values.kind], value, parts);
}

function checkRule(key: Term['key'], rule: Rule, value: string, parts: readonly string[]): Checked {
  if (rule.fits(value, parts)) return { ok: true, value };
  return { ok: false, message: `${key === WORD ? 'A word' : key} takes ${rule.takes}` };
}

function checkTag(key: Term['key'], value: string, parts: readonly string[]): Checked {
  const [head = ''] = parts;
  if (/^.+=/s.test(head)) return checkRule(key, PATTERN, value, parts);
  const message = `${key} takes key=value; a * stands only behind the equals sign`;
  if (parts.length > 1 || head.includes('=')) return { ok: false, message };
  return { ok: false, message, suggestion: printValue(key, `${value}=*`) };
}

function checkChoice(key: Term['key'], choices: readonly string[], value: string): Checked {
  const folded = fold(value);
  if (choices.includes(folded)) return { ok: true, value: folded };
  const message = `${key} is one of ${choices.join(', ')}`;
  const suggestion = nearest(folded, choices);
  return suggestion ? { ok: false, message, suggestion } : { ok: false, message };
}
