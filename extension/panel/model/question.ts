/** From what is chosen in a view to the query that is asked. */
import { literal } from '../../../shared/query/pattern.ts';
import { printQuery } from '../../../shared/query/print.ts';
import { parseQuery } from '../../../shared/query/parse.ts';
import { type FieldTerm, isRangeTerm, type Term } from '../../../shared/query/query.ts';
import { resolveQuery } from '../../../shared/query/resolve.ts';
import type { ListQuestion, PageBeside } from '../../protocol/panel.ts';
import { type Preset, rangeOf } from './presets.ts';

/** What is chosen in one view. */
export interface Choices {
  preset: Preset;
  writesOnly: boolean;
  /** Of the filter box. */
  terms: readonly Term[];
}

/** Reads are taken out, rather than writes asked for: of some events it is unknown which they are. */
const WRITES_ONLY: FieldTerm = { key: 'action', negated: true, values: ['read'] };

/** Whether the preset counts: the filter has no time of its own. */
export function isPresetUsed({ terms }: Pick<Choices, 'terms'>): boolean {
  return !terms.some(isRangeTerm);
}

/** Whether "writes only" counts: the filter does not choose between reads and writes itself. */
export function isWritesOnlyUsed({ terms }: Pick<Choices, 'terms'>): boolean {
  return !terms.some(({ key }) => key === 'action');
}

/** The whole query as text, and which of its terms are the filter's: the last ones. */
export function queryOf(base: readonly Term[], choices: Choices, today: string): string {
  const { preset, writesOnly, terms } = choices;
  return printQuery({
    terms: [
      ...base,
      ...(isPresetUsed(choices) ? [rangeOf(preset, today)] : []),
      ...(writesOnly && isWritesOnlyUsed(choices) ? [WRITES_ONLY] : []),
      ...terms,
    ],
  });
}

/** The one resource that a console page is about; undefined where it is about several, or none. */
export function resourceOfPage({
  resources,
  isDetail,
}: PageBeside): PageBeside['resources'][number] | undefined {
  return isDetail || resources.length === 1 ? resources[0] : undefined;
}

/** Ids of the resources that a console page is about: of a detail page just the one. */
export function resourcesOfPage({ resources, isDetail }: PageBeside): string[] {
  return (isDetail ? resources.slice(0, 1) : resources).map(({ id }) => id);
}

/** What a console page is about, as terms: its resource or resources, else product and region. */
export function termsOfPage(page: PageBeside): FieldTerm[] {
  const { products, region } = page;
  const about = resourcesOfPage(page);
  if (about.length > 0) return [termOf('resource', about)];
  return [
    ...(products.length > 0 ? [termOf('product', products)] : []),
    ...(region === undefined ? [] : [termOf('region', [region])]),
  ];
}

function termOf(key: FieldTerm['key'], values: readonly string[]): FieldTerm {
  return { key, negated: false, values: values.map(literal) };
}

/** Terms with further ones: a time takes the place of one that is there, for a query has at most one of each. */
export function withTerms(terms: readonly Term[], more: readonly Term[]): Term[] {
  const replaced = new Set(more.filter(isRangeTerm).map(({ key }) => key));
  return [...terms.filter((term) => !(isRangeTerm(term) && replaced.has(term.key))), ...more];
}

/** What the times in a question mean at a time (ms): unix seconds. */
export function rangeIn(question: ListQuestion | null, now: number): { from?: number; to?: number } {
  const parsed = parseQuery(question?.q ?? '');
  if (!parsed.ok || !question) return {};
  const terms = parsed.query.terms.filter(isRangeTerm);
  const resolved = resolveQuery({ terms }, { now, tz: question.tz, names: new Map() });
  if (!resolved.ok) return {};
  const { from, to } = resolved.query;
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}
