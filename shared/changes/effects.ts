import { isList, isObject, text } from '../event/json.ts';
import type { Call, Effect, Effects, Setting, Target, Write } from './effect.ts';
import { isPart, makesSeveral } from './fields.ts';
import { leavesOf, MAX_LEAVES, type Leaf } from './leaves.ts';
import { isPartOf, leavesIn, partOf } from './parts.ts';
import { endsWithKind, isMade, isSubject, kindsOf, startsWithKind } from './subject.ts';
import { resetsAll, verbOf, type Verb } from './verb.ts';
import { isIdField, kindOfField, singular } from './words.ts';

/** The setting that starting, stopping and deleting a resource sets. */
const STATE = 'State';

/**
 * Gives what a write did to a resource, or would have done had it not failed. A rehearsal does nothing, and so does a
 * write to something else that only mentions the resource.
 */
export function effectsOf(write: Write, target: Target): Effects {
  const { request, event } = write;
  if (!isObject(request) || leavesOf(request, target.id).length === MAX_LEAVES) return { kind: 'unreadable' };
  const verb = verbOf(event);
  const call: Call = { event, request, id: target.id, kinds: kindsOf(request, target) };
  const rehearsed = text(request['DryRun']).toLowerCase() === 'true';
  const isWhole = endsWithKind(verb.noun, call.kinds);
  const made = isMade(write, call, verb);
  const gone = verb.kind === 'delete' && isWhole;
  const effects = rehearsed || !isSubject(write, call, verb) ? [] : known(call, verb, { isWhole, made });
  return {
    kind: 'known',
    effects,
    tie: verb.tie,
    fate: rehearsed ? 'stays' : made ? 'made' : gone ? 'gone' : 'stays',
    resets: !rehearsed && resetsAll(event),
  };
}

function known(call: Call, verb: Verb, { isWhole, made }: { isWhole: boolean; made: boolean }): Effect[] {
  switch (verb.kind) {
    case 'create':
      return made ? creation(call) : partsMade(call, verb);
    case 'add':
      return made ? creation(call) : tied(call, 'add');
    case 'remove':
      return orClear(tied(call, 'remove'), verb, call);
    case 'delete': {
      if (isWhole) return [{ op: 'set', setting: { name: STATE, of: '' }, value: verb.state }];
      // A bucket has one policy; which of its rules a balancer lost is not said.
      const parts = tied(call, 'remove');
      return startsWithKind(verb.noun, call.kinds) ? orClear(parts, verb, call) : parts;
    }
    case 'state': {
      const name = isWhole ? STATE : verb.noun;
      const of = partOf(call, ({ field }) => isIdField(field));
      return [{ op: 'set', setting: { name, of }, value: verb.state }];
    }
    case 'renew':
      return settings(call).filter(({ setting }) => /RenewFlag|AutoRenew/.test(setting.name));
    case 'act':
      return [];
    case 'set':
      return settings(call);
  }
}

/** What a creation set at the start. */
function creation(call: Call): Effect[] {
  const several = makesSeveral(call.request);
  return leavesIn(call)
    .filter(({ field, value }) => !(several && field.endsWith('Name')) && !text(value).includes('{R:'))
    .map(({ path, value }) => ({ op: 'set', setting: { name: path, of: '' }, value }));
}

/** What was made inside of the resource: routes of a route table, rules of a security group. */
function partsMade(call: Call, { noun }: Verb): Effect[] {
  return tied(call, 'add').filter(
    ({ op, setting }) =>
      op === 'add' && singular(setting.name.split('.')[0] ?? '').startsWith(singular(noun)),
  );
}

type SetEffect = Extract<Effect, { op: 'set' | 'overwrite' }>;

function settings(call: Call): SetEffect[] {
  const all = leavesIn(call);
  const rest = all.filter((leaf) => !isPartOf(call, leaf));
  // Where nothing else is left, what looks like a part is what the call is about.
  const [told, of] = rest.length > 0 ? [rest, partOf(call, (leaf) => isPartOf(call, leaf))] : [all, ''];
  return told.map(({ path, value }) => {
    const setting = { name: path, of };
    return /^(?:Replace|ModifySingle)/.test(call.event) && isList(value) && value.some(isObject)
      ? { op: 'overwrite', setting, values: value }
      : { op: 'set', setting, value };
  });
}

/** What was tied to the resource, or untied from it. */
function tied(call: Call, op: 'add' | 'remove'): Effect[] {
  const of = partOf(call, ({ path }) => isPart(path));
  return leavesIn(call)
    .filter(({ path }) => !isPart(path))
    .flatMap((leaf): Effect[] => {
      const { path, field, value } = leaf;
      const setting: Setting = { name: path, of };
      if (path.endsWith(']')) return [{ op: 'set', setting, value: op === 'add' ? value : null }];
      if (isList(value)) return [{ op, setting, values: value }];
      // A disk, an address or an interface is attached to one instance at a time.
      if (field === 'InstanceId') return [{ op: 'set', setting, value: op === 'add' ? value : null }];
      return isMember(call, leaf) ? [{ op, setting, values: [value] }] : [];
    });
}

/** Whether a single value is what an action ties: an id, or the name of what the action is called after. */
function isMember({ event }: Call, { field, value }: Leaf): boolean {
  if (isObject(value)) return false;
  return isIdField(field) || (field.endsWith('Name') && singular(event).includes(kindOfField(field)));
}

/** An action that takes something away without naming it takes away all there was. */
function orClear(effects: Effect[], verb: Verb, call: Call): Effect[] {
  if (effects.length > 0) return effects;
  return [{ op: 'clear', setting: { name: verb.noun, of: partOf(call, ({ path }) => isPart(path)) } }];
}
