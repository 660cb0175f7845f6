/**
 * Reads the small XML of object stores: elements and text, nothing that stands for something elsewhere. What is not
 * well-formed is undefined, so that a list that was cut off is never taken for a short one.
 */

export interface Element {
  name: string;
  children: readonly Element[];
  /** Its own text; '' where there are only elements. */
  value: string;
  /** The first child of that name. */
  first(name: string): Element | undefined;
  /** All children of that name. */
  all(name: string): Element[];
  /** Text of the first child of that name. */
  text(name: string): string | undefined;
}

interface Open {
  name: string;
  children: Element[];
  value: string;
}

/** A tag, or the text before the next one. Names are taken without their namespace's prefix. */
const TOKEN =
  /<(\/?)(?:[\w.-]+:)?([A-Za-z_][\w.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y;
const PROLOG = /^\uFEFF?\s*(?:<\?xml[^>]*\?>)?\s*/;
const MAX_DEPTH = 16;

/** Gives a document whose root can be asked for as `first`; undefined for what is no well-formed document. */
export function readXml(xml: string): Element | undefined {
  const document: Open = { name: '', children: [], value: '' };
  const open: Open[] = [document];
  TOKEN.lastIndex = PROLOG.exec(xml)?.[0].length ?? 0;
  while (TOKEN.lastIndex < xml.length) {
    const found = TOKEN.exec(xml);
    const current = open.at(-1);
    if (!found || !current) return undefined;
    const [, closing, name = '', , empty, chars] = found;
    if (chars !== undefined) {
      const said = unescape(chars);
      if (said === undefined) return undefined;
      current.value += said;
    } else if (closing === '/') {
      if (current.name !== name) return undefined;
      open.pop();
      open.at(-1)?.children.push(element(current));
    } else if (empty === '/') current.children.push(element({ name, children: [], value: '' }));
    else if (open.length > MAX_DEPTH) return undefined;
    else open.push({ name, children: [], value: '' });
  }
  const whole = open.length === 1 && document.children.length === 1 && document.value.trim() === '';
  return whole ? element(document) : undefined;
}

function element({ name, children, value }: Open): Element {
  const first = (wanted: string): Element | undefined => children.find((child) => child.name === wanted);
  return {
    name,
    children,
    value: children.length > 0 ? '' : value,
    first,
    all: (wanted) => children.filter((child) => child.name === wanted),
    text: (wanted) => first(wanted)?.value,
  };
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescape(text: string): string | undefined {
  if (!text.includes('&')) return text;
  let wrong = false;
  const plain = text.replaceAll(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));|&/g, (_, hex, decimal, name) => {
    const char = hex || decimal ? character(hex, decimal) : ENTITIES[String(name)];
    wrong ||= char === undefined;
    return char ?? '';
  });
  return wrong ? undefined : plain;
}

function character(hex: string | undefined, decimal: string | undefined): string | undefined {
  const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return point <= 0x10ffff ? String.fromCodePoint(point) : undefined;
}
