import { expect, test } from 'vitest';
import { listen, type Handlers, type Sender } from '../../../extension/background/listen.ts';
import type { Reply } from '../../../extension/protocol/messages.ts';

const OWN = { id: 'own', pages: ['chrome-extension://own/options.html'] };
const PAGE = { id: 'own', url: 'chrome-extension://own/options.html' } satisfies Sender;

const handlers: Handlers = {
  saved: async () => ({ origin: 'https://audit.example.com', tokenHint: 'st_a…6789' }),
  connect: async () => ({ kind: 'signed-out' }),
  check: async () => {
    throw new Error('a secret is in here');
  },
  signOut: async () => null,
  cache: async () => null,
  preferences: async () => ({ language: 'auto', theme: 'auto' }),
  setPreferences: async () => null,
};

/** What is answered, and what is reported; `unanswered` where the message is left to others. */
function send(
  message: unknown,
  sender: Sender,
): Promise<{ reply: Reply; reported: unknown[] } | 'unanswered'> {
  const reported: unknown[] = [];
  return new Promise((resolve) => {
    const listener = listen(handlers, OWN, (error) => reported.push(error));
    if (!listener(message, sender, (reply) => resolve({ reply, reported }))) resolve('unanswered');
  });
}

test.for([PAGE.url, 'chrome-extension://own/options.html?from=install#top'])(
  'the page at %s is answered',
  async (url) => {
    expect(await send({ name: 'saved', request: null }, { id: 'own', url })).toEqual({
      reply: { ok: true, value: { origin: 'https://audit.example.com', tokenHint: 'st_a…6789' } },
      reported: [],
    });
  },
);

test.for<[string, Sender]>([
  ['a content script', { id: 'own', url: 'https://console.cloud.tencent.com/cvm' }],
  ['another extension', { id: 'other', url: 'chrome-extension://own/options.html' }],
  ['another page of the extension', { id: 'own', url: 'chrome-extension://own/other.html' }],
  ['a page that looks alike', { id: 'own', url: 'https://own/options.html' }],
  ['nobody in particular', {}],
])('%s gets no answer', async ([, sender]) => {
  expect(await send({ name: 'saved', request: null }, sender)).toBe('unanswered');
});

test.for([
  [null],
  ['saved'],
  [{ name: 'saved' }],
  [{ name: 'no such message', request: null }],
  [{ name: 'constructor', request: null }],
  [{ name: 7, request: null }],
])('%j is no message', async ([message]) => {
  expect(await send(message, PAGE)).toBe('unanswered');
});

test('a handler that throws is reported here, and its words go nowhere else', async () => {
  expect(await send({ name: 'check', request: null }, PAGE)).toEqual({
    reply: { ok: false },
    reported: [new Error('a secret is in here')],
  });
});
