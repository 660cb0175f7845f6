import { createRequire } from 'node:module';
import { isObject, parseJson, text, type JsonObject } from '../../shared/event/json.ts';

const { default: Signer }: { default: { sign3(options: object): string } } = createRequire(import.meta.url)(
  'tencentcloud-sdk-nodejs/tencentcloud/common/sign.js',
);

/** One call, and what a test wants otherwise than a good one has it. */
export interface Spoiled {
  /** Of the parameters; text is sent as it is. */
  parameters?: object | string;
  /** In place of headers that are sent; undefined leaves one out. */
  headers?: Readonly<Record<string, string | undefined>>;
  /** Unix s. */
  timestamp?: number;
  secretId?: string;
  secretKey?: string;
  /** What is signed as content type, if not what is sent. */
  signedType?: string;
  service?: string;
}

export interface ApiReply {
  status: number;
  /** What is in the envelope. */
  response: JsonObject;
  /** The error's code; '' where there is none. */
  code: string;
  message: string;
}

/** Calls an action of API 3.0 signed by the vendor's own signer. */
export async function callSigned(
  origin: string,
  { action, version, key }: { action: string; version: string; key: { secretId: string; secretKey: string } },
  spoiled: Spoiled = {},
): Promise<ApiReply> {
  const { parameters = {}, timestamp = Math.floor(Date.now() / 1000), service = '127' } = spoiled;
  const body = typeof parameters === 'string' ? parameters : JSON.stringify(parameters);
  const type = 'application/json';
  const authorization = Signer.sign3({
    method: 'POST',
    url: `${origin}/`,
    payload: Buffer.from(body),
    timestamp,
    service,
    secretId: spoiled.secretId ?? key.secretId,
    secretKey: spoiled.secretKey ?? key.secretKey,
    headers: { 'Content-Type': spoiled.signedType ?? type },
  });
  const headers = {
    'content-type': type,
    authorization,
    'x-tc-action': action,
    'x-tc-version': version,
    'x-tc-timestamp': String(timestamp),
    'x-tc-region': 'ap-guangzhou',
    ...spoiled.headers,
  };
  const sent = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  const answer = await fetch(`${origin}/`, { method: 'POST', headers: sent, body });
  const parsed = parseJson(await answer.text());
  const response = parsed.ok && isObject(parsed.value) ? parsed.value['Response'] : undefined;
  const inside = isObject(response) ? response : {};
  const error = isObject(inside['Error']) ? inside['Error'] : {};
  return {
    status: answer.status,
    response: inside,
    code: text(error['Code']),
    message: text(error['Message']),
  };
}
