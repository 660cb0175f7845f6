/** Pictures of every view of the panel into a folder: `node test/support/panel-screenshots.ts FOLDER [NAME …]`. */
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { SCENES, openScene } from './panel-harness/scenes.ts';
import { serveHarness } from './panel-harness/serve.ts';

const [folder, ...names] = process.argv.slice(2);
if (folder === undefined) throw new Error('a folder is needed');
mkdirSync(folder, { recursive: true });

const harness = await serveHarness();
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--hide-scrollbars'],
});
try {
  const page = await browser.newPage({ deviceScaleFactor: 1, reducedMotion: 'reduce' });
  for (const scene of SCENES.filter(({ name }) => names.length === 0 || names.includes(name))) {
    for (const width of [320, 380, 400, 720]) {
      for (const language of ['en', 'zh-CN']) {
        for (const theme of ['light', 'dark']) {
          await page.setViewportSize({ width, height: 800 });
          await openScene(page, harness.url, scene, { lang: language, theme });
          await page.screenshot({ path: `${folder}/${scene.name}-${language}-${theme}-${width}.png` });
        }
      }
    }
  }
} finally {
  await browser.close();
  await harness.close();
}
