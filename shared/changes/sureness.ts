/** How sure it is what a setting was before a write. */
import type { Json } from '../event/event.ts';
import { isList, isObject } from '../event/json.ts';
import type { Reason, SettingChange } from './change.ts';
import { differencesOf } from './difference.ts';
import { documentIn } from './document.ts';
import type { Effect } from './effect.ts';
import { keyOf, type Before, type History, type Moment } from './history.ts';
import { hasSecret, meaningOf } from './meaning.ts';

/** What may be missing from the writes, and how many of them are told in full. */
export interface Limits {
  /** Stretches of which events are missing, unix seconds. */
  gaps: readonly { from: number; to: number }[];
  /** True where older writes were not read. */
  bounded: boolean;
  /** True where the caller sees only some operators. */
  hidden: boolean;
  /** So many of the newest are compared with what was before; the others only tell what it was. */
  compared: number;
}

/** What is known while one write after the other is taken in. */
export interface State {
  history: History;
  /** By setting, and under '' for all of them: the last write that may have changed it unseen. */
  doubts: Map<string, { index: number; reason: Reason }>;
  limits: Limits;
  /** Whether the present write is compared. */
  compares: boolean;
}

/** A write of a setting. */
interface Rewrite {
  effect: Effect;
  before: Before;
  after: Json;
  at: Moment;
}

/** How a write changed a setting, with how sure that is. */
export function told(state: State, { effect, before, after, at }: Rewrite): SettingChange {
  const { setting, op } = effect;
  const head = {
    setting: setting.name,
    ...(setting.of === '' ? {} : { of: setting.of }),
  };
  const part = op === 'set' || op === 'clear' ? {} : { part: true as const };
  if (before.kind === 'unknown') {
    return { ...head, after: shown(after), status: 'unavailable', reason: whyUnknown(state.limits), ...part };
  }
  const value = before.kind === 'default' ? (op === 'set' || op === 'clear' ? null : []) : before.value;
  const reason = reasonOf(state, { effect, before, after, at });
  const comparable = state.compares && !hasSecret(value) && !hasSecret(after);
  const same = comparable && meaningOf(value, setting.name) === meaningOf(after, setting.name);
  return {
    ...head,
    before: shown(value),
    after: shown(after),
    status: reason === undefined ? 'exact' : 'approximate',
    ...(reason === undefined ? {} : { reason }),
    ...part,
    ...(same ? { unchanged: true as const } : {}),
    ...(comparable && !same ? differencesIn(value, after, setting.name) : {}),
  };
}

function whyUnknown({ bounded, hidden }: Limits): Reason {
  if (bounded) return 'history-bound';
  return hidden ? 'hidden-events' : 'nothing-earlier';
}

/** Documents are shown as what they hold. */
function shown(value: Json): Json {
  return documentIn(value) ?? value;
}

function differencesIn(before: Json, after: Json, field: string): Pick<SettingChange, 'differences'> {
  if (!isStructure(shown(before)) && !isStructure(shown(after))) return {};
  const [one, other] = isList(before) || isList(after) ? [before ?? [], after ?? []] : [before, after];
  if (one === null || other === null) return {};
  return { differences: differencesOf(one, other, field) };
}

function isStructure(value: Json): boolean {
  return isList(value) || isObject(value);
}

/** Why what was before is not sure; undefined where it is. */
function reasonOf({ doubts, limits }: State, { effect, before, after, at }: Rewrite): Reason | undefined {
  if (before.kind !== 'known') return 'default';
  if (hasSecret(before.value) || hasSecret(after)) return 'redacted';
  if (before.reason !== undefined) return before.reason;
  const since = before.at;
  if (since.tied === true || since.second === at.second) return 'same-second';
  if (limits.gaps.some(({ from, to }) => from < at.second && to > since.second)) return 'gap';
  const between = [doubts.get(''), doubts.get(keyOf(effect.setting))].find(
    (one) => one !== undefined && one.index > since.index,
  );
  if (between) return between.reason;
  return limits.hidden ? 'hidden-events' : undefined;
}
