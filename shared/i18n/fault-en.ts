import type { FaultTexts, ValueForm } from '../query/fault.ts';

/** What a moment in a query may look like. */
export const MOMENT_FORMS =
  'a time such as 2026-11-22T14:03:00+08:00, a date such as 2026-11-22, or an age such as 15m, 4h, 7d, 2w';

const FORMS: { readonly [K in ValueForm]: (stars: number) => string } = {
  pattern: (stars) => `at most ${stars} * in a value`,
  prefix: () => '* at the end of a value only',
  text: () => 'no *',
  digits: () => 'digits only',
  network: () => 'an address or a network, such as 10.1.2.3, 10.0.0.0/8 or 2001:db8::/32',
  moment: () => MOMENT_FORMS,
};

/** What is wrong with a query, in English. */
export const faultEn: FaultTexts = {
  'long-query': ({ most }) => `A query has at most ${most} characters`,
  'many-terms': ({ most }) => `A query has at most ${most} terms`,
  'many-values': ({ most }) => `A term takes at most ${most} values`,
  'long-value': ({ most }) => `A value has at most ${most} characters`,
  'lone-minus': () => 'Nothing follows the -',
  'no-key': () => 'A key is missing before the colon',
  'bare-word': () => 'A word that starts with - or has a colon in it must be quoted',
  'no-value': () => 'A value is missing here',
  'empty-value': () => 'A value is empty',
  'quote-open': () => 'The closing quote is missing',
  'after-quote': () => 'A comma or a space must follow the closing quote',
  'quote-inside': () => String.raw`A value with a quote in it must be quoted: "a \"b\" c"`,
  backslash: () => String.raw`In quotes a backslash stands only before ", \ or *`,
  'unknown-key': ({ keys }) =>
    `There is no such key; there are ${keys.join(', ')}. A word with a colon in it must be quoted`,
  negated: ({ key }) => `${key} cannot be negated`,
  twice: ({ key }) => `${key} is given twice`,
  'one-value': ({ key }) => `${key} takes one value`,
  tag: ({ key }) => `${key} takes key=value; a * stands only behind the equals sign`,
  choice: ({ key, choices }) => `${key} is one of ${choices.join(', ')}`,
  form: ({ key = 'A word', form, stars }) => `${key} takes ${FORMS[form](stars)}`,
  range: () => 'to must be later than from',
  other: ({ message }) => message,
};
