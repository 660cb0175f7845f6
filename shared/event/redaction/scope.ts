/** What a record's action says about its fields, beyond what their names say. */

import type { JsonObject } from '../json.ts';
import { CARRIES_COMMAND, HANDS_OUT_CREDENTIALS } from './actions.ts';
import type { KeyFacts } from './keys.ts';
import type { Kind } from './marker.ts';

export interface Scope {
  /** `Content` is a script. */
  carriesCommand: boolean;
  /** The response holds credentials, whatever its fields are called. */
  handsOut: boolean;
  /** Inside something secret: every value but the public ones is of this kind. */
  inside?: Kind | undefined;
}

export const NO_SCOPE: Scope = { carriesCommand: false, handsOut: false };

/** Gives the scope inside an object: a record's own, by its event name, else that of what holds it. */
export function scopeOfObject(object: JsonObject, outer: Scope): Scope {
  const name = object['eventName'] ?? object['EventName'];
  if (typeof name === 'string') return { ...outer, ...scopeOfAction(name) };
  const isCommand = 'Content' in object && COMMAND_FIELDS.some((field) => field in object);
  return isCommand && !outer.carriesCommand ? { ...outer, carriesCommand: true } : outer;
}

/** What stands beside `Content` in a command of Cloud Assistant, and nowhere else. */
const COMMAND_FIELDS = ['CommandType', 'CommandName', 'CommandId', 'WorkingDirectory'];

const EVENT_NAME = /event_?name(?:[\\"'\s]{1,80}[:=][\\"'\s]{0,80}|=)(\w{1,64})/gi;

/** Gives the scope of a text that does not parse, by every event name in it and by the fields of a command. */
export function scopeOfText(text: string, outer: Scope): Scope {
  const isRecord = /event_?name/i.test(text);
  const isCommand = text.includes('Content') && COMMAND_FIELDS.some((field) => text.includes(field));
  if (!isRecord && !isCommand) return outer;
  let { carriesCommand, handsOut } = outer;
  carriesCommand ||= isCommand;
  for (const [, name = ''] of text.matchAll(EVENT_NAME)) {
    const scope = scopeOfAction(name);
    carriesCommand ||= scope.carriesCommand;
    handsOut ||= scope.handsOut;
  }
  return { ...outer, carriesCommand, handsOut };
}

/** Gives the kind of secret that a field holds in this scope only, or undefined. */
export function kindInScope(facts: KeyFacts, scope: Scope): Kind | undefined {
  if (scope.carriesCommand && facts.isContent) return 'command';
  return scope.handsOut && facts.isResponse && !facts.isPublic ? 'credential' : undefined;
}

function scopeOfAction(name: string): Scope {
  return { carriesCommand: CARRIES_COMMAND.has(name), handsOut: HANDS_OUT_CREDENTIALS.has(name) };
}
