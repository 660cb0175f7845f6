/** What the name of a field, parameter, variable or header says about its value. */

import type { Kind } from './marker.ts';
import { ENDINGS, NAMING, OPEN_TOKENS, PUBLIC, TAIL, VALUED, WHOLE_NAMES } from './names.ts';

export interface KeyFacts {
  /** Kind of secret that the field itself names. */
  own?: Kind;
  /** Kind of secret that an outer part of a dotted name names: `Credentials.Foo`. */
  inherited?: Kind;
  /** The field stays readable inside something secret: ids, names, times, states. */
  isPublic: boolean;
  /** What the field does in a pair such as `{ Key: 'password', Value: '…' }`. */
  pair?: 'name' | 'value';
  /** Tells flattened pairs apart: `Env.0.` of `Env.0.Key`. */
  group: string;
  /** The field of a record that holds the service's answer, dotted forms included. */
  isResponse: boolean;
  /** The field that holds a script, in records of Cloud Assistant. */
  isContent: boolean;
  /** The error in a response: code and message, nothing handed out. */
  isError: boolean;
  /** Settings for signing in, a password among them. */
  isLoginSettings: boolean;
}

const LONGEST = 100;
const REMEMBERED = 4096;
const known = new Map<string, KeyFacts>();

/** Gives what a name says, in any case and with any separators. Of a very long name only the end is read. */
export function readKey(key: string): KeyFacts {
  const name = key.length > LONGEST ? key.slice(-LONGEST) : key;
  // Records repeat a few hundred names; reading them afresh would be most of what a record costs.
  const remembered = known.get(name);
  if (remembered !== undefined) return remembered;
  const facts = factsOf(name);
  if (known.size >= REMEMBERED) known.clear();
  known.set(name, facts);
  return facts;
}

const NAME = /^[\w.$-]{2,64}$/;

/** Gives the kind of secret that a name given as a value (`Key: 'password'`) stands for, or undefined. */
export function kindOfNamed(name: string): Kind | undefined {
  return NAME.test(name) ? readKey(name).own : undefined;
}

function factsOf(name: string): KeyFacts {
  const parts = name.split('.').map(fold);
  const last = parts.at(-1) ?? '';
  const isPublic = PUBLIC.test(last);
  const own = kindOf(last);
  const inherited = own === undefined && !isPublic ? parts.map(kindOf).find(Boolean) : undefined;
  const pair = NAMING.has(last) ? 'name' : VALUED.has(last) ? 'value' : undefined;
  return {
    ...(own && { own }),
    ...(inherited && { inherited }),
    ...(pair && { pair }),
    isPublic,
    group: name.slice(0, name.lastIndexOf('.') + 1),
    isResponse: parts.some((part) => RESPONSES.has(part)),
    isContent: last === 'content',
    isError: last === 'error',
    isLoginSettings: last === 'loginsettings',
  };
}

/** The documentation calls the response `requestElements`, records call it `responseElements`. */
const RESPONSES: ReadonlySet<string> = new Set(['responseelements', 'requestelements', 'response']);

function kindOf(name: string): Kind | undefined {
  if (OPEN_TOKENS.test(name)) return undefined;
  return listed(name) ?? listed(name.replace(TAIL, ''));
}

function listed(name: string): Kind | undefined {
  for (const [kind, names] of WHOLE_NAMES) if (names.includes(name)) return kind;
  for (const [kind, endings] of ENDINGS) if (endings.some((ending) => name.endsWith(ending))) return kind;
  return undefined;
}

function fold(part: string): string {
  return part.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
