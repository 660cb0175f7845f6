import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FromPanel } from '../../extension/protocol/panel.ts';
import { violationsIn } from '../support/axe.ts';
import { openScene, type Scene, SCENES } from '../support/panel-harness/scenes.ts';
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

function sceneNamed(name: string): Scene {
  const found = SCENES.find((one) => one.name === name);
  if (!found) throw new Error(`there is no scene ${name}`);
  return found;
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

/** Of each row its sentence, the texts that can be seen of it, and how many of them are cut. */
const SEEN = `[...document.querySelectorAll('${ROW}')].map((row) => {
  const isIn = (one) =>
    one.checkVisibility() &&
    one.getBoundingClientRect().top < one.parentElement.getBoundingClientRect().bottom - 4;
  const parts = [...row.querySelectorAll('bdi, .out, .what > span')].filter(
    (part) => isIn(part) && isIn(part.parentElement),
  );
  const isCut = (one) =>
    getComputedStyle(one).textOverflow === 'ellipsis' && one.scrollWidth > one.clientWidth;
  return {
    name: row.querySelector('.sr').textContent,
    says: parts.map((part) => part.textContent),
    cut: [...row.querySelectorAll('*')].filter((one) => isCut(one) && parts.some((part) => one.contains(part))).length,
  };
})`;

test.for([320, 400, 640, 720, 1000])('at %i px a row says what was touched and from where', async (width) => {
  await inPage({ width, height: 4000 }, async (page) => {
    await open(page, { view: 'team' });
    await page.getByLabel('Team').selectOption('*');
    await expect.poll(() => page.locator(ROW).count()).toBeGreaterThan(60);
    const rows = await page.evaluate<{ name: string; says: string[]; cut: number }[]>(SEEN);
    for (const { name, says, cut } of rows) {
      const [, resource = '', more] =
        / on (.+?)(?: and (\d+) more)?, (?:from .+, )?\d\d:\d\d$/.exec(name) ?? [];
      const isOutside = name.includes('from outside');
      // Beside the outcome there is no room for a third.
      const isFull = width === 320 && isOutside && name.includes(' tried ');
      const wanted = isFull ? [] : [resource, more === undefined ? '' : `+${more}`];
      expect(says, name).toEqual(expect.arrayContaining(wanted.filter((part) => part !== '')));
      expect(says.includes('outside'), name).toBe(isOutside);
      expect(width < 640 ? cut : 0, `${name}: ${says.join(' | ')}`).toBeLessThanOrEqual(1);
    }
  });
});

test('in Me what was touched comes before who did it, and a denied row names its product and why', async () => {
  await inPage({ width: 400, height: 800 }, async (page) => {
    await open(page, { q: 'resource:* -resource:*img*' });
    const line = page.locator('button.row .b').first();
    expect(await line.innerText()).toMatch(/^\S+-\S+.*lin\.wei/s);
    await open(page, { q: 'outcome:denied event:ConsoleLogin' });
    const row = page.locator(ROW).first();
    expect(await row.locator('.a code').first().innerText()).toBe('account');
    expect(await row.locator('.e').getAttribute('title')).toBe(
      await row.locator('.a code').nth(1).textContent(),
    );
  });
});

test('out of reach it is said what is searched, and one button asks again', async () => {
  await inPage({ width: 400, height: 800 }, async (page) => {
    await openScene(page, harness.url, sceneNamed('offline-nothing'), {});
    expect(await page.locator('.empty').innerText()).toMatch(
      /^No event kept here matches\s+Searched .*, 13 Nov, 14:03 to today\s14:03, writes only\.\s+Clear the filter \(\d+\)$/,
    );
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(1);
    await open(page, { state: 'offline' });
    expect(await page.locator('.cap').innerText()).toMatch(/^\d+ events kept here$/);
  });
});

test('what may not be read yet is told where the time shown reaches so far', async () => {
  await inPage({ width: 400, height: 800 }, async (page) => {
    const state = 'reading-back-untold';
    const ends = { '7d': 'That is all from', '90d': 'That is all so far. Records from before 12 Nov' };
    for (const [time, text] of Object.entries(ends)) {
      await open(page, { state, time });
      await page.keyboard.press('End');
      await page.locator('.foot').getByText(text).waitFor();
    }
    const nothing = { view: 'me', state, time: '90d', q: 'event:TerminateInstance' };
    await openScene(page, harness.url, { name: '', params: nothing, ready: '.empty' }, {});
    expect(await page.locator('.empty').innerText()).toContain('Records from before 12 Nov');
  });
});

test('to whom no operator is linked, and who is signed in as another, has a way on', async () => {
  await inPage({ width: 400, height: 800 }, async (page) => {
    await openScene(page, harness.url, sceneNamed('nobody'), {});
    await page.getByRole('button', { name: 'Go to This page' }).click();
    await page.locator('.rh').waitFor();
    await openScene(page, harness.url, sceneNamed('identity'), {});
    expect(await page.locator('.strip').innerText()).toContain('Sidetrail as Lin Wei (100000000011)');
    await page.locator('.strip').getByRole('button', { name: 'Options' }).click();
    expect((await heard(page)).at(-1)).toEqual({ kind: 'open-options' });
  });
});

test('nothing moves down when the connection is there', async () => {
  await inPage({ width: 400, height: 800 }, async (page) => {
    const at = async (ready: string, state: string): Promise<number | undefined> => {
      await openScene(page, harness.url, { name: '', params: { view: 'page', state }, ready }, {});
      return (await page.locator('.cap').boundingBox())?.y;
    };
    expect(await at('.skr', 'connecting')).toBe(await at(ROW, 'fine'));
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
      expect(name).not.toBe('');
      await page.locator(ROW).first().click();
      await page.getByText('The event could not be read').waitFor();
      const shown = await page.locator('main').innerText();
      expect([shown.includes(name), shown.includes('lin.wei')]).toEqual([isTold, isTold]);
    }
  });
});

test('chips that fill a line leave no empty one below while nobody types', async () => {
  await inPage({ width: 320, height: 800 }, async (page) => {
    await openScene(
      page,
      harness.url,
      { name: '', params: { view: 'me', q: 'event:TerminateInstance' }, ready: '.empty' },
      {},
    );
    const height = async (): Promise<number | undefined> =>
      (await page.locator('.qbox').boundingBox())?.height;
    expect(await height()).toBe(32);
    await page.keyboard.press('/');
    expect(await height()).toBe(60);
    await page.locator('.empty').click();
    await expect.poll(height).toBe(32);
  });
});
