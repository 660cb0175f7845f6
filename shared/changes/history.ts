/**
 * What is known of the settings of one resource at a time: write after write, oldest first. Each piece of knowledge
 * says when it was written, and what has come since that may have changed it.
 */
import type { Json } from '../event/event.ts';
import { isList } from '../event/json.ts';
import type { Reason } from './change.ts';
import type { Setting } from './effect.ts';
import { meaningOf } from './meaning.ts';
import { sameField } from './words.ts';

/** When something was written. */
export interface Moment {
  /** Its place among the writes. */
  index: number;
  /** Unix seconds. */
  second: number;
  /** True where an earlier write of the same is of the same second. */
  tied?: boolean;
}

/** A value that was written: of a setting, or whether an entry is in it. */
interface Written<T> {
  value: T;
  at: Moment;
}

interface Known {
  setting: Setting;
  whole?: Written<Json>;
  /** Entries that were put in or taken out since, by what they mean. */
  entries: Map<string, Written<{ entry: Json; present: boolean }>>;
}

/** What was there before, with the oldest moment that this rests on; or why it is not known. */
export type Before =
  | { kind: 'known'; value: Json; at: Moment; reason?: Reason }
  | { kind: 'default' }
  | { kind: 'unknown' };

export interface History {
  settings: Map<string, Known>;
  /** The last value under a field's name, wherever in a request it stood. */
  fields: Map<string, Written<{ key: string; nested: boolean; value: Json }>>;
  /** Settings that calls of a tie wrote. */
  ties: Map<string, Set<string>>;
  /** When all that calls of a tie give was taken away, by tie and part. */
  cleared: Map<string, Moment>;
  made: Moment | undefined;
}

/** The history of a resource of which nothing is known yet. */
export function newHistory(made?: Moment): History {
  return { settings: new Map(), fields: new Map(), ties: new Map(), cleared: new Map(), made };
}

/** What tells one setting from another. */
export function keyOf({ name, of }: Setting): string {
  const path = name
    .split('.')
    .map((field) => (field.endsWith(']') ? field : sameField(field)))
    .join('.');
  return JSON.stringify([of, path]);
}

function fieldKeyOf({ name, of }: Setting): string {
  return JSON.stringify([of, name.endsWith(']') ? name : sameField(name.split('.').at(-1) ?? '')]);
}

/** What a setting was as a whole. `tie` is that of the call that asks. */
export function wholeBefore(history: History, setting: Setting, tie: string): Before {
  const key = keyOf(setting);
  const known = knownOf(history, setting, tie);
  const other = history.fields.get(fieldKeyOf(setting));
  const own = known && composed(known);
  if (other && other.value.key !== key && (other.value.nested || !setting.name.includes('.'))) {
    const isNewer = own?.kind !== 'known' || other.at.index > own.at.index;
    if (isNewer) return { kind: 'known', value: other.value.value, at: other.at, reason: 'other-name' };
  }
  return own ?? nothing(history);
}

/** Which of some entries were in a setting. */
export function entriesBefore(
  history: History,
  setting: Setting,
  { tie, values }: { tie: string; values: readonly Json[] },
): Before {
  const known = knownOf(history, setting, tie);
  if (known === undefined) return nothing(history);
  const whole = known.whole && { list: asList(known.whole.value), at: known.whole.at };
  const there = new Set(whole?.list.map((value) => meaningIn(setting, value)));
  const found = values.map((value) => {
    const meaning = meaningIn(setting, value);
    const entry = known.entries.get(meaning);
    if (entry) return { value, present: entry.value.present, at: entry.at };
    return whole && { value, present: there.has(meaning), at: whole.at };
  });
  const told = found.filter((entry) => entry !== undefined);
  const at = oldest([...told, ...known.entries.values()].map((entry) => entry.at));
  if (at === undefined) return nothing(history);
  const value = told.filter(({ present }) => present).map((entry) => entry.value);
  if (told.length < found.length) return { kind: 'known', value, at, reason: 'partly-known' };
  return { kind: 'known', value, at: oldest(told.map((entry) => entry.at)) ?? at };
}

/** The settings of one part of the resource, or of all, that calls of a tie wrote. */
export function settingsOfTie(history: History, tie: string, of: string): Setting[] {
  return [...(history.ties.get(tie) ?? [])]
    .flatMap((key) => history.settings.get(key)?.setting ?? [])
    .filter((setting) => of === '' || setting.of === of);
}

/** All that calls of a tie gave to a part of the resource, or to it as a whole, was taken away. */
export function writeCleared(history: History, tie: string, { of, at }: { of: string; at: Moment }): void {
  history.cleared.set(tieKey(tie, of), at);
}

function tieKey(tie: string, of: string): string {
  return JSON.stringify([tie, of]);
}

/** A setting has this value now. */
export function writeWhole(
  history: History,
  setting: Setting,
  { tie, value, at }: { tie: string; value: Json; at: Moment },
): void {
  const known = remember(history, setting, tie);
  const last = latest(known);
  known.whole = { value, at: after(last, at) };
  known.entries.clear();
  const nested = setting.name.includes('.');
  history.fields.set(fieldKeyOf(setting), { value: { key: keyOf(setting), nested, value }, at });
}

/** Entries are in a setting now, or no longer. */
export function writeEntries(
  history: History,
  setting: Setting,
  { tie, values, present, at }: { tie: string; values: readonly Json[]; present: boolean; at: Moment },
): void {
  const known = remember(history, setting, tie);
  for (const entry of values) {
    const meaning = meaningIn(setting, entry);
    const last = known.entries.get(meaning)?.at ?? known.whole?.at;
    known.entries.set(meaning, { value: { entry, present }, at: after(last, at) });
  }
}

/** What a setting was as a whole is not known any longer; entries stay as far as they are. */
export function forgetWhole(history: History, setting: Setting): void {
  delete history.settings.get(keyOf(setting))?.whole;
}

/** The entry as it is compared within its setting. */
export function meaningIn({ name }: Setting, entry: Json): string {
  return meaningOf([entry], name);
}

function knownOf(history: History, setting: Setting, tie: string): Known | undefined {
  const known = history.settings.get(keyOf(setting));
  const cleared = history.cleared.get(tieKey(tie, setting.of)) ?? history.cleared.get(tieKey(tie, ''));
  if (known || tie === '' || cleared === undefined) return known;
  return { setting, whole: { value: null, at: cleared }, entries: new Map() };
}

function remember(history: History, setting: Setting, tie: string): Known {
  const key = keyOf(setting);
  const known = knownOf(history, setting, tie) ?? { setting, entries: new Map() };
  history.settings.set(key, known);
  if (tie !== '') history.ties.set(tie, (history.ties.get(tie) ?? new Set()).add(key));
  return known;
}

/** A setting as a whole: what was written last, with the entries that came and went since. */
function composed({ setting, whole, entries }: Known): Before | undefined {
  const present = [...entries.values()].filter(({ value }) => value.present).map(({ value }) => value.entry);
  if (whole === undefined) {
    const at = oldest([...entries.values()].map((entry) => entry.at));
    return at && { kind: 'known', value: present, at, reason: 'partly-known' };
  }
  if (entries.size === 0) return { kind: 'known', value: whole.value, at: whole.at };
  const stayed = asList(whole.value).filter((value) => !entries.has(meaningIn(setting, value)));
  return { kind: 'known', value: [...stayed, ...present], at: whole.at };
}

function nothing({ made }: History): Before {
  return made ? { kind: 'default' } : { kind: 'unknown' };
}

/** The moment of a write that follows another. */
function after(last: Moment | undefined, at: Moment): Moment {
  return last?.second === at.second && last.index !== at.index ? { ...at, tied: true } : at;
}

function latest({ whole, entries }: Known): Moment | undefined {
  const moments = [...(whole ? [whole.at] : []), ...[...entries.values()].map((entry) => entry.at)];
  return moments.toSorted((one, other) => other.index - one.index)[0];
}

function oldest(moments: readonly Moment[]): Moment | undefined {
  return moments.toSorted((one, other) => one.index - other.index)[0];
}

function asList(value: Json): Json[] {
  if (isList(value)) return value;
  return value === null || value === '' ? [] : [value];
}
