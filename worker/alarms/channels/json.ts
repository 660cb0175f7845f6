/** Requests and answers of robots: JSON, with a code that says what the status does not. */
import * as v from 'valibot';
import type { Answer, FailureKind, Outgoing, Verdict } from './channel.ts';

/** A POST of JSON. */
export function jsonRequest(url: string, body: unknown, headers: Record<string, string> = {}): Outgoing {
  return {
    url,
    headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'Sidetrail', ...headers },
    body: JSON.stringify(body),
  };
}

const CODE = v.union([v.number(), v.string()]);
const CODED = v.union([
  v.pipe(
    v.object({ errcode: CODE, errmsg: v.optional(v.string(), '') }),
    v.transform(({ errcode, errmsg }) => ({ code: errcode, text: errmsg })),
  ),
  v.pipe(
    v.object({ code: CODE, msg: v.optional(v.string(), '') }),
    v.transform(({ code, msg }) => ({ code, text: msg })),
  ),
  v.pipe(
    v.object({ StatusCode: CODE, StatusMessage: v.optional(v.string(), '') }),
    v.transform(({ StatusCode, StatusMessage }) => ({ code: StatusCode, text: StatusMessage })),
  ),
]);

/** Robots have more codes for that than they list. */
const TOO_OFTEN = /too (many|fast|frequent)|frequency/i;

/** What the code in an answer means. One that is not in the table is about the message. */
export function judgeByCode(codes: Readonly<Record<string, FailureKind>>): (answer: Answer) => Verdict {
  return ({ body }) => {
    const coded = v.safeParse(CODED, parse(body));
    if (!coded.success) return { ok: false, kind: 'server', text: `no code in its answer: ${body}` };
    const code = String(coded.output.code);
    if (code === '0') return { ok: true };
    const { text } = coded.output;
    return { ok: false, kind: codes[code] ?? (TOO_OFTEN.test(text) ? 'busy' : 'refused'), code, text };
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
