/**
 * A resolved query and a scope → one full-text expression over the index of event_fts, bound as a single value.
 *
 * The expression finds every event that `matches` accepts, and perhaps more: the reader of a page checks each
 * event again. So only a value whose expression is exact may be excluded.
 */
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Network } from '../../shared/query/address.ts';
import type { TextMatch } from '../../shared/query/pattern.ts';
import type { ResolvedQuery, ResolvedTerm, TextKey } from '../../shared/query/query.ts';
import {
  ALL,
  escapeToken,
  FACT_KINDS,
  FAMILY,
  hashedToken,
  type Kind,
  LONG,
  NAME_KINDS,
  numberToken,
  shortToken,
  token,
} from './index-tokens.ts';
import type { Scope } from './scope.ts';

/** What to look for; `nothing` where the query contradicts itself or the scope is empty, which costs no SQL. */
export type Search = { kind: 'nothing' } | { kind: 'match'; expression: string };

/** What one value asks of the index. `anything`: the index cannot narrow it. */
type Found = { kind: 'exact' | 'wider'; expression: string } | { kind: 'anything' };

export function searchOf(query: ResolvedQuery, scope: Scope): Search {
  if (contradicts(query, scope)) return { kind: 'nothing' };
  const included = scopeExpressions(scope);
  if (included === undefined) return { kind: 'nothing' };
  const excluded: string[] = [];
  for (const term of query.terms) {
    const values = findings(term);
    if (term.negated) {
      excluded.push(...values.flatMap((value) => (value.kind === 'exact' ? [value.expression] : [])));
    } else if (!values.some(({ kind }) => kind === 'anything')) {
      included.push(anyOf(values.flatMap((value) => (value.kind === 'anything' ? [] : [value.expression]))));
    }
  }
  const wanted = included.length === 0 ? quote(ALL) : included.join(' AND ');
  const expression = excluded.length === 0 ? wanted : `(${wanted}) NOT ${anyOf(excluded)}`;
  return { kind: 'match', expression };
}

/** Fields that hold one value each: two different ones asked for at once are never found. */
const SINGLE = ['account', 'action', 'outcome'] as const;

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

function valuesOf(term: ResolvedTerm): readonly string[] {
  if (term.key === 'action' || term.key === 'outcome') return term.values;
  if (term.key !== 'account') return [];
  return term.values.map((value) => (value.kind === 'exact' ? value.text : ''));
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
const TEXT_KINDS: { [K in Exclude<TextKey, 'request' | 'account'>]: readonly Kind[] } = {
  product: [FACT_KINDS.product],
  region: [FACT_KINDS.region],
  event: [NAME_KINDS.event],
  error: [NAME_KINDS.error],
  resource: [NAME_KINDS.resourceId, NAME_KINDS.resourceName],
};

function findings(term: ResolvedTerm): Found[] {
  if (term.key === 'ip') return term.values.map(networkFound);
  if (term.key === 'request') return term.values.map(requestFound);
  if (term.key === 'account') {
    return term.values.map((value) =>
      value.kind === 'exact'
        ? exact(quote(numberToken(FACT_KINDS.account, value.text)))
        : { kind: 'anything' },
    );
  }
  if (term.key === 'action' || term.key === 'outcome') {
    const kind = FACT_KINDS[term.key];
    return term.values.map((value) => exact(quote(shortToken(kind, value))));
  }
  if (term.key === 'operator') {
    return term.values.flatMap(({ name, ids }) => [
      textFound(NAME_KINDS.operatorName, name),
      ...ids.map((id) => exact(quote(numberToken(FACT_KINDS.operator, id)))),
    ]);
  }
  const kinds = TEXT_KINDS[term.key];
  return term.values.flatMap((value) => kinds.map((kind) => textFound(kind, value)));
}

function exact(expression: string): Found {
  return { kind: 'exact', expression };
}

/** A request id is indexed by its hash, which may stand for another. */
function requestFound(value: TextMatch): Found {
  if (value.kind === 'pattern') return { kind: 'anything' };
  return { kind: 'wider', expression: quote(hashedToken(FACT_KINDS.request, value.text)) };
}

/** A text is one token; a pattern its literal start as a prefix and the three-character pieces of its parts. */
function textFound(kind: Kind, value: TextMatch): Found {
  if (value.kind === 'exact') return exact(quote(token(kind, value.text)));
  const [head = '', ...others] = value.parts;
  const prefix = head === '' ? [] : [`${quote(token(kind, head))} *`];
  if (prefix.length > 0 && others.every((part) => part === '')) return exact(prefix.join(''));
  const grams = others.flatMap(gramsOf);
  const expressions = [
    ...prefix,
    ...(grams.length === 0 ? [] : [`((${grams.join(' AND ')}) OR ${quote(LONG)})`]),
  ];
  if (expressions.length === 0) return { kind: 'anything' };
  return { kind: 'wider', expression: `(${expressions.join(' AND ')})` };
}

/** More of them than this narrow nothing further. */
const MAX_GRAMS = 24;

/** The grams of a literal text, as the view event_index makes them; none below three characters. */
function gramsOf(part: string): string[] {
  const characters = Array.from(escapeToken(part));
  return characters
    .slice(2, MAX_GRAMS + 2)
    .map((_, at) => quote(`3${bytesToHex(utf8ToBytes(characters.slice(at, at + 3).join('')))}`));
}

/** A network as the tokens of the next longer prefix that is indexed. */
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
  return exact(
    anyOf(
      Array.from({ length: 2 ** (indexed - prefix) }, (_, i) => {
        const digits = (last + i).toString(16).padStart(step / 4, '0');
        return quote(token(kind, hex.slice(0, -step / 4) + digits)) + ending;
      }),
    ),
  );
}

/** Escaped tokens hold no quotation mark. */
function quote(escaped: string): string {
  return `"${escaped}"`;
}

function anyOf(expressions: readonly string[]): string {
  return expressions.length === 1 ? expressions.join('') : `(${expressions.join(' OR ')})`;
}
