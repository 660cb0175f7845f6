/** A tab of Chromium, over the protocol of its developer tools. */
import * as v from 'valibot';

export interface Attached {
  send: (method: string, params?: object) => Promise<unknown>;
  /** Calls back for each event of a name, until it is told to stop. */
  on: (event: string, heard: (params: unknown) => void) => () => void;
  /** Goes to an address; resolves when the page is loaded. */
  go: (url: string) => Promise<void>;
  /** The value of an expression, once it is there; throws what that throws. */
  evaluate: (expression: string) => Promise<unknown>;
  move: (x: number, y: number) => Promise<void>;
  click: (x: number, y: number) => Promise<void>;
  press: (key: string) => Promise<void>;
}

const MESSAGE = v.object({
  id: v.optional(v.number()),
  method: v.optional(v.string()),
  params: v.optional(v.unknown()),
  result: v.optional(v.unknown()),
  error: v.optional(v.object({ message: v.string() })),
});
const EVALUATED = v.object({
  result: v.object({ value: v.optional(v.unknown()) }),
  exceptionDetails: v.optional(v.unknown()),
});

/** Keys that are no text. */
const CODES: Readonly<Record<string, number>> = { Backspace: 8, Escape: 27 };

/** Attaches to the tab behind an address of its own. */
export async function attach(address: string): Promise<Attached> {
  const socket = new WebSocket(address);
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const listeners = new Map<string, Set<(params: unknown) => void>>();
  let asked = 0;
  socket.addEventListener('message', ({ data }) => {
    const { id, method = '', params, result, error } = v.parse(MESSAGE, JSON.parse(String(data)));
    if (id === undefined) {
      for (const heard of listeners.get(method) ?? []) heard(params);
    } else if (error) waiting.get(id)?.reject(new Error(error.message));
    else waiting.get(id)?.resolve(result);
  });
  socket.addEventListener('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('the tab is gone'));
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', () => reject(new Error('no tab answers')));
  });

  const send: Attached['send'] = async (method, params = {}) => {
    const id = (asked += 1);
    const answer = Promise.withResolvers<unknown>();
    waiting.set(id, answer);
    socket.send(JSON.stringify({ id, method, params }));
    try {
      return await answer.promise;
    } finally {
      waiting.delete(id);
    }
  };
  const on: Attached['on'] = (event, heard) => {
    const all = listeners.get(event) ?? new Set();
    listeners.set(event, all.add(heard));
    return () => void all.delete(heard);
  };
  await send('Page.enable');

  return {
    send,
    on,
    async go(url) {
      const loaded = new Promise<void>((resolve) => {
        const stop = on('Page.loadEventFired', () => {
          stop();
          resolve();
        });
      });
      await send('Page.navigate', { url });
      await loaded;
    },
    async evaluate(expression) {
      const asking = { expression, awaitPromise: true, returnByValue: true };
      const { result, exceptionDetails } = v.parse(EVALUATED, await send('Runtime.evaluate', asking));
      if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
      return result.value;
    },
    async move(x, y) {
      await send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y });
    },
    async click(x, y) {
      for (const type of ['mousePressed', 'mouseReleased']) {
        await send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 });
      }
    },
    async press(key) {
      const code = CODES[key];
      const what = code === undefined ? { key, text: key } : { key, windowsVirtualKeyCode: code };
      await send('Input.dispatchKeyEvent', { type: 'keyDown', ...what });
      await send('Input.dispatchKeyEvent', { type: 'keyUp', ...what });
    },
  };
}
