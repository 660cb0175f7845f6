/** The hosts that serve the console; sign-in, order and gateway hosts are other pages. */
const HOSTS = new Set([
  'console.cloud.tencent.com',
  'console.tencentcloud.com',
  'console.intl.cloud.tencent.com',
]);
/** Most characters of a URL that are read. */
const MAX_URL = 8192;
/** Some products still route behind the hash: `/redis#/instance/detail?id=…`. */
const HASH_ROUTE = /^#!?(\/[^?]*)(?:\?(.*))?$/s;
/** What pages write where they have no value. */
const NO_VALUE = new Set(['', 'undefined', 'null', 'nan']);

export interface Parameter {
  /** Without case and separators: `topic_id` and `topicId` are one key. */
  key: string;
  value: string;
}

/** A console URL taken apart. All text is decoded, also where the page encoded it twice. */
export interface Address {
  segments: readonly string[];
  /** The segments in lower case: what pages are told apart by. */
  route: readonly string[];
  /** In the order of the URL; a list of several values is several parameters. */
  parameters: readonly Parameter[];
}

/** Takes a console URL apart; undefined where the URL is no page of the console's hosts over https. */
export function readAddress(text: string): Address | undefined {
  const url = URL.parse(bounded(text));
  if (url?.protocol !== 'https:' || !HOSTS.has(url.host)) return undefined;
  const [, hashPath = '', hashQuery = ''] = HASH_ROUTE.exec(url.hash) ?? [];
  const segments = `${url.pathname}${hashPath}`
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => decode(decode(segment)));
  return {
    segments,
    route: segments.map((segment) => segment.toLowerCase()),
    parameters: [...readParameters(url.search), ...readParameters(hashQuery)],
  };
}

/** Gives the parameters of a query string that have a value. */
export function readParameters(query: string): Parameter[] {
  return [...new URLSearchParams(query)].flatMap(([name, text]) => {
    const key = name.toLowerCase().replaceAll(/[_-]/g, '');
    return decode(text)
      .split(/[,;|]/)
      .map((value) => value.trim())
      .filter((value) => !NO_VALUE.has(value.toLowerCase()))
      .map((value) => ({ key, value }));
  });
}

/** Gives all values of these keys, in the order of the keys. */
export function valuesOf(parameters: readonly Parameter[], ...keys: readonly string[]): string[] {
  return keys.flatMap((wanted) => parameters.filter(({ key }) => key === wanted).map(({ value }) => value));
}

/** Cuts before the part that would be cut in two: half an id is another id. */
function bounded(text: string): string {
  if (text.length <= MAX_URL) return text;
  const end = Math.max(...['/', '?', '&', '#'].map((mark) => text.lastIndexOf(mark, MAX_URL)));
  return text.slice(0, Math.max(end, 0));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
