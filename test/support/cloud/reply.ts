import type { ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';
import type { FaultKind } from './types.ts';

/** What goes over the wire. */
export interface Message {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string | Buffer;
}

/** The envelope of API 3.0: business errors have status 200 too. */
export function envelope(answer: Answer, requestId: string): Message {
  const content = answer.ok ? answer.response : { Error: { Code: answer.code, Message: answer.message } };
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ Response: { ...content, RequestId: requestId } }),
  };
}

/** Sends a message, or what a fault leaves of it. `dice` is any whole number and decides between ways to fail. */
export function send(
  response: ServerResponse,
  message: Message,
  { fault, dice }: { fault: FaultKind | undefined; dice: number },
): void {
  if (fault === 'dropped') {
    response.destroy();
    return;
  }
  if (fault === 'server') {
    const status = [500, 502, 503][dice % 3] ?? 500;
    const body = `<html><h1>${status}</h1></html>`;
    write(response, { status, headers: { 'content-type': 'text/html' }, body });
    return;
  }
  if (fault !== 'truncated') {
    write(response, message);
    return;
  }
  const whole = Buffer.from(message.body);
  const half = whole.subarray(0, whole.length >> 1);
  const length = dice & 1 ? half.length : whole.length;
  response.writeHead(message.status, { ...message.headers, 'content-length': length });
  response.write(half, () => (length === half.length ? response.end() : response.destroy()));
}

function write(response: ServerResponse, { status, headers, body }: Message): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
