import type { Json } from '../../../shared/event/event.ts';
import { isList, isObject, type JsonObject } from '../../../shared/event/json.ts';
import { refuse, type Refusal } from './answer.ts';

/** What a parameter must be. `check` gives the refusal of a value that it is not. */
export interface Rule {
  required: boolean;
  check(value: Json, path: string): Refusal | undefined;
}

export type Rules = Readonly<Record<string, Rule>>;

/** The first thing wrong with an action's parameters: one that is missing, unknown, or not what it must be. */
export function checkParameters(rules: Rules, given: JsonObject, at = ''): Refusal | undefined {
  for (const [name, { required }] of Object.entries(rules)) {
    if (required && !Object.hasOwn(given, name)) {
      return refuse('MissingParameter', `The request is missing a required parameter \`${at}${name}\`.`);
    }
  }
  for (const [name, value] of Object.entries(given)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (!rule) return refuse('UnknownParameter', `The parameter \`${at}${name}\` is not recognized.`);
    const wrong = rule.check(value, `${at}${name}`);
    if (wrong) return wrong;
  }
  return undefined;
}

/** The same rule for a parameter that must be there. */
export function must(rule: Rule): Rule {
  return { ...rule, required: true };
}

/** A whole number as a bare literal, of any length, from `min` to `max`. */
export function integer(min: number, max = Number.MAX_VALUE): Rule {
  return optional((value, path) => {
    if (!(typeof value === 'number' || JSON.isRawJSON(value)) || !/^\d+$/.test(JSON.stringify(value))) {
      return mistyped(path, 'an unsigned integer');
    }
    const amount = Number(JSON.stringify(value));
    return amount >= min && amount <= max
      ? undefined
      : invalid(path, `the value must be between ${min} and ${max}`);
  });
}

/** A text of `min` to `max` characters. */
export function text(max: number, min = 1): Rule {
  return optional((value, path) => {
    if (typeof value !== 'string') return mistyped(path, 'a string');
    return value.length >= min && value.length <= max
      ? undefined
      : invalid(path, `the length must be between ${min} and ${max}`);
  });
}

/** A text that fits a pattern. */
export function pattern(form: RegExp): Rule {
  return optional((value, path) => {
    if (typeof value !== 'string') return mistyped(path, 'a string');
    return form.test(value) ? undefined : invalid(path, 'the format is wrong');
  });
}

/** Minutes before now: a whole number from -1440 to 0. */
export const offset: Rule = optional((value, path) =>
  typeof value === 'number' && Number.isInteger(value) && value >= -1440 && value <= 0
    ? undefined
    : invalid(path, 'it must be a whole number from -1440 to 0'),
);

/** One of these texts. */
export function choice(...values: readonly string[]): Rule {
  return optional((value, path) =>
    typeof value === 'string' && values.includes(value)
      ? undefined
      : invalid(path, `it must be one of ${values.join(', ')}`),
  );
}

/** True or false. */
export const yesNo: Rule = optional((value, path) =>
  typeof value === 'boolean' ? undefined : mistyped(path, 'a boolean'),
);

/** A list of at most `max` items. */
export function list(item: Rule, max: number, min = 0): Rule {
  return optional((value, path) => {
    if (!isList(value)) return mistyped(path, 'a list');
    if (value.length < min || value.length > max)
      return invalid(path, `there must be ${min} to ${max} items`);
    for (const [at, each] of value.entries()) {
      const wrong = item.check(each, `${path}.${at}`);
      if (wrong) return wrong;
    }
    return undefined;
  });
}

/** An object with these fields. */
export function object(rules: Rules): Rule {
  return optional((value, path) =>
    isObject(value) ? checkParameters(rules, value, `${path}.`) : mistyped(path, 'an object'),
  );
}

/** A rule that may be left out; `must` changes that. */
function optional(check: Rule['check']): Rule {
  return { required: false, check };
}

function mistyped(path: string, wanted: string): Refusal {
  return refuse(
    'InvalidParameter',
    `The value type of parameter \`${path}\` is not valid: it must be ${wanted}.`,
  );
}

function invalid(path: string, why: string): Refusal {
  return refuse('InvalidParameterValue', `The value of parameter \`${path}\` is not valid: ${why}.`);
}
