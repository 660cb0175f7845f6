/** Sensitive rules: those of the code with what an admin decided about them, and those that an admin made. */
import * as v from 'valibot';
import { MAX_RULES, MAX_RULES_TEXT, rule as ruleSchema, type Rule } from '../../shared/api/rules.ts';
import { SENSITIVE, type ShippedRule } from '../../shared/catalogue/sensitive.ts';
import { readRuleQuery } from '../../shared/classify/rule-query.ts';
import { fromJson, int, maybeInt, maybeText, rows, run, text, type Row, type Store } from './meter.ts';

const { name, severity } = ruleSchema.entries;

/** The statements whose results `readRules` reads. */
export function rulesOf({ db }: Store): [D1PreparedStatement, D1PreparedStatement] {
  return [db.prepare(`SELECT * FROM shipped_rule`), db.prepare(`SELECT * FROM rule ORDER BY id`)];
}

/** Every rule: the shipped ones first, in their order. */
export function readRules(shipped: D1Result | undefined, own: D1Result | undefined): Rule[] {
  const choices = new Map(rows(shipped, readChoice).map((choice) => [choice.id, choice]));
  return [...SENSITIVE.map((rule) => shippedRule(rule, choices.get(rule.id))), ...rows(own, readRule)];
}

interface Choice {
  id: string;
  severity?: Rule['severity'];
  on?: boolean;
}

function readChoice(row: Row): Choice {
  const [chosen, active] = [maybeText(row, 'severity'), maybeInt(row, 'active')];
  return {
    id: text(row, 'id'),
    ...(chosen === undefined ? {} : { severity: v.parse(severity, chosen) }),
    ...(active === undefined ? {} : { on: active === 1 }),
  };
}

function shippedRule(rule: ShippedRule, choice: Omit<Choice, 'id'> = {}): Rule {
  return { ...rule, shipped: true, ...choice };
}

/** A rule that an admin made. One whose query cannot be read any more is off, and says why. */
function readRule(row: Row): Rule {
  const query = text(row, 'query');
  const read = readRuleQuery(query);
  return {
    id: text(row, 'id'),
    name: fromJson(row, 'name', name),
    query,
    severity: v.parse(severity, row['severity']),
    on: read.ok && int(row, 'active') === 1,
    shipped: false,
    ...(read.ok
      ? {}
      : { problem: { message: read.error.message, at: read.error.at, length: read.error.length } }),
  };
}

/** One rule, shipped or not. */
export async function findRule(store: Store, id: string): Promise<Rule | undefined> {
  const [shipped, own] = await run(store, rulesOf(store));
  return readRules(shipped, own).find((rule) => rule.id === id);
}

/** What an admin makes of a rule. */
export type OwnRule = Pick<Rule, 'id' | 'name' | 'query' | 'severity' | 'on'>;

/** `full`: there are as many rules, or queries as long, as every event may be asked. */
export type Added = 'added' | 'taken' | 'full';

export async function addRule(store: Store, rule: OwnRule): Promise<Added> {
  const { db } = store;
  const [known, added] = await run(store, [
    db.prepare(KNOWN).bind(rule.id),
    db.prepare(INSERT).bind(rule.id, JSON.stringify(rule.name), rule.query, rule.severity, Number(rule.on)),
  ]);
  if (known?.results.length !== 0) return 'taken';
  return added?.results.length === 1 ? 'added' : 'full';
}

/** What of a rule an admin changes; the rest stays as it is, whoever changes that meanwhile. */
export type RuleChange = { [K in Exclude<keyof OwnRule, 'id'>]?: OwnRule[K] | undefined };

/** Changes a rule that an admin made; gives it as it is then. */
export async function changeRule(
  store: Store,
  id: string,
  { name: given, query, severity: level, on }: RuleChange,
): Promise<Rule | 'missing' | 'full'> {
  const { db } = store;
  const [known, changed] = await run(store, [
    db.prepare(KNOWN).bind(id),
    db
      .prepare(UPDATE)
      .bind(
        id,
        given === undefined ? null : JSON.stringify(given),
        query ?? null,
        level ?? null,
        on === undefined ? null : Number(on),
      ),
  ]);
  const [rule] = rows(changed, readRule);
  return rule ?? (known?.results.length === 0 ? 'missing' : 'full');
}

/** Keeps what an admin decided about a shipped rule. */
export async function chooseForRule(
  store: Store,
  id: string,
  { severity: level, on }: Pick<RuleChange, 'severity' | 'on'>,
): Promise<void> {
  await run(store, [store.db.prepare(CHOOSE).bind(id, level ?? null, on === undefined ? null : Number(on))]);
}

/** Removes a rule that an admin made; false where there is none. */
export async function removeRule(store: Store, id: string): Promise<boolean> {
  const [removed] = await run(store, [
    store.db.prepare(`DELETE FROM rule WHERE id = ?1 RETURNING id`).bind(id),
  ]);
  return removed?.results.length === 1;
}

const KNOWN = `SELECT id FROM rule WHERE id = ?1`;

/** Room for one more query: a bound on what one event may be asked, whoever adds rules at once. */
const ROOM = (query: string): string => `
  (SELECT coalesce(sum(length(query)), 0) FROM rule WHERE id <> ?1) + length(${query}) <= ${MAX_RULES_TEXT}`;

const INSERT = `
  INSERT INTO rule (id, name, query, severity, active) SELECT ?1, ?2, ?3, ?4, ?5
  WHERE (SELECT count(*) FROM rule) < ${MAX_RULES} AND ${ROOM('?3')}
  ON CONFLICT (id) DO NOTHING RETURNING id`;

const UPDATE = `
  UPDATE rule SET name = coalesce(?2, name), query = coalesce(?3, query), severity = coalesce(?4, severity),
    active = coalesce(?5, active)
  WHERE id = ?1 AND ${ROOM('coalesce(?3, query)')} RETURNING *`;

const CHOOSE = `
  INSERT INTO shipped_rule (id, severity, active) VALUES (?1, ?2, ?3)
  ON CONFLICT (id) DO UPDATE SET severity = coalesce(?2, severity), active = coalesce(?3, active)`;
