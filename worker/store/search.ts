/**
 * A resolved query and a scope → one full-text expression over the index of event_fts, bound as a single value.
 *
 * The expression finds every event that `matches` accepts, and perhaps more: the reader of a page checks each
 * event again. So only a value whose expression is exact may be excluded.
 */
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Network } from '../../shared/query/address.ts';
import type { ChoiceKey, WhoKey } from '../../shared/query/keys.ts';
import { isAnything, type TextMatch } from '../../shared/query/pattern.ts';
import type { ResolvedQuery, ResolvedTerm, TextKey, WhoMatch } from '../../shared/query/query.ts';
import {
  ALL,
  escapeToken,
  FACT_KINDS,
  FAMILY,
  hashedToken,
  type Kind,
  LISTED_KINDS,
  type ListedKind,
  LONG,
  NAME_KINDS,
  NONE,
  numberToken,
  shortToken,
  token,
} from './index-tokens.ts';
import type { Scope } from './scope.ts';

/** What to look for; `nothing` where the query contradicts itself or the scope is empty, which costs no SQL. */
export type Search =
  | { kind: 'nothing' }
  /** Each place of `listed` has the marks `{0}`, `{1}` … in the expression. */
  | { kind: 'match'; expression: string; listed: ListedSearch[] };

/** Listed values to put in a place of the expression. */
export interface ListedSearch {
  kind: ListedKind;
  /** What they begin with and hold, escaped as in tokens. */
  head: string;
  piece: string;
  /** The expression that stands for them where there are too many. */
  otherwise: string;
}

/** What one value asks of the index. `anything`: the index cannot narrow it. */
type Found =
  | Wider
  | { kind: 'exact'; expression: string }
  | { kind: 'exact' | 'wider'; listed: Omit<ListedSearch, 'otherwise'> }
  | { kind: 'anything' };
type Wider = { kind: 'wider'; expression: string };

const ANYTHING = { kind: 'anything' } as const;

export function searchOf(query: ResolvedQuery, scope: Scope): Search {
  if (contradicts(query, scope)) return { kind: 'nothing' };
  const included = scopeExpressions(scope);
  if (included === undefined) return { kind: 'nothing' };
  const excluded: string[] = [];
  const listed: ListedSearch[] = [];
  const place = (found: Found, otherwise: string): string[] => {
    if (found.kind === 'anything') return [];
    if ('expression' in found) return [found.expression];
    return [`{${listed.push({ ...found.listed, otherwise }) - 1}}`];
  };
  for (const term of query.terms) {
    const values = findings(term);
    if (term.negated) {
      const certain = values.filter(({ kind }) => kind === 'exact');
      excluded.push(...certain.flatMap((value) => place(value, quote(NONE))));
    } else if (!values.some(({ kind }) => kind === 'anything')) {
      included.push(anyOf(values.flatMap((value) => place(value, quote(ALL)))));
    }
  }
  const wanted = included.length === 0 ? quote(ALL) : included.join(' AND ');
  const expression = excluded.length === 0 ? wanted : `(${wanted}) NOT ${anyOf(excluded)}`;
  return { kind: 'match', expression, listed };
}

/** Fields that hold one value each: two different ones asked for at once are never found. */
const SINGLE = ['account', 'action', 'outcome', 'via', 'network'] as const;

function contradicts({ terms }: ResolvedQuery, { accounts }: Scope): boolean {
  return SINGLE.some((key) => {
    const of = terms.filter((term) => term.key === key);
    const wanted = of.filter(({ negated }) => !negated).map(valuesOf);
    if (key === 'account' && accounts !== '*') wanted.push(accounts);
    const [first, ...others] = wanted;
    if (first === undefined) return false;
    const unwanted = new Set(of.filter(({ negated }) => negated).flatMap(valuesOf));
    return first.every((value) => unwanted.has(value) || others.some((other) => !other.includes(value)));
  });
}

/** The values of a term about such a field; accounts have no patterns. */
function valuesOf(term: ResolvedTerm): readonly string[] {
  if (term.kind === 'choice') return term.values;
  if (term.kind !== 'text') return [];
  return term.values.flatMap((value) => (value.kind === 'exact' ? [value.text] : []));
}

/** The scope as expressions that must all hold; undefined where it holds no operator. */
function scopeExpressions({ accounts, operators }: Scope): string[] | undefined {
  if (operators !== '*') {
    const byAccount = Map.groupBy(operators, ({ account }) => account);
    if (byAccount.size === 0) return undefined;
    return [
      anyOf(
        [...byAccount].map(([account, own]) => {
          const who = own.flatMap(({ id }) => [
            quote(numberToken(FACT_KINDS.operator, id)),
            quote(numberToken(FACT_KINDS.person, id)),
          ]);
          return `(${quote(numberToken(FACT_KINDS.account, account))} AND ${anyOf(who)})`;
        }),
      ),
    ];
  }
  return accounts === '*' ? [] : [anyOf(accounts.map((id) => quote(numberToken(FACT_KINDS.account, id))))];
}

/** Where the texts that a key asks about are indexed. */
const TEXT_KINDS: { [K in Exclude<TextKey, 'account' | 'key' | 'request' | 'word'>]: readonly Kind[] } = {
  product: [FACT_KINDS.product],
  region: [FACT_KINDS.region],
  event: [LISTED_KINDS.event],
  error: [LISTED_KINDS.error],
  resource: [NAME_KINDS.resourceId, NAME_KINDS.resourceName],
  type: [FACT_KINDS.type],
  tag: [FACT_KINDS.tag],
};

/** The names that a word is looked for in. */
const WORD_KINDS: readonly Kind[] = [
  LISTED_KINDS.event,
  LISTED_KINDS.operatorName,
  NAME_KINDS.resourceId,
  NAME_KINDS.resourceName,
  LISTED_KINDS.error,
];

const CHOICE_KINDS: { [K in ChoiceKey]: Kind } = {
  action: FACT_KINDS.action,
  outcome: FACT_KINDS.outcome,
  via: FACT_KINDS.via,
  network: FACT_KINDS.network,
  source: FACT_KINDS.source,
  is: FACT_KINDS.mark,
};

interface WhoKinds {
  name: Kind;
  ids: readonly Kind[];
}

const WHO_KINDS: { [K in WhoKey]: WhoKinds } = {
  operator: { name: LISTED_KINDS.operatorName, ids: [FACT_KINDS.operator] },
  person: { name: LISTED_KINDS.personName, ids: [FACT_KINDS.person, FACT_KINDS.claimed] },
};

function findings(term: ResolvedTerm): Found[] {
  switch (term.kind) {
    case 'network':
      return term.values.map(networkFound);
    case 'choice': {
      // Marks share their first letters.
      const make = term.key === 'is' ? token : shortToken;
      return term.values.map((value) => exact(quote(make(CHOICE_KINDS[term.key], value))));
    }
    case 'who': {
      const kinds = WHO_KINDS[term.key];
      return term.values.flatMap((value) => whoFindings(kinds, value));
    }
    case 'text':
      return term.values.flatMap((value) => textFindings(term.key, value));
  }
}

function whoFindings(kinds: WhoKinds, { name, ids }: WhoMatch): Found[] {
  if (isAnything(name)) return [kinds.name, ...kinds.ids].map(presenceFound);
  const byId = kinds.ids.flatMap((kind) => ids.map((id) => exact(quote(numberToken(kind, id)))));
  return [textFound(kinds.name, name), ...byId];
}

function textFindings(key: TextKey, value: TextMatch): Found[] {
  if (key === 'word') {
    return WORD_KINDS.map((kind) => textFound(kind, value));
  }
  if (key === 'account') {
    return [wholeFound(value, (text) => exact(quote(numberToken(FACT_KINDS.account, text))))];
  }
  if (key === 'key' || key === 'request') {
    // A hash may stand for another value too.
    const hashed = (text: string) => quote(hashedToken(FACT_KINDS[key], text));
    return [wholeFound(value, (text) => ({ kind: 'wider', expression: hashed(text) }))];
  }
  return TEXT_KINDS[key].map((kind) => textFound(kind, value));
}

function exact(expression: string): Found {
  return { kind: 'exact', expression };
}

/** A value of a key that takes no patterns. */
function wholeFound(value: TextMatch, found: (text: string) => Found): Found {
  return value.kind === 'exact' ? found(value.text) : ANYTHING;
}

/** A text is one token; a pattern its literal start as a prefix and, of a name, the pieces of its other parts. */
function textFound(kind: Kind, value: TextMatch): Found {
  if (value.kind === 'exact') return exact(quote(token(kind, value.text)));
  if (isAnything(value)) return presenceFound(kind);
  const [head = '', ...others] = value.parts;
  if (isListed(kind)) return listedFound(kind, head, others);
  if (head === '') return piecesFound(kind, others);
  const prefix = `${quote(token(kind, head))} *`;
  if (others.every((part) => part === '')) return exact(prefix);
  const pieces = kind === FACT_KINDS.tag ? ANYTHING : piecesFound(kind, others);
  return pieces.kind === 'anything'
    ? { kind: 'wider', expression: prefix }
    : { kind: 'wider', expression: `(${prefix} AND ${pieces.expression})` };
}

/** Kinds that few enough events have for going through all of them. */
const FEW: ReadonlySet<Kind> = new Set([
  LISTED_KINDS.error,
  LISTED_KINDS.personName,
  FACT_KINDS.person,
  FACT_KINDS.claimed,
]);

/** Any value of a kind. */
function presenceFound(kind: Kind): Found {
  return FEW.has(kind) ? exact(`${quote(kind)} *`) : ANYTHING;
}

const LISTED: ReadonlySet<Kind> = new Set(Object.values(LISTED_KINDS));

function isListed(kind: Kind): kind is ListedKind {
  return LISTED.has(kind);
}

/** Listed values that begin with a text and hold others, the longest of which is looked for. */
function listedFound(kind: ListedKind, head: string, others: readonly string[]): Found {
  const [piece = ''] = others.toSorted((one, other) => other.length - one.length);
  const listed = { kind, head: escapeToken(head), piece: escapeToken(piece) };
  return { kind: piece === '' ? 'exact' : 'wider', listed };
}

/** Literal texts somewhere in a name of a kind. */
function piecesFound(kind: Kind, parts: readonly string[]): Wider | typeof ANYTHING {
  const grams = parts.flatMap((part) => gramsOf(kind, part));
  if (grams.length === 0) return ANYTHING;
  return { kind: 'wider', expression: `((${grams.join(' AND ')}) OR ${quote(LONG)})` };
}

/** More of them than this narrow nothing further. */
const MAX_GRAMS = 24;

/** The grams of a literal text, as the view event_index makes them; none below three characters. */
function gramsOf(kind: Kind, part: string): string[] {
  const characters = Array.from(escapeToken(part));
  return characters
    .slice(2, MAX_GRAMS + 2)
    .map((_, at) => quote(`3${kind}${bytesToHex(utf8ToBytes(characters.slice(at, at + 3).join('')))}`));
}

/**
 * A network as the tokens of the next longer prefix that is indexed. An IPv4 address may begin like an IPv6
 * address does.
 */
function networkFound({ bytes, prefix }: Network): Found {
  const [v4, bits] = [bytes.length === 4, bytes.length * 8];
  if (prefix === 0) return exact(quote(v4 ? FAMILY.v4 : FAMILY.v6));
  // IPv4 has tokens at whole octets; IPv6 addresses are searched by prefix, which can end at any hex digit.
  const step = v4 ? 8 : 4;
  const indexed = Math.ceil(prefix / step) * step;
  const kind = v4 && indexed < bits ? FACT_KINDS.prefix : FACT_KINDS.address;
  const ending = v4 || indexed === bits ? '' : ' *';
  const hex = bytesToHex(Uint8Array.from(bytes)).slice(0, indexed / 4);
  const last = Number.parseInt(hex.slice(-step / 4), 16);
  const within = anyOf(
    Array.from({ length: 2 ** (indexed - prefix) }, (_, i) => {
      const digits = (last + i).toString(16).padStart(step / 4, '0');
      return quote(token(kind, hex.slice(0, -step / 4) + digits)) + ending;
    }),
  );
  return exact(ending ? `(${within} AND ${quote(FAMILY.v6)})` : within);
}

/** Escaped tokens hold no quotation mark. */
function quote(escaped: string): string {
  return `"${escaped}"`;
}

function anyOf(expressions: readonly string[]): string {
  const different = [...new Set(expressions)];
  return different.length === 1 ? different.join('') : `(${different.join(' OR ')})`;
}
