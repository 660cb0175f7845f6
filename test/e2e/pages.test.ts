import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorker, type TestWorker } from '../support/worker.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let worker: TestWorker;
let browser: Browser;
let url: string;

beforeAll(async () => {
  worker = await startWorker();
  ({ href: url } = (await worker.harness.listen()).url);
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking'],
  });
});

afterAll(async () => {
  await browser?.close();
  await worker?.close();
});

test.for(
  ['/', '/docs', '/e/aaaaaaaaaaaaaaaaaaaaaaaaaa', '/r/ins-0a1b2c3d'].flatMap((path) =>
    (['light', 'dark'] as const).map((colorScheme) => ({ path, colorScheme })),
  ),
)(
  '$path in $colorScheme is readable by everybody, fits a narrow window and breaks no policy',
  async ({ path, colorScheme }) => {
    // The checker is put into the page by the test, past the page's policy; what the page itself breaks is told as an error.
    const page = await browser.newPage({
      colorScheme,
      viewport: { width: 380, height: 800 },
      bypassCSP: true,
    });
    const errors: string[] = [];
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(new URL(path, url).href);
    const shots = process.env['SCREENSHOTS'];
    if (shots)
      await page.screenshot({
        path: `${shots}/${path.replaceAll('/', '_')}-${colorScheme}.png`,
        fullPage: true,
      });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(380);
    expect(await page.evaluate('getComputedStyle(document.querySelector("main")).borderTopWidth')).toBe(
      '1px',
    );
    await page.evaluate(AXE);
    const { violations } = await page.evaluate<{ violations: { id: string }[] }>('axe.run()');
    expect(violations.map(({ id }) => id)).toEqual([]);
    expect(errors).toEqual([]);
    await page.close();
  },
);
