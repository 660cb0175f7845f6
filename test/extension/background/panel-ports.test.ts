import { expect, test } from 'vitest';
import { openNonces } from '../../../extension/background/nonces.ts';
import { openPanelPorts, type Port, type PortSender } from '../../../extension/background/panel-ports.ts';
import type { FromBackground, FromPanel } from '../../../extension/protocol/panel.ts';
import { memoryArea } from './memory-area.ts';

const PAGE = 'chrome-extension://own/panel.html';
const DOCKED: PortSender = { id: 'own', url: `${PAGE}#x`, frameId: 5, documentId: 'D', tab: { id: 7 } };
const VISIT = {
  url: 'https://console.cloud.tencent.com/cvm/instance/detail?rid=1&id=ins-7k2m9xqd',
  uin: '1',
};
const BESIDE = {
  products: ['cvm'],
  region: 'ap-guangzhou',
  resources: [expect.objectContaining({ id: 'ins-7k2m9xqd' })],
  isDetail: true,
  console: { uin: '1' },
};

/** A port as the background sees it; `say` is the panel's side. */
function portFrom(sender: PortSender, name = 'panel') {
  const told: (FromBackground | 'closed')[] = [];
  const said: ((message: unknown) => void)[] = [];
  const ended: (() => void)[] = [];
  const port: Port = {
    name,
    sender,
    postMessage(message) {
      if (told.includes('closed')) throw new Error('the port is closed');
      told.push(message);
    },
    disconnect: () => void told.push('closed'),
    onMessage: { addListener: (listener) => void said.push(listener) },
    onDisconnect: { addListener: (listener) => void ended.push(listener) },
  };
  return {
    port,
    told,
    say: (...messages: unknown[]): void => {
      for (const message of messages) for (const listener of said) listener(message);
    },
    end: (): void => {
      told.push('closed');
      for (const listener of ended) listener();
    },
  };
}

async function setUp() {
  const heard: FromPanel['kind'][] = [];
  const closed: [number, string][] = [];
  const area = memoryArea();
  const nonces = openNonces({ area, now: () => 0, random: () => 'a-nonce' });
  await nonces.issue(7, VISIT);
  const ports = openPanelPorts({
    id: 'own',
    page: PAGE,
    nonces,
    onPanel: () => ({ heard: ({ kind }) => heard.push(kind), gone: () => void closed.push([0, 'gone']) }),
    close: (tabId, where) => void closed.push([tabId, where]),
  });
  return { ports, heard, closed, area };
}

const hello = (nonce: string | null): FromPanel => ({ kind: 'hello', nonce });
const REFUSED = [{ kind: 'standing', standing: { kind: 'refused' } }, 'closed'];

test('a docked panel with its nonce is told its page, and where that goes', async () => {
  const { ports, heard, closed } = await setUp();
  const { port, told, say, end } = portFrom(DOCKED);
  ports.accept(port);
  say(hello('a-nonce'), { kind: 'sync' });
  await expect.poll(() => heard).toEqual(['hello', 'sync']);
  expect(told).toEqual([{ kind: 'page', page: BESIDE }]);
  ports.moved(7, { url: 'https://console.cloud.tencent.com/cos/bucket' });
  ports.moved(8, VISIT);
  expect(told.slice(1)).toEqual([{ kind: 'page', page: expect.objectContaining({ products: ['cos'] }) }]);
  say({ kind: 'close' });
  await expect.poll(() => closed).toEqual([[7, 'dock']]);
  expect(heard).toEqual(['hello', 'sync']);
  end();
  await expect
    .poll(() => closed)
    .toEqual([
      [7, 'dock'],
      [0, 'gone'],
    ]);
  ports.moved(7, VISIT);
});

test.for<[string, PortSender, unknown]>([
  ['without a nonce', DOCKED, hello(null)],
  ['with a made-up nonce', DOCKED, hello('another')],
  ['with the nonce of another tab', { ...DOCKED, tab: { id: 8 } }, hello('a-nonce')],
  ['that asks before it says hello', DOCKED, { kind: 'sync' }],
])('a frame %s is refused, whatever it says next', async ([, sender, first]) => {
  const { ports, heard } = await setUp();
  const { port, told, say } = portFrom(sender);
  ports.accept(port);
  say(first, hello('a-nonce'), { kind: 'sync' });
  await expect.poll(() => told).toEqual(REFUSED);
  expect(heard).toEqual([]);
});

test('a second frame with the nonce of the first is refused', async () => {
  const { ports } = await setUp();
  const first = portFrom(DOCKED);
  ports.accept(first.port);
  first.say(hello('a-nonce'));
  await expect.poll(() => first.told).toEqual([{ kind: 'page', page: BESIDE }]);
  const second = portFrom({ ...DOCKED, documentId: 'E' });
  ports.accept(second.port);
  second.say(hello('a-nonce'));
  await expect.poll(() => second.told).toEqual(REFUSED);
  const again = portFrom(DOCKED);
  ports.accept(again.port);
  again.say(hello('a-nonce'));
  await expect.poll(() => again.told).toEqual([{ kind: 'page', page: BESIDE }]);
});

test('a tab of its own needs no nonce, stands beside no page, and is closed as a tab', async () => {
  const { ports, closed } = await setUp();
  const { port, told, say } = portFrom({ ...DOCKED, frameId: 0 });
  ports.accept(port);
  say(hello(null), { kind: 'close' });
  await expect.poll(() => closed).toEqual([[7, 'tab']]);
  expect(told).toEqual([{ kind: 'page', page: null }]);
});

test.for<[string, PortSender]>([
  ['another extension', { ...DOCKED, id: 'other' }],
  ['another page', { ...DOCKED, url: 'chrome-extension://own/options.html' }],
  ['the console', { ...DOCKED, url: VISIT.url }],
  ['no tab', { id: 'own', url: PAGE, frameId: 0 }],
])('a port from %s is refused at once', async ([, sender]) => {
  const { ports } = await setUp();
  const { port, told } = portFrom(sender);
  ports.accept(port);
  expect(told).toEqual(REFUSED);
});

test('ports of other names are left to others, and one that broke early is told nothing', async () => {
  const { ports, heard, area } = await setUp();
  const other = portFrom(DOCKED, 'other');
  ports.accept(other.port);
  other.say(hello('a-nonce'));
  expect(other.told).toEqual([]);
  const broken = portFrom(DOCKED);
  ports.accept(broken.port);
  broken.say(hello('a-nonce'));
  broken.end();
  // It came too late, but its nonce was taken: that much was done.
  await expect.poll(() => area.get('nonce:7')).toMatchObject({ 'nonce:7': { document: 'D' } });
  expect(broken.told).toEqual(['closed']);
  expect(heard).toEqual([]);
});
