import { isList } from '../event/json.ts';
import type { Reason, SettingChange } from './change.ts';
import type { Effect, Effects, Target, Write } from './effect.ts';
import { effectsOf } from './effects.ts';
import {
  entriesBefore,
  forgetWhole,
  keyOf,
  newHistory,
  settingsOfTie,
  wholeBefore,
  writeCleared,
  writeEntries,
  writeWhole,
  type History,
  type Moment,
} from './history.ts';
import { told, type Limits, type State } from './sureness.ts';

/**
 * Gives for each write to a resource which of its settings it set, and what they were before; what failed set nothing.
 * `writes` are all that there are of a stretch of time, newest first, and so is what comes back.
 */
export function changesOf(writes: readonly Write[], target: Target, limits: Limits): SettingChange[][] {
  const state: State = { history: newHistory(), doubts: new Map(), limits, compares: false };
  const changes = writes
    .toReversed()
    .map((write, index) => {
      state.compares = index >= writes.length - limits.compared;
      return take(state, write, target, { index, second: write.second });
    })
    .toReversed();
  return withoutOrder(writes, changes);
}

/** Of writes of one setting in one second nobody knows which came first. */
function withoutOrder(writes: readonly Write[], changes: readonly SettingChange[][]): SettingChange[][] {
  const keys = changes.map((each, i) => each.map((change) => `${writes[i]?.second} ${keyOfChange(change)}`));
  const times = new Map<string, number>();
  for (const key of keys.flat()) times.set(key, (times.get(key) ?? 0) + 1);
  return changes.map((each, i) =>
    each.map((change, j) => {
      const alone = (times.get(keys[i]?.[j] ?? '') ?? 0) < 2;
      return alone || change.status !== 'exact'
        ? change
        : { ...change, status: 'approximate', reason: 'same-second' };
    }),
  );
}

function keyOfChange({ setting: name, of = '' }: SettingChange): string {
  return keyOf({ name, of });
}

/** Errors that a service gives before it does anything. */
const REFUSED =
  /^(?:AccessDenied|AuthFailure|DryRunOperation|Invalid|LimitExceeded|Missing|NoSuch|RequestLimitExceeded|ResourceInUse|ResourceInsufficient|ResourceNotFound|ResourcesSoldOut|Unauthorized|UnknownParameter|Unsupported)/;

function take(state: State, write: Write, target: Target, at: Moment): SettingChange[] {
  const effects = effectsOf(write, target);
  if (write.outcome !== 'ok') {
    if (mayHaveActed(write)) doubt(state, effects, { index: at.index, reason: 'failed-write' });
    return [];
  }
  if (effects.kind === 'unreadable') {
    doubt(state, effects, { index: at.index, reason: 'unreadable-write' });
    return [];
  }
  const { tie, fate } = effects;
  if (fate === 'made') state.history = newHistory(at);
  const changes = effects.effects.flatMap((effect) => apply(state, effect, tie, at));
  if (fate === 'gone') state.history = afterEnd(effects.effects, { tie, at });
  if (effects.resets) state.doubts.set('', { index: at.index, reason: 'reset-between' });
  return changes;
}

/** Whoever makes it again under the same id begins anew. */
function afterEnd(effects: readonly Effect[], { tie, at }: { tie: string; at: Moment }): History {
  const history = newHistory();
  for (const effect of effects) {
    if (effect.op === 'set') writeWhole(history, effect.setting, { tie, value: effect.value, at });
  }
  return history;
}

/** Whether a write that failed may have done something all the same. */
function mayHaveActed({ outcome, error, resources }: Write): boolean {
  if (outcome === 'denied') return false;
  return resources.length > 1 || !REFUSED.test(error?.code ?? '');
}

function doubt({ doubts }: State, effects: Effects, why: { index: number; reason: Reason }): void {
  const clears = effects.kind === 'known' && effects.effects.every(({ op }) => op !== 'clear');
  const keys =
    effects.kind === 'known' && clears ? effects.effects.map(({ setting }) => keyOf(setting)) : [''];
  for (const key of keys) doubts.set(key, why);
}

function apply(state: State, effect: Effect, tie: string, at: Moment): SettingChange[] {
  const { history } = state;
  const { setting } = effect;
  switch (effect.op) {
    case 'set': {
      const before = wholeBefore(history, setting, tie);
      const change = told(state, { effect, before, after: effect.value, at });
      writeWhole(history, setting, { tie, value: effect.value, at });
      return [change];
    }
    case 'add':
    case 'remove': {
      const { values } = effect;
      const present = effect.op === 'add';
      const before = entriesBefore(history, setting, { tie, values });
      const change = told(state, { effect, before, after: present ? values : [], at });
      writeEntries(history, setting, { tie, values, present, at });
      return [change];
    }
    case 'overwrite': {
      const { values } = effect;
      const before = entriesBefore(history, setting, { tie, values });
      const change = told(state, { effect, before, after: values, at });
      forgetWhole(history, setting);
      writeEntries(history, setting, { tie, values, present: true, at });
      state.doubts.set(keyOf(setting), { index: at.index, reason: 'partly-known' });
      return [change];
    }
    case 'clear': {
      const found = settingsOfTie(history, tie, setting.of);
      const cleared = found.length > 0 ? found : [setting];
      const changes = cleared.map((one) => {
        const before = wholeBefore(history, one, tie);
        const after = before.kind === 'known' && isList(before.value) ? [] : null;
        const change = told(state, { effect: { ...effect, setting: one }, before, after, at });
        writeWhole(history, one, { tie, value: after, at });
        return change;
      });
      writeCleared(history, tie, { of: setting.of, at });
      return changes;
    }
  }
}
