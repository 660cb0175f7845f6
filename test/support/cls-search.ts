/** As much of the search of CLS as policies of ours use, over the fields of a log: a reader of its own, for tests. */

/** What CLS splits texts at unless told otherwise. */
const DELIMITERS = /[@&?|#()='",;:<>[\]{}/ \n\t\r\\]+/;
const TOKEN = /\s*(?:(AND|OR|NOT)\b|([()])|(\w+):(?:"([^"]*)"|([^\s()"*?]+)(\*?)))/y;

interface Word {
  field: string;
  text: string;
  isBeginning: boolean;
}
type Sign = 'AND' | 'OR' | 'NOT' | '(' | ')';

/** Whether a log is found. Throws for what is no search. */
export function isFound(search: string, fields: Readonly<Record<string, string>>): boolean {
  const tokens = read(search);
  let at = 0;
  const either = (): boolean => {
    let found = both();
    while (tokens[at] === 'OR') {
      at += 1;
      const other = both();
      found ||= other;
    }
    return found;
  };
  const both = (): boolean => {
    let found = one();
    while (tokens[at] === 'AND') {
      at += 1;
      const other = one();
      found &&= other;
    }
    return found;
  };
  const one = (): boolean => {
    const token = tokens[at];
    at += 1;
    if (token === 'NOT') return !one();
    if (token === '(') {
      const found = either();
      if (tokens[at] !== ')') throw new Error('no )');
      at += 1;
      return found;
    }
    if (token === undefined || typeof token === 'string') throw new Error('a word was expected');
    return hasWord(token, fields);
  };
  const found = either();
  if (at !== tokens.length) throw new Error('more than one search');
  return found;
}

function read(search: string): (Sign | Word)[] {
  const tokens: (Sign | Word)[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < search.length) {
    const match = TOKEN.exec(search);
    if (!match) throw new Error(`not a search: ${search}`);
    const [, operator, bracket, field, quoted, plain, star] = match;
    const sign = operator ?? bracket;
    if (sign === 'AND' || sign === 'OR' || sign === 'NOT' || sign === '(' || sign === ')') tokens.push(sign);
    else tokens.push({ field: field ?? '', text: quoted ?? plain ?? '', isBeginning: star === '*' });
  }
  return tokens;
}

function hasWord({ field, text, isBeginning }: Word, fields: Readonly<Record<string, string>>): boolean {
  if (DELIMITERS.test(text)) throw new Error(`more than one word: ${text}`);
  const wanted = text.toLowerCase();
  return (fields[field] ?? '')
    .split(DELIMITERS)
    .map((word) => word.toLowerCase())
    .some((word) => word !== '' && (isBeginning ? word.startsWith(wanted) : word === wanted));
}
