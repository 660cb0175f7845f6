import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FromPanel } from '../../extension/protocol/panel.ts';
import { violationsIn } from '../support/axe.ts';
import { openScene, SCENES } from '../support/panel-harness/scenes.ts';
import { type Harness, serveHarness } from '../support/panel-harness/serve.ts';
import { size } from '../support/size.ts';

const ROW = 'button.row';

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

/** A page of the harness; what goes wrong in it fails the test. */
async function inPage(
  viewport: { width: number; height: number },
  work: (page: Page) => Promise<void>,
): Promise<void> {
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
}

function open(page: Page, params: Record<string, string> = {}): Promise<void> {
  return openScene(page, harness.url, { name: '', params: { view: 'me', ...params }, ready: ROW }, {});
}

function heard(page: Page): Promise<FromPanel[]> {
  return page.evaluate('harness.heard');
}

/** The sentence of the row that has the focus. */
function focused(page: Page): Promise<string> {
  return page.evaluate<string>('document.activeElement.querySelector(".sr")?.textContent');
}

/** Top of the row of an event, from the top of the window. */
function topOf(page: Page, name: string): Promise<number> {
  return page.evaluate<number>(
    `[...document.querySelectorAll('${ROW}')].find((row) => row.querySelector('.sr').textContent === ${JSON.stringify(name)})?.getBoundingClientRect().top ?? NaN`,
  );
}

const SMALL = `[...document.querySelectorAll('button, a, input, select')]
  .filter((one) => one.checkVisibility() && !one.matches('dialog *, .tree *, .code *'))
  .map((one) => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
  .filter(([, { width, height }]) => width < 24 || height < 24)
  .filter(([html]) => !html.includes('type="checkbox"') && !html.includes('class="link"'))
  .map(([html, { width, height }]) => html + ' ' + width + ' x ' + height)`;

const LOOKS = [320, 400, 720].flatMap((width) =>
  ['light', 'dark'].flatMap((theme) => ['en', 'zh-CN'].map((lang) => ({ width, theme, lang }))),
);

/** As many looks as the size allows; 5 has no divisor in common with their count, so scenes in a row differ. */
const VIEWS = SCENES.map((scene, i) => ({
  scene,
  looks: Array.from({ length: size(1, LOOKS.length) }, (_, j) => ((i + j) * 5) % LOOKS.length).flatMap((at) =>
    LOOKS.slice(at, at + 1),
  ),
}));

const PATIENCE = { timeout: size(120_000, 600_000) };

test.concurrent.for(VIEWS)('$scene.name is readable by everybody', PATIENCE, async ({ scene, looks }) => {
  await inPage({ width: 400, height: 800 }, async (page) => {
    for (const { width, theme, lang } of looks) {
      await page.setViewportSize({ width, height: 800 });
      await openScene(page, harness.url, scene, { theme, lang });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      expect(
        await page.evaluate(
          '[...document.querySelectorAll(".scroll")].map((one) => one.scrollWidth - one.clientWidth)',
        ),
      ).toEqual([0]);
      expect(await page.evaluate(SMALL), `targets at ${width}`).toEqual([]);
      expect(await violationsIn(page), `${scene.name} ${width} ${theme} ${lang}`).toEqual([]);
    }
  });
});

test('the list is gone through, an event is read and left, all by keys', async () => {
  await inPage({ width: 400, height: 800 }, async (page) => {
    await open(page);
    const names = await page
      .locator(ROW)
      .evaluateAll((rows) => rows.slice(0, 4).map((row) => row.querySelector('.sr')?.textContent));
    await page.keyboard.press('j');
    expect(await focused(page)).toBe(names[0]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('j');
    expect(await focused(page)).toBe(names[2]);
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await page.locator('.kv').waitFor();
    expect(await page.locator('.place').innerText()).toMatch(/^2 of /);
    await page.keyboard.press('j');
    await page.getByText(/^3 of /).waitFor();
    await page.locator('.kv').waitFor();

    await page.keyboard.press('c');
    await page.keyboard.press('m');
    await page.getByText('Copied as Markdown').waitFor();
    expect(await page.evaluate<string[]>('harness.copied')).toEqual([expect.stringContaining('```json')]);

    await page.getByRole('button', { name: 'Copy as' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Link' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.innerText')).toBe('Copy as');
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await page.evaluate('document.activeElement.innerText')).toBe('Copy as');

    await page.keyboard.press('Backspace');
    await page.locator(ROW).first().waitFor();
    expect(await focused(page)).toBe(names[2]);
    for (let i = 0; i < 20; i += 1) await page.keyboard.press('j');
    const box = await page.locator(`${ROW}:focus`).boundingBox();
    expect(box && box.y > 118 && box.y + box.height <= 800).toBe(true);
    await page.keyboard.press('End');
    await page.getByText('That is all').waitFor();
    expect(await page.evaluate('document.activeElement.matches("button.row")')).toBe(true);
    await page.keyboard.press('Escape');
    expect((await heard(page)).at(-1)).toEqual({ kind: 'close' });
  });
});

test('times, zone, reads and views change by single keys, which can be switched off', async () => {
  await inPage({ width: 400, height: 800 }, async (page) => {
    await open(page);
    const asked = async (): Promise<string | undefined> => {
      const last = (await heard(page)).findLast((one) => one.kind === 'list');
      return last && `${last.question.q} ${last.question.tz}`;
    };
    await page.keyboard.press('5');
    expect(await asked()).toBe('from:30d -action:read Asia/Shanghai');
    await page.keyboard.press('w');
    expect(await asked()).toBe('from:30d Asia/Shanghai');
    await page.keyboard.press('z');
    expect(await asked()).toBe('from:30d UTC');
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    await page.getByRole('combobox', { name: 'Team' }).waitFor();

    await page.keyboard.press('?');
    await page.getByRole('checkbox', { name: 'Letters are keys' }).uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    expect(await page.getByRole('button', { name: 'Team', exact: true }).getAttribute('aria-current')).toBe(
      'page',
    );
  });
});

test('the filter completes, tells a mistake at its place, and mends it', async () => {
  await inPage({ width: 400, height: 800 }, async (page) => {
    await open(page);
    await page.keyboard.press('/');
    await page.keyboard.type('den');
    await page.getByRole('option', { name: 'outcome:denied' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Remove outcome:denied' }).waitFor();
    await expect.poll(() => page.locator('button.row .tag.denied').count()).toBeGreaterThan(3);

    await page.keyboard.type('prodct:cvm');
    await page.getByRole('alert').getByText('“prodct” is not a key').waitFor();
    expect(await page.locator('.under u').innerText()).toBe('prodct');
    await page.getByRole('button', { name: 'product', exact: true }).click();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Remove product:cvm' }).waitFor();

    await page.keyboard.press('Backspace');
    expect(await page.locator('.draft').inputValue()).toBe('product:cvm');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    expect(await page.evaluate('document.activeElement.matches("button.row")')).toBe(true);
  });
});

test('a hundred thousand events scroll, and what comes in above moves nothing', async () => {
  await inPage({ width: 400, height: 800 }, async (page) => {
    await open(page, { events: '100000', view: 'team', time: '90d' });
    await page.getByLabel('Team').selectOption('*');
    await expect.poll(() => page.locator('.cap').innerText()).toMatch(/.{13}/);
    await page.locator('.scroll').evaluate((scroller) => (scroller.scrollTop = 2_000_000));
    // The rows of the place before are there for a moment more.
    await expect.poll(async () => (await page.locator(ROW).nth(5).boundingBox())?.y).toBeGreaterThan(0);
    const name = await page.locator(ROW).nth(5).locator('.sr').textContent();
    const before = await topOf(page, name ?? '');
    const count = await page.locator('.cap').innerText();
    await page.evaluate('harness.arrive(50)');
    await expect.poll(() => page.locator('.cap').innerText()).not.toBe(count);
    expect(await topOf(page, name ?? '')).toBe(before);
    expect(await page.locator(ROW).count()).toBeLessThan(60);
    const day = await page.locator('.day').first().boundingBox();
    const scroller = await page.locator('.scroll').boundingBox();
    expect(day?.y).toBe(scroller?.y);
  });
});

test('what a record says is text, and nothing else', async () => {
  await inPage({ width: 400, height: 800 }, async (page) => {
    await open(page, { view: 'team', q: 'resource:*img*,*gpj*', time: '90d' });
    expect(await page.locator('main img, main a').count()).toBe(0);
    const text = await page.locator('main').innerText();
    expect(text).toContain('<img src=x onerror=alert(1)>');
    expect(text).toContain('web⟨U+202E⟩gpj.exe');
  });
});

test('a tree opens level by level, and long texts wholly only when asked', async () => {
  await inPage({ width: 400, height: 800 }, async (page) => {
    await open(page);
    await page.locator(ROW).first().click();
    await page.getByText('Password', { exact: true }).waitFor();
    expect(await page.getByText('redacted before storage (password)').count()).toBe(1);
    await page.getByRole('button', { name: 'LoginSettings 2 fields' }).click();
    expect(await page.getByText('redacted before storage (password)').count()).toBe(0);
    await page.getByRole('button', { name: 'Show all 1,002 characters' }).click();
    expect(await page.getByRole('button', { name: /Show all/ }).count()).toBe(0);
    await page.getByRole('button', { name: /^Record/ }).click();
    expect(await page.locator('.code').innerText()).toContain('4611686018429146108');
  });
});
