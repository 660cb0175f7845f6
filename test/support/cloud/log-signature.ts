import { createHash, createHmac } from 'node:crypto';
import { constantTimeEqual } from './equal.ts';
import type { SignedRequest } from './tc3.ts';

/** The parts of the `Authorization` text of uploads. */
export interface LogAuthorization {
  secretId: string;
  /** Unix s; the signature is good from the one to the other. */
  from: number;
  until: number;
  keyTime: string;
  headers: readonly string[];
  parameters: readonly string[];
  signature: string;
}

const NAMES = [
  'q-sign-algorithm',
  'q-ak',
  'q-sign-time',
  'q-key-time',
  'q-header-list',
  'q-url-param-list',
  'q-signature',
] as const;

/** Reads the text; undefined where its form is wrong. */
export function readLogAuthorization(text: string): LogAuthorization | undefined {
  const pairs = text.split('&').map((part) => part.split(/=(.*)/s).slice(0, 2));
  const given = new Map(pairs.map(([name = '', value = '']) => [name, value]));
  const isWhole = pairs.length === NAMES.length && NAMES.every((name) => given.has(name));
  const keyTime = given.get('q-key-time') ?? '';
  const [, from, until] = /^(\d{1,11});(\d{1,11})$/.exec(keyTime) ?? [];
  const [headers, parameters] = [names(given.get('q-header-list')), names(given.get('q-url-param-list'))];
  const isGood =
    isWhole &&
    given.get('q-sign-algorithm') === 'sha1' &&
    given.get('q-sign-time') === keyTime &&
    /^[0-9a-f]{40}$/.test(given.get('q-signature') ?? '');
  if (!isGood || !from || !until || !headers || !parameters) return undefined;
  return {
    secretId: given.get('q-ak') ?? '',
    from: Number(from),
    until: Number(until),
    keyTime,
    headers,
    parameters,
    signature: given.get('q-signature') ?? '',
  };
}

/** The names of a list: lower case and sorted, or undefined. */
function names(text = ''): readonly string[] | undefined {
  const list = text === '' ? [] : text.split(';');
  return list.join(';') ===
    list
      .map((name) => name.toLowerCase())
      .toSorted()
      .join(';')
    ? list
    : undefined;
}

/** Whether a request has the signature that the specification gives it. */
export function isLogSigned(secretKey: string, request: SignedRequest, given: LogAuthorization): boolean {
  const url = new URL(request.url, 'http://host');
  const sent = new Map([...url.searchParams].map(([name, value]) => [name.toLowerCase(), value]));
  const info = [
    request.method.toLowerCase(),
    url.pathname,
    given.parameters.map((name) => pair(name, sent.get(name))).join('&'),
    given.headers.map((name) => pair(name, request.headers[name])).join('&'),
    '',
  ].join('\n');
  const text = `sha1\n${given.keyTime}\n${createHash('sha1').update(info).digest('hex')}\n`;
  const key = createHmac('sha1', secretKey).update(given.keyTime).digest('hex');
  return constantTimeEqual(createHmac('sha1', key).update(text).digest('hex'), given.signature);
}

function pair(name: string, value = ''): string {
  return `${encode(name)}=${encode(value)}`;
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
