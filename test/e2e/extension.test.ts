import { createServer, type Server } from 'node:http';
import type { Page } from 'playwright-core';
import { CONSOLE_HOSTS } from '../../extension/protocol/dock.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violationsIn } from '../support/axe.ts';
import { startBrowser, type ExtensionBrowser } from '../support/browser.ts';
import { until } from '../support/installation.ts';
import { keptIn } from '../support/installed.ts';
import { record } from '../support/record.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const LOOPBACK = 'http://127.0.0.1/*';

let worker: TestWorker;
let origin: string;
let token: string;
/** Answers, but is no Sidetrail. */
let other: Server;
/** Never answers. */
let silent: Server;

beforeAll(async () => {
  worker = await startWorker();
  ({ origin } = (await worker.harness.listen()).url);
  token = await populate();
  other = createServer((_request, response) => response.end('{"hello":"world"}')).listen(0, '127.0.0.1');
  silent = createServer().listen(0, '127.0.0.1');
});

afterAll(async () => {
  other?.close();
  silent?.close();
  silent?.closeAllConnections();
  await worker?.close();
});

/** Gives a lead of one team something to see; the token is theirs. */
async function populate(): Promise<string> {
  await worker.send([record()], { source: 'files' });
  await worker.call('/v1/accounts/1250000001', { method: 'PATCH', json: { alias: 'Nanfeng production' } });
  const operator = { account: '1250000001', id: '100000000011' };
  await worker.call('/v1/members', {
    method: 'POST',
    json: { id: 'lin-wei', name: 'Lin Wei', role: 'lead', accounts: ['1250000001'], operators: [operator] },
  });
  await worker.call('/v1/teams', {
    method: 'POST',
    json: {
      name: 'Web and data',
      operators: [operator, { ...operator, id: '100000000012' }],
      leads: ['lin-wei'],
    },
  });
  const { json } = await worker.call('/v1/tokens', { method: 'POST', json: { member: 'lin-wei' } });
  return json.token;
}

function addressOf(server: Server): string {
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

async function inBrowser(
  language: string,
  work: (browser: ExtensionBrowser) => Promise<void>,
): Promise<void> {
  const browser = await startBrowser({ language });
  try {
    await work(browser);
  } finally {
    await browser.close();
  }
}

/** The page is readable by everybody, in both colours, and no wider than a narrow window. */
async function inspect(page: Page, name: string): Promise<void> {
  const shots = process.env['SCREENSHOTS'];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const width of [1280, 380]) {
      await page.setViewportSize({ width, height: 900 });
      if (shots)
        await page.screenshot({ path: `${shots}/${name}-${colorScheme}-${width}.png`, fullPage: true });
    }
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(380);
    expect(await violationsIn(page), `${name} ${colorScheme}`).toEqual([]);
  }
}

async function connect(page: Page, address: string, typed: string): Promise<void> {
  await page.getByLabel('Worker address').fill(address);
  await page.getByLabel('Token', { exact: true }).fill(typed);
  await page.getByRole('button', { name: 'Connect' }).click();
}

/** Everything that the extension keeps in this browser, as text. */
function kept(page: Page): Promise<string> {
  return page.evaluate<string>(`(async () => JSON.stringify([
    await chrome.storage.local.get(), await chrome.storage.session.get(), await chrome.storage.sync.get(),
    { ...localStorage }, { ...sessionStorage }, await indexedDB.databases(), await caches.keys(), document.cookie,
  ]))()`);
}

/** What the extension may do beside being in pages of the console, which Chrome counts among the hosts. */
async function permissions(page: Page): Promise<unknown> {
  const { origins, permissions: names } = await page.evaluate<{ origins?: string[]; permissions?: string[] }>(
    'chrome.permissions.getAll()',
  );
  const consoles = new Set(CONSOLE_HOSTS.map((host) => `https://${host}/*`));
  return {
    origins: origins?.filter((host) => !consoles.has(host)),
    permissions: names?.toSorted(),
  };
}

test('from the first run to signing out, with the background stopped on the way', async () => {
  await inBrowser('en-GB', async (browser) => {
    const url = `chrome-extension://${browser.id}/options.html`;
    const opened = (): Page | undefined => browser.context.pages().find((page) => page.url() === url);
    await until(opened);
    const page = opened();
    if (!page) throw new Error('the page was closed');
    const errors: string[] = [];
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.on('pageerror', (error) => errors.push(error.message));

    await page.getByText('Three steps').waitFor();
    expect(await permissions(page)).toEqual({ origins: [], permissions: ['alarms', 'storage'] });
    await inspect(page, 'first-run');

    await browser.allow(LOOPBACK);
    expect(await permissions(page)).toEqual({ origins: [], permissions: ['alarms', 'storage'] });

    await connect(page, origin, 'wrong-token-0123456789-0123456789-01');
    await page.getByText('does not know this token').waitFor();
    expect(await page.getByLabel('Token', { exact: true }).evaluate((input) => input.matches(':focus'))).toBe(
      true,
    );
    expect(await permissions(page)).toEqual({ origins: [], permissions: ['alarms', 'storage'] });
    await inspect(page, 'wrong-token');

    await browser.allow(LOOPBACK);
    await connect(page, origin, token);
    await page.getByText('Signed in as Lin Wei').first().waitFor();
    await page.getByText(/^1 event since \d+ \w+$/).waitFor();
    const text = await page.locator('main').innerText();
    for (const fact of [
      origin,
      'Lead:',
      'Nanfeng production',
      '1250000001',
      '100000000011',
      'Web and data',
      '2 operators',
      'Imported files',
    ]) {
      expect(text).toContain(fact);
    }
    expect(text).not.toContain('Demo data');
    expect(await page.content()).not.toContain(token);
    expect(page.url()).toBe(url);
    expect(await permissions(page)).toEqual({ origins: [LOOPBACK], permissions: ['alarms', 'storage'] });
    await inspect(page, 'connected');

    await page.reload();
    await page.getByText('Signed in as Lin Wei').first().waitFor();

    await (await browser.background()).evaluate('self.former = true');
    await browser.stopBackground();
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.getByText('Signed in as Lin Wei').first().waitFor();
    expect(await (await browser.background()).evaluate('self.former')).toBeUndefined();

    await page.getByRole('button', { name: 'Replace token' }).click();
    await inspect(page, 'replace');
    await page.getByRole('button', { name: 'Keep it as it is' }).click();

    expect(await kept(page)).toContain(token);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('Signed out.').waitFor();
    const left = await kept(page);
    expect(left).not.toContain(token);
    expect(left).not.toContain(token.slice(0, 8));
    expect(left).not.toContain('connection');
    expect(await keptIn(page)).toEqual({ days: 0, copy: 0, details: 0 });
    expect(await permissions(page)).toEqual({ origins: [], permissions: ['alarms', 'storage'] });
    await inspect(page, 'signed-out');
    expect(errors).toEqual([]);
  });
});

test('says what is wrong with an address, and what to do', async () => {
  await inBrowser('en-GB', async (browser) => {
    const page = await browser.open('options.html');
    for (const [typed, said] of [
      ['', 'Enter the address'],
      ['not an address', 'cannot be read as an address'],
      ['http://audit.example.com', 'Use https://'],
      [addressOf(other), 'it is not Sidetrail'],
      ['http://127.0.0.1:9', 'Nothing answers'],
    ] as const) {
      await browser.allow(LOOPBACK);
      await connect(page, typed, token);
      await page.getByRole('alert').getByText(said).waitFor();
    }
    await inspect(page, 'unreachable');
    expect(await kept(page)).not.toContain(token);
  });
});

test('tells a connection that does not work any more, and mends it', async () => {
  await inBrowser('en-GB', async (browser) => {
    const page = await browser.open('options.html');
    await browser.allow(LOOPBACK);
    await connect(page, origin, token);
    await page.getByText('Signed in as Lin Wei').first().waitFor();

    await page.evaluate(`chrome.permissions.remove({ origins: ['${LOOPBACK}'] })`);
    await page.reload();
    await page.getByText('may not talk to this address').waitFor();
    await inspect(page, 'failing');
    await browser.allow(LOOPBACK);
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.getByText('Signed in as Lin Wei').first().waitFor();
    expect(await permissions(page)).toEqual({ origins: [LOOPBACK], permissions: ['alarms', 'storage'] });

    const slow = { origin: addressOf(silent), token };
    await page.evaluate(`chrome.storage.local.set({ connection: ${JSON.stringify(slow)} })`);
    await page.reload();
    await page.getByText(`Asking ${slow.origin}`).first().waitFor();
    await inspect(page, 'checking');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('Signed out.').waitFor();
  });
});

test('speaks the language of the browser, and the one that is chosen; tells demo data', async () => {
  await worker.send(
    [record({ userIdentity: { type: 'CAMUser', principalId: '9', accountId: '100000000000' } })],
    {
      source: 'demo',
      account: '100000000000',
    },
  );
  await inBrowser('zh-CN', async (browser) => {
    const page = await browser.open('options.html');
    await page.getByText('三步完成').waitFor();
    await inspect(page, 'zh-first-run');

    await browser.allow(LOOPBACK);
    await page.getByLabel('Worker 地址').fill(origin);
    await page.getByLabel('令牌', { exact: true }).fill('admin-token-of-the-tests-0123456789');
    await page.keyboard.press('Enter');
    await page.getByText('已登录').first().waitFor();
    await page.getByText('虚构的公司').waitFor();
    await page.getByText(/^\d+月\d+日以来的 2 条事件$/).waitFor();
    await inspect(page, 'zh-connected');

    await page.getByRole('radio', { name: 'English' }).check();
    await page.getByText('made-up company').waitFor();
    await page.getByRole('radio', { name: 'Dark' }).check();
    await page.reload();
    await page.getByText('made-up company').waitFor();
    expect(
      await page.evaluate('[document.documentElement.lang, document.documentElement.dataset.theme]'),
    ).toEqual(['en', 'dark']);
  });
});
