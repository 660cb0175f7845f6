import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { violationsIn } from '../support/axe.ts';
import { SCENES } from '../support/panel-harness/scenes.ts';
import { heard, panelPages, ROW, sceneNamed } from '../support/panel-pages.ts';
import { size } from '../support/size.ts';

const { inPage, show, open } = panelPages();

/** The sentence of the row that has the focus. */
function focused(page: Page): Promise<string> {
  return page.evaluate<string>('document.activeElement.querySelector(".sr")?.textContent');
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
      await show(page, scene, { theme, lang });
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
    expect(await page.locator('[role=menuitem] kbd').allInnerTexts()).toEqual(['c', 'l', 'c', 'j', 'c', 'm']);
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
    await page.getByRole('checkbox', { name: 'Single-key shortcuts' }).uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    expect(await page.getByRole('button', { name: 'Team', exact: true }).getAttribute('aria-current')).toBe(
      'page',
    );
  });
});

test('a connection that never worked is called by what is wrong with it', async () => {
  await inPage({ width: 400, height: 800 }, async (page) => {
    await show(page, sceneNamed('failing'));
    expect(await page.getByRole('heading', { level: 2 }).innerText()).toBe('The token was refused');
  });
});

test('to whom no operator is linked, and who is signed in as another, has a way on', async () => {
  await inPage({ width: 400, height: 800 }, async (page) => {
    await show(page, sceneNamed('nobody'));
    await page.getByRole('button', { name: 'Go to This page' }).click();
    await page.locator('.rh').waitFor();
    await show(page, sceneNamed('identity'));
    expect(await page.locator('.strip').innerText()).toContain('Sidetrail as Lin Wei (100000000011)');
    await page.locator('.strip').getByRole('button', { name: 'Open options' }).click();
    expect((await heard(page)).at(-1)).toEqual({ kind: 'open-options' });
  });
});

test('a tree opens level by level, and long texts wholly only when asked', async () => {
  await inPage({ width: 400, height: 800 }, async (page) => {
    await open(page, { q: 'product:cvm' });
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

test('what holds nothing has nothing to open', async () => {
  await inPage({ width: 400, height: 800 }, async (page) => {
    await open(page, { q: 'product:cvm' });
    await page.locator(ROW).first().click();
    await page.getByText('0 items').waitFor();
    expect(await page.getByRole('button', { name: 'InstanceIds' }).count()).toBe(1);
    expect(await page.getByRole('button', { name: 'DataDisks' }).count()).toBe(0);
  });
});

test('where the day in UTC is another one, it is named', async () => {
  await inPage({ width: 400, height: 800 }, async (page) => {
    for (const [to, written] of [
      ['2026-11-20T07:00', /^Thu 19 Nov 22:\d\d:\d\d UTC$/],
      ['2026-11-20T09:00', /^00:\d\d:\d\d UTC$/],
    ] as const) {
      await open(page, { view: 'team', q: `to:${to}` });
      await page.locator(ROW).first().click();
      expect(await page.locator('.meta .k3').innerText()).toMatch(written);
    }
  });
});

test('of an event that is out of reach the row is still told, but not to whom the Worker refused', async () => {
  await inPage({ width: 400, height: 800 }, async (page) => {
    for (const [state, isTold] of [
      ['offline', true],
      ['not-signed-in', false],
    ] as const) {
      await open(page, { state });
      const name = (await page.locator(ROW).first().locator('.a span').first().textContent()) ?? '';
      const resource = (await page.locator(ROW).first().locator('.what bdi').textContent()) ?? '';
      expect([name, resource]).not.toContain('');
      await page.locator(ROW).first().click();
      await page.getByText('The event could not be read').waitFor();
      const shown = await page.locator('main').innerText();
      for (const part of [name, 'lin.wei', resource, '119.147.64.34', 'ap-guangzhou']) {
        expect(shown.includes(part), part).toBe(isTold);
      }
    }
  });
});
