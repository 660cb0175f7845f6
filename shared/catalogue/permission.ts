/** What a denied call lacked, as far as its error says, and what would allow it. */
import type { EventError, EventSummary } from '../event/event.ts';

/** A right that was missing. */
export interface Missing {
  /** `product:Action` as policies write it. */
  action: string;
  /** `qcs::…` or `*`; `*` where the message names none. */
  resources: string[];
}

/** A policy of CAM, in the form in which it is pasted there. */
export interface Policy {
  version: '2.0';
  statement: { effect: 'allow'; action: string[]; resource: string[] }[];
}

export type Denial =
  /** A right was missing; `guessed` where only the call says which. */
  | { about: 'permission'; missing: Missing[]; guessed?: true; suggestion: Policy }
  /** Who called was not accepted: key, signature, session, token, MFA. No policy helps. */
  | { about: 'identity' }
  /** Refused for another reason, or for one that is not told. */
  | { about: 'other' };

/** Codes about who called; the numbers are the gateway's. */
const IDENTITY = /^(?:AuthFailure(?!\.Unauthorized)|InvalidCredential|(?:4100|4104|4105|4106|4500)$)/i;
/** Refused access, quota. */
const OTHER = /^(?:4300|4400)$/;
const IDENTITY_MESSAGE = /\b(?:signature|token|mfa|secret ?id|expired)\b/i;
/** A block above all policies of the account. */
const BLOCKED_MESSAGE = /system policy not verify/i;

/** `operation (cvm:StopInstances)`, or without that word before `resource (…`. */
const OPERATION = /(operations?\s*)?\(\s*([\w-]+:\w+)\s*\)([\s,]*resources?\s*(?=\())?/gi;
/** Brackets may be part of a resource, so its end is where the sentence goes on. */
const RESOURCES = /^\((.*?)\)\s*ha(?:s|ve) no permission|^\(([^)]*)\)/i;
/** Looked for at the start of each run only: messages may be nothing but separators. */
const BETWEEN_RESOURCES = /(?<![\s,;|()])[\s,;|()]+(?=qcs:|\*)/i;

/** Products whose calls are checked as another's, and calls as others: for guesses only. */
const CHECKED_PRODUCTS: { readonly [product: string]: string } = { cbs: 'cvm' };
const CHECKED_ACTIONS: { readonly [action: string]: string } = {
  CreateSecurityGroupWithPolicies: 'cvm:CreateSecurityGroup',
};

/** What a denial was about. What the message names counts, as the right that is checked can differ from the call. */
export function denialOf(
  call: Pick<EventSummary, 'product' | 'event'>,
  { code, message }: Pick<EventError, 'code' | 'message'>,
): Denial {
  if (IDENTITY.test(code)) return { about: 'identity' };
  const named = missingIn(message);
  if (named.length > 0) return { about: 'permission', missing: named, suggestion: policyFor(named) };
  if (OTHER.test(code) || BLOCKED_MESSAGE.test(message)) return { about: 'other' };
  if (IDENTITY_MESSAGE.test(message)) return { about: 'identity' };
  const action = checkedAction(call);
  if (action === undefined) return { about: 'other' };
  const missing = [{ action, resources: ['*'] }];
  return { about: 'permission', missing, guessed: true, suggestion: policyFor(missing) };
}

/** The rights that a message names, each once. */
function missingIn(message: string): Missing[] {
  const plain = plainOf(message);
  const operations = [...plain.matchAll(OPERATION)].filter(([, word, , resources]) => word ?? resources);
  const byAction = new Map<string, string[]>();
  for (const [i, operation] of operations.entries()) {
    const [whole, , action = ''] = operation;
    const rest = plain.slice(operation.index + whole.length, operations[i + 1]?.index);
    byAction.set(action, [...(byAction.get(action) ?? []), ...resourcesIn(rest)]);
  }
  return [...byAction].map(([action, resources]) => ({
    action,
    resources: resources.length > 0 ? [...new Set(resources)] : ['*'],
  }));
}

/** The resources in brackets at the start of a text. */
function resourcesIn(text: string): string[] {
  const [, sentence, bracket] = RESOURCES.exec(text) ?? [];
  return (sentence ?? bracket ?? '')
    .split(BETWEEN_RESOURCES)
    .map((resource) => resource.trim())
    .filter((resource) => /^(?:qcs:|\*$)/i.test(resource));
}

/** A message on one line with ASCII brackets and without quotes, however often it was escaped on its way. */
function plainOf(message: string): string {
  return message
    .replaceAll('（', '(')
    .replaceAll('）', ')')
    .replaceAll('：', ':')
    .replaceAll(/[，、]/g, ',')
    .replaceAll(/(?<!\\)\\+u0060|["'`]/g, '')
    .replaceAll(/(?<!\\)\\+[nrt]|\s+/g, ' ')
    .replaceAll('\\', '');
}

/** The right that a call is probably checked for; undefined where it has no name that a policy could hold. */
function checkedAction({ product, event }: Pick<EventSummary, 'product' | 'event'>): string | undefined {
  if (!/^[\w-]+$/.test(product) || !/^\w+$/.test(event)) return undefined;
  const checked = Object.hasOwn(CHECKED_PRODUCTS, product) ? CHECKED_PRODUCTS[product] : product;
  return Object.hasOwn(CHECKED_ACTIONS, event) ? CHECKED_ACTIONS[event] : `${checked}:${event}`;
}

/** The least that would allow it. */
function policyFor(missing: readonly Missing[]): Policy {
  return {
    version: '2.0',
    statement: missing.map(({ action, resources }) => ({
      effect: 'allow',
      action: [action],
      resource: resources,
    })),
  };
}
