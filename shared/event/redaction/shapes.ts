/** Secrets that show themselves by their shape, whatever stands before them. */

import { quotedEnd } from './extent.ts';
import { marker } from './marker.ts';
import { redactUrls } from './urls.ts';

/** Replaces private keys, JWTs, bearer and basic credentials, and passwords in URLs and SQL. */
export function redactShapes(text: string): string {
  let out = text;
  if (out.includes('-----BEGIN')) out = redactPem(out);
  if (out.includes('eyJ')) out = redactJwt(out);
  if (/bearer |basic /i.test(out)) out = redactHeader(out);
  if (out.includes('/')) out = redactUrls(out);
  if (/identified/i.test(out)) out = redactSql(out);
  return out;
}

const PEM_BEGIN = /-----BEGIN[ +][A-Z0-9+ ]{0,40}PRIVATE[ +]KEY[A-Z+ ]{0,20}-{0,5}/g;
const PEM_END = /-----END[ +][A-Z0-9+ ]{0,80}-{0,5}/;

/** Private key blocks; one that is cut goes to the end of its string, or of the text. Certificates stay. */
function redactPem(text: string): string {
  let out = '';
  let done = 0;
  for (const { index, 0: begin } of text.matchAll(PEM_BEGIN)) {
    if (index < done) continue;
    const body = index + begin.length;
    const limit = stringEnd(text, body);
    const end = PEM_END.exec(text.slice(body, limit));
    out += text.slice(done, index) + marker('pem');
    done = end === null ? limit : body + end.index + end[0].length;
  }
  return out + text.slice(done);
}

/** Index of the next double quote, its backslashes included, or the end of the text. */
function stringEnd(text: string, from: number): number {
  const quote = text.indexOf('"', from);
  if (quote === -1) return text.length;
  let end = quote;
  while (end > from && text[end - 1] === '\\') end -= 1;
  return end;
}

/** Dotted words: the lookbehind lets each be tried once. */
const DOTTED = /(?<![\w-])[\w-]+(?:\.[\w-]*)+/g;
/** `{"` in base64, at the start of a part or after an escaped line break. */
const JWT_HEADER = /(?:^[nrt]?|[-._])eyJ[\w-]{8}/;

/** `eyJ….….…`; of one that is cut, what is left of it. */
function redactJwt(text: string): string {
  return text.replaceAll(DOTTED, (run) => {
    const header = JWT_HEADER.exec(run);
    if (header === null) return run;
    const at = run.indexOf('eyJ', header.index);
    return run.includes('.', at) ? run.slice(0, at) + marker('jwt') : run;
  });
}

const HEADER = /\b(bearer|basic)( {1,4})([\w.~+/=-]{8,})/gi;

function redactHeader(text: string): string {
  return text.replaceAll(HEADER, (whole, scheme: string, gap: string, value: string) => {
    const isWord = value.length < 20 && !/[\d_~+/=]|[a-z][A-Z]/.test(value);
    if (isWord) return whole;
    return scheme + gap + marker('authorization');
  });
}

const IDENTIFIED =
  /identified\s{1,8}(?:with\s{1,8}\S{1,64}\s{1,8})?(?:by|as)\s{1,8}(?:password\s{1,8})?(\\{0,40})(['"])/gi;

/** `CREATE USER … IDENTIFIED BY '…'`. */
function redactSql(text: string): string {
  let out = '';
  let done = 0;
  for (const { index, 0: whole, 1: slashes = '', 2: quote = '"' } of text.matchAll(IDENTIFIED)) {
    const start = index + whole.length;
    if (start < done) continue;
    out += text.slice(done, start) + marker('password');
    done = quotedEnd(text, start, quote.charCodeAt(0), slashes.length);
  }
  return out + text.slice(done);
}
