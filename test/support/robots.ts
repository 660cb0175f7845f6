/**
 * Chat robots and a signed webhook as their makers describe them: they check signatures and forms, take no more than their
 * rate, and say no as those do, mostly with a status of success.
 */
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { listen } from './cloud/listen.ts';
import { readRequest } from './cloud/request.ts';

export const ROBOT_KEYS = {
  wecom: '6b0f1f0e-0000-4000-8000-00000000c0de',
  dingtalk: 'f0e1d2c3b4a5968778695a4b3c2d1e0f',
  feishu: '6b0f1f0e-0000-4000-8000-0000000f3154',
  slack: 'T00000000/B00000000/XXXXmadeupXXXXmadeup',
  webhook: 'a-path-that-nobody-guesses',
};
export const ROBOT_SECRETS = {
  dingtalk: 'SECmadeup0000000000000000000000000000000000000000000000000000',
  feishu: 'madeupmadeupmadeup0000',
  webhook: `whsec_${Buffer.alloc(32, 9).toString('base64')}`,
};

export type RobotKind = keyof typeof ROBOT_KEYS;

const SECRETS = new Map<string, string>(Object.entries(ROBOT_SECRETS));

/** The secret of a robot, as a channel has it; nothing where it has none. */
export function robotSecret(kind: RobotKind): { secret?: string } {
  const secret = SECRETS.get(kind);
  return secret === undefined ? {} : { secret };
}

/** A message that a robot took. */
export interface Taken {
  kind: RobotKind;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into messages of every form
  json: any;
  headers: Readonly<Record<string, string>>;
  /** Unix ms. */
  at: number;
}

interface Said {
  status?: number;
  body: string;
  headers?: Record<string, string>;
}

export interface Robots {
  host: string;
  /** The address of each, as its maker would give it. */
  urls: Readonly<Record<RobotKind, string>>;
  taken: Taken[];
  /** What was not taken, with the answer. */
  refused: { kind: RobotKind; body: string }[];
  /** What a robot answers whatever it gets, until it is removed. */
  forced: Map<RobotKind, Said | 'hang'>;
  /** Calls that got no answer, by whom they were for. */
  unanswered: RobotKind[];
  close(): Promise<void>;
}

interface Call {
  url: URL;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into messages of every form
  json: any;
  body: string;
  headers: Readonly<Record<string, string>>;
  /** When this robot took messages, unix ms. */
  before: readonly number[];
  now: number;
}

const code = (errcode: number, errmsg: string): Said => ({ body: JSON.stringify({ errcode, errmsg }) });
const larkCode = (number: number, msg: string): Said => ({ body: JSON.stringify({ code: number, msg }) });
const within = ({ before, now }: Call, ms: number): number => before.filter((at) => now - at < ms).length;
const hmac = (key: string | Buffer, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64');

/** What each says no with; nothing where it takes the message. */
const REFUSE: Readonly<Record<RobotKind, (call: Call) => Said | undefined>> = {
  wecom(call) {
    const { url, json } = call;
    if (url.searchParams.get('key') !== ROBOT_KEYS.wecom) return code(93000, 'invalid webhook url');
    if (within(call, 60_000) >= 20) return code(45009, 'api freq out of limit');
    if (json?.msgtype !== 'text') return code(40008, 'invalid message type');
    if (typeof json.text?.content !== 'string' || json.text.content === '')
      return code(44004, 'empty content');
    return Buffer.byteLength(json.text.content) > 2048 ? code(40058, 'content too long') : undefined;
  },
  dingtalk(call) {
    const { url, json, body, now } = call;
    const [time, sign] = [url.searchParams.get('timestamp'), url.searchParams.get('sign')];
    if (url.searchParams.get('access_token') !== ROBOT_KEYS.dingtalk)
      return code(300005, 'token is not exist');
    const expected = hmac(ROBOT_SECRETS.dingtalk, `${time}\n${ROBOT_SECRETS.dingtalk}`);
    if (Math.abs(now - Number(time)) > 3_600_000) return code(310000, 'invalid timestamp');
    if (sign !== expected) return code(310000, 'sign not match');
    if (within(call, 60_000) >= 20) return code(130101, 'send too fast, exceed 20 times per minute');
    if (json?.msgtype !== 'text' || !json.text?.content) return code(400105, 'unsupported message type');
    return Buffer.byteLength(body) > 20_000 ? code(460101, 'message too long') : undefined;
  },
  feishu(call) {
    const { json, body, now } = call;
    const { timestamp } = json ?? {};
    const expected = hmac(`${timestamp}\n${ROBOT_SECRETS.feishu}`, '');
    if (json?.sign !== expected || Math.abs(now / 1000 - Number(timestamp)) > 3600) {
      return larkCode(19021, 'sign match fail or timestamp is not within one hour from current time');
    }
    if (within(call, 1000) >= 5 || within(call, 60_000) >= 100) return larkCode(11232, 'frequency limited');
    const isPost = json.msg_type === 'post' && Array.isArray(json.content?.post?.zh_cn?.content);
    if (!isPost) return larkCode(19002, 'params error, msg_type need');
    return Buffer.byteLength(body) > 20 * 1024 ? larkCode(19036, 'message too large') : undefined;
  },
  slack(call) {
    const { json } = call;
    if (within(call, 950) >= 1) {
      return { status: 429, body: 'rate_limited', headers: { 'retry-after': '1' } };
    }
    if (typeof json?.text !== 'string' || json.text === '') return { status: 400, body: 'no_text' };
    const texts: string[] = (json.blocks ?? []).map((block: { text: { text: string } }) => block.text.text);
    return texts.some((text) => text.length === 0 || text.length > 3000)
      ? { status: 400, body: 'invalid_blocks' }
      : undefined;
  },
  webhook({ body, headers }) {
    const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature } = headers;
    const key = Buffer.from(ROBOT_SECRETS.webhook.slice(6), 'base64');
    const isSigned = signature === `v1,${hmac(key, `${id}.${time}.${body}`)}` && id !== undefined;
    return isSigned ? undefined : { status: 401, body: 'signature' };
  },
};

const OK: Readonly<Record<RobotKind, Said>> = {
  wecom: code(0, 'ok'),
  dingtalk: code(0, 'ok'),
  feishu: {
    body: JSON.stringify({ StatusCode: 0, StatusMessage: 'success', code: 0, data: {}, msg: 'success' }),
  },
  slack: { body: 'ok' },
  webhook: { status: 204, body: '' },
};

const PATHS: Readonly<Record<RobotKind, string>> = {
  wecom: `/cgi-bin/webhook/send?key=${ROBOT_KEYS.wecom}`,
  dingtalk: `/robot/send?access_token=${ROBOT_KEYS.dingtalk}`,
  feishu: `/open-apis/bot/v2/hook/${ROBOT_KEYS.feishu}`,
  slack: `/services/${ROBOT_KEYS.slack}`,
  webhook: `/${ROBOT_KEYS.webhook}`,
};

const KINDS = ['wecom', 'dingtalk', 'feishu', 'slack', 'webhook'] as const;

/** Starts one of each on a free port of loopback. */
export async function startRobots(): Promise<Robots> {
  const taken: Taken[] = [];
  const refused: Robots['refused'] = [];
  const forced: Robots['forced'] = new Map();
  const unanswered: RobotKind[] = [];
  const server = createServer((incoming, response) => {
    const answer = async (): Promise<void> => {
      const now = Date.now();
      const { url: path, headers, body, method } = await readRequest(incoming);
      const url = new URL(path, 'http://robot');
      const kind = KINDS.find((each) => PATHS[each].split('?')[0] === url.pathname);
      if (kind === undefined || method !== 'POST') {
        response.writeHead(404).end('no_service');
        return;
      }
      const before = taken.filter((each) => each.kind === kind).map(({ at }) => at);
      const text = body.toString('utf8');
      const json = parse(text);
      const force = forced.get(kind);
      if (force === 'hang') {
        unanswered.push(kind);
        return;
      }
      const said = force ?? REFUSE[kind]({ url, json, body: text, headers, before, now });
      if (said === undefined) taken.push({ kind, json, headers, at: now });
      else refused.push({ kind, body: said.body });
      const { status = 200, body: answered, headers: given } = said ?? OK[kind];
      response.writeHead(status, given).end(answered);
    };
    answer().catch(() => response.destroy());
  });
  const { url, close } = await listen(server);
  return {
    host: new URL(url).host,
    urls: {
      wecom: url + PATHS.wecom,
      dingtalk: url + PATHS.dingtalk,
      feishu: url + PATHS.feishu,
      slack: url + PATHS.slack,
      webhook: url + PATHS.webhook,
    },
    taken,
    refused,
    forced,
    unanswered,
    close,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
