import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import type { FromPanel } from '../../extension/protocol/panel.ts';
import { openScene, type Scene, SCENES } from './panel-harness/scenes.ts';
import { type Harness, serveHarness } from './panel-harness/serve.ts';

export const ROW = 'button.row';

interface PanelPages {
  /** A page for the panel, as large as that in px; what goes wrong in it fails the test. */
  inPage: (viewport: { width: number; height: number }, work: (page: Page) => Promise<void>) => Promise<void>;
  /** Shows a scene, in English and in the light unless `look` says otherwise. */
  show: (page: Page, scene: Scene, look?: Record<string, string>) => Promise<void>;
  /** Shows the view "Me", or what `params` name. */
  open: (page: Page, params?: Record<string, string>) => Promise<void>;
}

/** The panel of the harness in a real browser, which is there for the tests of one file. */
export function panelPages(): PanelPages {
  let harness: Harness;
  let browser: Browser;

  beforeAll(async () => {
    harness = await serveHarness();
    browser = await chromium.launch({
      executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox'],
    });
  });

  afterAll(async () => {
    await browser?.close();
    await harness?.close();
  });

  const show: PanelPages['show'] = (page, scene, look = {}) => openScene(page, harness.url, scene, look);
  return {
    async inPage(viewport, work) {
      const page = await browser.newPage({ viewport, reducedMotion: 'reduce' });
      const errors: string[] = [];
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      page.on('pageerror', (error) => errors.push(error.message));
      try {
        await work(page);
        expect(errors).toEqual([]);
      } finally {
        await page.close();
      }
    },
    show,
    open: (page, params = {}) => show(page, { name: '', params: { view: 'me', ...params }, ready: ROW }),
  };
}

/** A scene of the harness; an error where there is none of that name. */
export function sceneNamed(name: string): Scene {
  const found = SCENES.find((one) => one.name === name);
  if (!found) throw new Error(`there is no scene ${name}`);
  return found;
}

/** All that the panel has said. */
export function heard(page: Page): Promise<FromPanel[]> {
  return page.evaluate('harness.heard');
}
