/** What there is to see of the panel, each scene with how to get there. */
import type { Page } from 'playwright-core';

export interface Scene {
  name: string;
  params: Record<string, string>;
  /** What is there once it is drawn. */
  ready: string;
  arrive?: (page: Page) => Promise<void>;
}

const ROW = 'button.row';

async function openFirst(page: Page): Promise<void> {
  await page.locator(ROW).first().click();
  await page.locator('.kv').waitFor();
}

async function openFailing(page: Page): Promise<void> {
  await page.locator(ROW).first().click();
  await page.locator('.empty').waitFor();
}

async function openFreshness(page: Page): Promise<void> {
  await page.locator('button.fresh').click();
  await page.locator('.sources').waitFor();
}

async function type(page: Page, text: string): Promise<void> {
  await page.locator('.draft').pressSequentially(text);
}

export const SCENES: readonly Scene[] = [
  { name: 'page', params: { view: 'page', time: '90d' }, ready: ROW },
  { name: 'nameless', params: { view: 'page', nameless: '', time: '90d' }, ready: ROW },
  { name: 'product', params: { view: 'page', product: '', time: '90d' }, ready: ROW },
  { name: 'me', params: { view: 'me' }, ready: ROW },
  { name: 'team', params: { view: 'team' }, ready: ROW },
  {
    name: 'details',
    params: { view: 'team', q: 'product:cvm outcome:denied' },
    ready: ROW,
    arrive: openFirst,
  },
  {
    name: 'record',
    params: { view: 'me' },
    ready: ROW,
    arrive: async (page) => {
      await openFirst(page);
      for (const name of ['Record', '记录']) {
        const button = page.locator('.sect button[aria-expanded=false]', { hasText: name });
        if ((await button.count()) > 0) await button.first().click();
      }
      await page.locator('.code').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'copy',
    params: { view: 'me' },
    ready: ROW,
    arrive: async (page) => {
      await openFirst(page);
      await page.locator('.dbar [aria-haspopup=menu]').click();
    },
  },
  {
    name: 'filter',
    params: { view: 'me', q: 'product:cvm,cbs -event:Renew* web' },
    ready: '.chip',
    arrive: (page) => type(page, 'oper'),
  },
  {
    name: 'mistake',
    params: { view: 'me' },
    ready: ROW,
    arrive: (page) => type(page, 'product:cvm outcom:denied'),
  },
  { name: 'loading', params: { view: 'me', state: 'loading' }, ready: '.skr' },
  { name: 'empty', params: { view: 'me', q: 'event:TerminateInstance' }, ready: '.empty' },
  { name: 'offline', params: { view: 'me', state: 'offline' }, ready: ROW },
  { name: 'stale', params: { view: 'me', state: 'stale' }, ready: ROW },
  { name: 'imported', params: { view: 'me', state: 'imported' }, ready: ROW },
  { name: 'demo', params: { view: 'me', state: 'demo' }, ready: ROW },
  { name: 'error', params: { view: 'me', state: 'error' }, ready: '.empty' },
  {
    name: 'offline-end',
    params: { view: 'me', state: 'offline' },
    ready: ROW,
    arrive: async (page) => {
      await page.keyboard.press('End');
      await page.locator('.foot .btn').waitFor();
    },
  },
  {
    name: 'offline-nothing',
    params: { view: 'me', q: 'event:TerminateInstance', state: 'offline' },
    ready: '.empty',
  },
  {
    name: 'offline-details',
    params: { view: 'me', state: 'offline' },
    ready: ROW,
    arrive: openFailing,
  },
  {
    name: 'refused-details',
    params: { view: 'me', state: 'not-signed-in' },
    ready: ROW,
    arrive: openFailing,
  },
  { name: 'not-allowed', params: { view: 'me', state: 'not-allowed' }, ready: ROW },
  { name: 'worker-failed', params: { view: 'me', state: 'worker-failed' }, ready: ROW },
  { name: 'own-only', params: { view: 'page', state: 'own-only' }, ready: '.empty' },
  { name: 'nobody', params: { view: 'me', state: 'nobody' }, ready: '.empty' },
  { name: 'nothing-yet', params: { view: 'me', state: 'nothing-yet' }, ready: '.empty' },
  { name: 'identity', params: { view: 'me', state: 'identity' }, ready: ROW },
  { name: 'failing', params: { state: 'failing' }, ready: '.empty' },
  { name: 'signed-out', params: { state: 'signed-out' }, ready: '.steps' },
  { name: 'refused', params: { state: 'refused' }, ready: '.empty' },
  {
    name: 'help',
    params: { view: 'me' },
    ready: ROW,
    arrive: async (page) => {
      await page.keyboard.press('?');
      await page.locator('dialog[open]').waitFor();
    },
  },
  { name: 'freshness', params: { view: 'me' }, ready: ROW, arrive: openFreshness },
  {
    name: 'reading-back',
    params: { view: 'me', state: 'reading-back' },
    ready: ROW,
    arrive: openFreshness,
  },
  {
    name: 'reading-back-untold',
    params: { view: 'me', state: 'reading-back-untold' },
    ready: ROW,
    arrive: openFreshness,
  },
  { name: 'tab', params: { view: 'me', docked: 'no' }, ready: ROW },
];

/** Opens the page of a scene and waits until it is drawn. */
export async function openScene(
  page: Page,
  url: string,
  { params, ready, arrive }: Scene,
  more: Record<string, string>,
): Promise<void> {
  await page.goto(`${url}?${new URLSearchParams({ ...params, ...more }).toString()}`);
  await page.locator(ready).first().waitFor();
  await arrive?.(page);
}
