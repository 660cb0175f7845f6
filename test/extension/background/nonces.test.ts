import { expect, test } from 'vitest';
import { openNonces } from '../../../extension/background/nonces.ts';
import { memoryArea } from './memory-area.ts';

const VISIT = { url: 'https://console.cloud.tencent.com/cvm' };

function setUp() {
  let time = 0;
  let made = 0;
  const area = memoryArea();
  const start = () => openNonces({ area, now: () => time, random: () => `nonce-${++made}` });
  return { area, start, nonces: start(), pass: (ms: number) => (time += ms) };
}

test('a nonce is good for the first document that says it, again and again, and for no other', async () => {
  const { nonces } = setUp();
  const nonce = await nonces.issue(7, VISIT);
  expect(await nonces.redeem(7, 'first', nonce)).toEqual(VISIT);
  expect(await nonces.redeem(7, 'other', nonce)).toBeUndefined();
  expect(await nonces.redeem(7, 'first', nonce)).toEqual(VISIT);
});

test('of two documents that say it at once only one has it', async () => {
  const { nonces, start } = setUp();
  const nonce = await nonces.issue(7, VISIT);
  const woken = start();
  const both = await Promise.all(['one', 'other'].map((document) => woken.redeem(7, document, nonce)));
  expect(both.filter((visit) => visit !== undefined)).toHaveLength(1);
});

test('it is worth nothing in another tab, when it is another text, and where none was given', async () => {
  const { nonces } = setUp();
  const nonce = await nonces.issue(7, VISIT);
  expect(await nonces.redeem(8, 'first', nonce)).toBeUndefined();
  expect(await nonces.redeem(7, 'first', '')).toBeUndefined();
  expect(await nonces.redeem(7, 'first', 'nonce-2')).toBeUndefined();
  expect(await nonces.redeem(7, 'first', nonce)).toEqual(VISIT);
});

test('it must first be said within 30 seconds; from then on it lasts', async () => {
  const { nonces, pass } = setUp();
  const late = await nonces.issue(7, VISIT);
  pass(30_000);
  expect(await nonces.redeem(7, 'first', late)).toBeUndefined();
  const used = await nonces.issue(8, VISIT);
  expect(await nonces.redeem(8, 'first', used)).toEqual(VISIT);
  pass(3_600_000);
  expect(await nonces.redeem(8, 'first', used)).toEqual(VISIT);
});

test('a new one, or a closed dock, ends the former', async () => {
  const { nonces, area } = setUp();
  const former = await nonces.issue(7, VISIT);
  const nonce = await nonces.issue(7, VISIT);
  expect(await nonces.redeem(7, 'first', former)).toBeUndefined();
  await nonces.forget(7);
  expect(await nonces.redeem(7, 'first', nonce)).toBeUndefined();
  expect(area.items.size).toBe(0);
});

test('all of it outlives the background, and where the dock is now goes along', async () => {
  const { nonces, start } = setUp();
  const unused = await nonces.issue(7, VISIT);
  const used = await nonces.issue(8, VISIT);
  await nonces.redeem(8, 'first', used);
  await nonces.move(8, 'https://console.cloud.tencent.com/cbs');
  const woken = start();
  expect(await woken.redeem(7, 'first', unused)).toEqual(VISIT);
  expect(await woken.redeem(8, 'other', used)).toBeUndefined();
  expect(await woken.redeem(8, 'first', used)).toEqual({ url: 'https://console.cloud.tencent.com/cbs' });
  expect(await woken.move(9, VISIT.url)).toBeUndefined();
});
