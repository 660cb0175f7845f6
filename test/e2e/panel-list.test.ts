import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { heard, panelPages, ROW, sceneNamed } from '../support/panel-pages.ts';

const { inPage, show, open } = panelPages();

/** Top of the row of an event, from the top of the window. */
function topOf(page: Page, name: string): Promise<number> {
  return page.evaluate<number>(
    `[...document.querySelectorAll('${ROW}')].find((row) => row.querySelector('.sr').textContent === ${JSON.stringify(name)})?.getBoundingClientRect().top ?? NaN`,
  );
}

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
  const parts = [...row.querySelectorAll('bdi, .out, .others, .what > span')].filter(
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
      const ip = /, from .*?(\d+\.[\d.]+), /.exec(name)?.[1] ?? '';
      const wanted = [resource, more === undefined ? '' : `+${more}`, width < 720 ? '' : ip];
      expect(says, name).toEqual(expect.arrayContaining(wanted.filter((part) => part !== '')));
      expect(says.includes('outside'), name).toBe(isOutside);
      expect(width < 640 ? cut : 0, `${name}: ${says.join(' | ')}`).toBeLessThanOrEqual(1);
    }
  });
});

test.for([320, 400])(
  'at %i px the page of a resource says who and from where, not again of what',
  async (width) => {
    await inPage({ width, height: 2000 }, async (page) => {
      await show(page, sceneNamed('nameless'));
      const id = await page.locator('.rh h2').innerText();
      const rows = await page.evaluate<{ name: string; says: string[] }[]>(SEEN);
      expect(rows.length).toBeGreaterThan(10);
      for (const { name, says } of rows) {
        const [, who = ''] = /^([^\s,]+)/.exec(name) ?? [];
        const [, ip = ''] = /, from (?:outside )?(\S+), /.exec(name) ?? [];
        const [, more] = / and (\d+) more/.exec(name) ?? [];
        // Beside the outcome there is no room for a third, and beside a long address none for more.
        const isFull = width === 320 && name.includes(' tried ');
        const wanted = [
          who,
          isFull ? '' : ip,
          isFull || ip.includes(':') || more === undefined ? '' : `+${more} resources`,
        ];
        expect(says, name).toEqual(expect.arrayContaining(wanted.filter((part) => part !== '')));
        expect(says, name).not.toContain(id);
      }
    });
  },
);

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
    await show(page, sceneNamed('offline-nothing'));
    expect(await page.locator('.empty').innerText()).toMatch(
      /^No event kept here matches\s+Searched .*, 13 Nov, 14:03 to today\s14:03, writes only\.\s+Clear the filter \(\d+\)$/,
    );
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(1);
    await open(page, { state: 'offline' });
    expect(await page.locator('.cap').innerText()).toMatch(/^\d+ kept events match$/);
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
    await show(page, { name: '', params: nothing, ready: '.empty' });
    expect(await page.locator('.empty').innerText()).toContain('Records from before 12 Nov');
  });
});

test('that nothing is missing is told only where nothing is', async () => {
  await inPage({ width: 400, height: 800 }, async (page) => {
    for (const [name, isPromised] of [
      ['freshness', true],
      ['reading-back', false],
      ['reading-back-untold', false],
    ] as const) {
      await show(page, sceneNamed(name));
      const told = await page.getByRole('dialog').innerText();
      expect(told.includes('nothing is missing'), name).toBe(isPromised);
    }
  });
});

test('where nothing has come in, it is told who was asked when, and what brings events in', async () => {
  await inPage({ width: 400, height: 800 }, async (page) => {
    await show(page, sceneNamed('nothing-yet'));
    const told = await page.locator('.empty').innerText();
    expect(told).toContain('The Worker last answered 14:03.');
    expect(told).toContain('give the Worker a key of it');
    expect(await page.getByText('0 events').count()).toBe(0);
    await page.locator('.empty').getByRole('button', { name: 'Ask now' }).click();
    expect((await heard(page)).at(-1)).toEqual({ kind: 'sync' });
  });
});

test('nothing moves down when the connection is there', async () => {
  await inPage({ width: 400, height: 800 }, async (page) => {
    const at = async (ready: string, state: string): Promise<number | undefined> => {
      await show(page, { name: '', params: { view: 'page', state }, ready });
      return (await page.locator('.cap').boundingBox())?.y;
    };
    expect(await at('.skr', 'connecting')).toBe(await at(ROW, 'fine'));
  });
});

test.for([
  [400, 'en'],
  [720, 'en'],
  [720, 'zh-CN'],
] as const)('at %i px in %s rows come where their places were', async ([width, lang]) => {
  await inPage({ width, height: 800 }, async (page) => {
    const at = async (row: string, state: string): Promise<number[]> => {
      await show(page, { name: '', params: { view: 'me', state }, ready: row }, { lang });
      const tops = `[...document.querySelectorAll('${row}')].slice(0, 8).map((row) => row.getBoundingClientRect().top)`;
      return page.evaluate<number[]>(tops);
    };
    expect(await at('.skr', 'loading')).toEqual(await at(ROW, 'fine'));
  });
});

test.for(['en', 'zh-CN'])('every time that a key chooses is to be seen at 320 px in %s', async (lang) => {
  await inPage({ width: 320, height: 800 }, async (page) => {
    await show(page, sceneNamed('me'), { lang });
    const buttons = page.getByRole('group', { name: /Time|时间/ }).getByRole('button');
    expect(await buttons.count()).toBe(6);
    const boxes = await buttons.evaluateAll((all) =>
      all.map((one) => [one.getBoundingClientRect().height, one.scrollWidth - one.clientWidth]),
    );
    expect(boxes).toEqual(boxes.map(() => [26, 0]));
  });
});

test('in Chinese what stands in brackets stands in full-width ones', async () => {
  await inPage({ width: 400, height: 800 }, async (page) => {
    await show(page, sceneNamed('empty'), { lang: 'zh-CN' });
    expect(await page.locator('.empty .btn').first().innerText()).toMatch(/^清除筛选（\d+）$/);
  });
});

test('chips that fill a line leave no empty one below while nobody types', async () => {
  await inPage({ width: 320, height: 800 }, async (page) => {
    await show(page, { name: '', params: { view: 'me', q: 'event:TerminateInstance' }, ready: '.empty' });
    const height = async (): Promise<number | undefined> =>
      (await page.locator('.qbox').boundingBox())?.height;
    expect(await height()).toBe(32);
    await page.keyboard.press('/');
    expect(await height()).toBe(60);
    await page.locator('.empty').click();
    await expect.poll(height).toBe(32);
  });
});
