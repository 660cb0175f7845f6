/** A query in the search language of CLS, over the words that our logs have. */
import type { Network } from '../../../shared/query/address.ts';
import { isAnything, type TextMatch } from '../../../shared/query/pattern.ts';
import type { ResolvedQuery, ResolvedTerm, WhoMatch } from '../../../shared/query/query.ts';
import { addressTerm, term, TERMS, type TermKind } from './cls-terms.ts';

/** CLS takes 12 kB for a whole statement. */
const MAX_LENGTH = 10_000;

export type Said = { ok: true; text: string } | { ok: false; reason: string };

/**
 * The query as CLS has it, or why CLS cannot say it. What it finds is what `matches` finds, with the names of
 * people that were theirs when the query was resolved. '' where every event is meant.
 */
export function clsQuery({ terms, from, to }: ResolvedQuery): Said {
  if (from !== undefined || to !== undefined)
    return cannot('a condition has a window in place of from and to');
  const said = terms.map(sayTerm);
  const failed = said.find((one) => !one.ok);
  if (failed) return failed;
  const text = said.flatMap((one) => (one.ok ? [one.text] : [])).join(' AND ');
  return text.length > MAX_LENGTH ? cannot('the query is too long for CLS') : { ok: true, text };
}

function sayTerm(given: ResolvedTerm): Said {
  const values = sayValues(given);
  const failed = values.find((one) => !one.ok);
  if (failed) return failed;
  const any = values.flatMap((one) => (one.ok ? [one.text] : [])).join(' OR ');
  return { ok: true, text: given.negated ? `NOT (${any})` : `(${any})` };
}

function sayValues(given: ResolvedTerm): Said[] {
  switch (given.kind) {
    case 'text': {
      const { key } = given;
      if (key === 'word') return [cannot('a word without a key is looked for inside of names: name the key')];
      return given.values.map((value) => sayText(key, value));
    }
    case 'who':
      return given.values.flatMap((value) => sayWho(given.key, value));
    case 'choice':
      return given.values.map((value) => whole(term(given.key, value)));
    case 'network':
      return given.values.map(sayNetwork);
  }
}

function sayText(kind: TermKind, match: TextMatch): Said {
  if (match.kind === 'exact') return whole(term(kind, match.text));
  const [head = '', tail, ...more] = match.parts;
  if (tail !== '' || more.length > 0) return cannot(`${kind}: CLS finds a * at the end of a value only`);
  return begun(term(kind, head));
}

function sayWho(key: 'operator' | 'person', { name, ids }: WhoMatch): Said[] {
  const idKind: TermKind = `${key}id`;
  if (isAnything(name)) return [begun(term(key, '')), begun(term(idKind, ''))];
  return [sayText(key, name), ...ids.map((id) => whole(term(idKind, id)))];
}

/** Words of addresses are cut at whole bytes (IPv4) or hex digits (IPv6). */
function sayNetwork({ bytes, prefix, text }: Network): Said {
  const isV4 = bytes.length === 4;
  if (prefix === bytes.length * 8) return whole(addressTerm(bytes, isV4));
  if (prefix % (isV4 ? 8 : 4) !== 0) {
    return cannot(`ip:${text}: CLS finds networks of /8, /16 and /24, in IPv6 of a multiple of 4`);
  }
  if (!isV4) return begun(addressTerm(bytes, false).slice(0, 'ip6_'.length + prefix / 4));
  const head = addressTerm(bytes.slice(0, prefix / 8), true);
  return begun(prefix === 0 ? head : `${head}.`);
}

function whole(word: string): Said {
  return { ok: true, text: `${TERMS}:"${word}"` };
}

/** A star stands for nothing only outside of quotes. The words have no other character with a meaning of its own. */
function begun(word: string): Said {
  return { ok: true, text: `${TERMS}:${word}*` };
}

function cannot(reason: string): Said {
  return { ok: false, reason };
}
