import { expect, test } from 'vitest';
import { listenToDocks, type DockSender } from '../../../extension/background/docks.ts';
import { openNonces } from '../../../extension/background/nonces.ts';
import type { Visit } from '../../../extension/protocol/dock.ts';
import { memoryArea } from './memory-area.ts';

const CONSOLE = 'https://console.cloud.tencent.com';
const DOCK = { id: 'own', url: `${CONSOLE}/cvm`, frameId: 0, tab: { id: 7 } } satisfies DockSender;

function setUp() {
  const area = memoryArea();
  const moves: [number, Visit][] = [];
  const nonces = openNonces({ area: memoryArea(), now: () => 0, random: () => 'a-nonce' });
  const moved = (tabId: number, visit: Visit) => void moves.push([tabId, visit]);
  const opened = { times: 0 };
  const arrivals: number[] = [];
  const arrived = (tabId: number) => void arrivals.push(tabId);
  const opening = () => void (opened.times += 1);
  const listener = listenToDocks({ id: 'own', area, nonces, arrived, opening, moved });
  const send = (message: unknown, sender: DockSender = DOCK): Promise<unknown> =>
    new Promise((resolve) => {
      if (!listener(message, sender, resolve)) resolve('unanswered');
    });
  return { area, nonces, arrivals, moves, opened, send };
}

test.for<[string, DockSender]>([
  ['another extension', { ...DOCK, id: 'other' }],
  ['a frame within the page', { ...DOCK, frameId: 3 }],
  ['a page that is not the console', { ...DOCK, url: 'https://console.example.com/cvm' }],
  ['the console without encryption', { ...DOCK, url: 'http://console.cloud.tencent.com/cvm' }],
  ['a page of the extension', { ...DOCK, url: 'chrome-extension://own/panel.html' }],
  ['nobody in particular', {}],
])('%s gets no answer', async ([, sender]) => {
  const { send } = setUp();
  expect(await send({ kind: 'dock-state' }, sender)).toBe('unanswered');
});

test.for([[null], ['dock-state'], [{}], [{ kind: 'no such' }], [{ name: 'saved', request: null }]])(
  '%j is left to others',
  async ([message]) => {
    expect(await setUp().send(message)).toBe('unanswered');
  },
);

test('a page that loads is told, with its tab', async () => {
  const { send, arrivals } = setUp();
  await send({ kind: 'dock-state' });
  await send({ kind: 'dock-state' }, { ...DOCK, frameId: 3 });
  expect(arrivals).toEqual([7]);
});

test('the state is kept for each host, and only what is a state', async () => {
  const { send } = setUp();
  const state = { open: true, width: 500, mode: 'overlay' };
  expect(await send({ kind: 'dock-state' })).toBeNull();
  await send({ kind: 'dock-keep', state: { ...state, width: 9999, more: 'of it' } });
  expect(await send({ kind: 'dock-state' })).toEqual({ ...state, width: 720 });
  expect(
    await send({ kind: 'dock-state' }, { ...DOCK, url: 'https://console.tencentcloud.com/cvm' }),
  ).toBeNull();
});

test('a dock gets a nonce for its own host, which ends with it', async () => {
  const { send, nonces, opened } = setUp();
  const visit = { url: `${CONSOLE}/cbs`, uin: '100000000011', ownerUin: '<script>' };
  expect(await send({ kind: 'dock-open', visit })).toBe('a-nonce');
  expect(opened.times).toBe(1);
  expect(await nonces.redeem(7, 'first', 'a-nonce')).toEqual({ url: visit.url, uin: '100000000011' });
  await send({ kind: 'dock-closed' });
  expect(await nonces.redeem(7, 'first', 'a-nonce')).toBeUndefined();
});

test.for([['https://console.tencentcloud.com/cbs'], ['cbs'], [7], [undefined]])(
  'a dock cannot say that it is at %j',
  async ([url]) => {
    const { send, moves, opened } = setUp();
    expect(await send({ kind: 'dock-open', visit: { url } })).toBeNull();
    expect(opened.times).toBe(0);
    await send({ kind: 'dock-open', visit: { url: DOCK.url } });
    await send({ kind: 'dock-moved', url });
    expect(moves).toEqual([]);
  },
);

test('where a dock went is passed on while it is open', async () => {
  const { send, moves } = setUp();
  await send({ kind: 'dock-moved', url: `${CONSOLE}/cbs` });
  expect(moves).toEqual([]);
  await send({ kind: 'dock-open', visit: { url: DOCK.url } });
  await send({ kind: 'dock-moved', url: `${CONSOLE}/cbs` });
  expect(moves).toEqual([[7, { url: `${CONSOLE}/cbs` }]]);
});
