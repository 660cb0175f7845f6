import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPolicy, at, happen } from '../support/alarms.ts';
import { violationsIn } from '../support/axe.ts';
import { startBrowser, type ExtensionBrowser } from '../support/browser.ts';
import { EXTENSION } from '../support/extension-build.ts';
import { until } from '../support/installation.ts';
import { connectOn, optionsPageOf } from '../support/installed.ts';
import { by, secondsAgo } from '../support/record.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const TITLE = 'Access key created';

let worker: TestWorker;
let origin: string;
/** Each test has an account of its own, and with it alerts of its own. */
let number = 0;

beforeAll(async () => {
  worker = await startWorker();
  ({ origin } = (await worker.harness.listen()).url);
  await addPolicy(worker, {
    id: 'keys',
    name: { en: TITLE, zh: '创建了访问密钥' },
    q: 'event:CreateAccessKey',
    severity: 'high',
    condition: { kind: 'count', within: 60, per: 'operator' },
  });
});

afterAll(() => worker?.close());

interface Auditor {
  /** The id of the token, to take it back by. */
  id: string;
  token: string;
  account: string;
}

async function newAuditor(changes: object = {}): Promise<Auditor> {
  number += 1;
  const account = `12500002${String(number).padStart(2, '0')}`;
  const member = { name: 'Wu Jia', role: 'auditor', accounts: [account], ...changes };
  const { json: saved } = await worker.call('/v1/members', { method: 'POST', json: member });
  const { json } = await worker.call('/v1/tokens', { method: 'POST', json: { member: saved.id } });
  return { ...json, account };
}

function createKeys(account: string, ...operators: string[]): Promise<void> {
  const changes = { eventName: 'CreateAccessKey', resourceType: 'cam', resourceName: 'user/ci-deploy' };
  return happen(
    worker,
    operators.map((operator) => at(secondsAgo(60), { ...changes, ...by(operator, account) })),
  );
}

async function inBrowser(
  work: (browser: ExtensionBrowser) => Promise<void>,
  options: Parameters<typeof startBrowser>[0] = {},
): Promise<void> {
  const browser = await startBrowser(options);
  try {
    await work(browser);
  } finally {
    await browser.close();
  }
}

async function button(browser: ExtensionBrowser): Promise<unknown> {
  const background = await browser.background();
  return await background.evaluate(
    '(async () => ({ text: await chrome.action.getBadgeText({}), title: await chrome.action.getTitle({}) }))()',
  );
}

/** Wakes the background as its own alarm does. */
async function wake(browser: ExtensionBrowser): Promise<void> {
  await (await browser.background()).evaluate(`chrome.alarms.create('sync', { when: Date.now() })`);
}

/** The page is readable by everybody, in both colours, and no wider than a narrow window. */
async function inspect(page: Page, name: string): Promise<void> {
  const shots = process.env['SCREENSHOTS'];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const width of [1280, 380]) {
      await page.setViewportSize({ width, height: 900 });
      if (shots) {
        await page.screenshot({ path: `${shots}/${name}-${colorScheme}-${width}.png`, fullPage: true });
      }
    }
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(380);
    expect(await violationsIn(page), `${name} ${colorScheme}`).toEqual([]);
  }
}

/** The page of the extension that comes by itself. */
async function opened({ context }: ExtensionBrowser, path: string): Promise<Page> {
  const find = (): Page | undefined => context.pages().find((one) => URL.parse(one.url())?.pathname === path);
  await until(find);
  const page = find();
  if (!page) throw new Error('the page was closed');
  return page;
}

function focused(page: Page): Promise<string> {
  return page.evaluate<string>('document.activeElement.innerText');
}

const NONE = { text: '', title: 'Open Sidetrail' };

test('an alert opens, shows on the button and the page, is acknowledged by keys; a token taken back clears all', async () => {
  const { id, token, account } = await newAuditor();
  await inBrowser(async (browser) => {
    const options = await optionsPageOf(browser);
    await connectOn(options, browser, { url: origin, token });
    await options.getByRole('button', { name: 'Open alerts' }).click();
    const page = await opened(browser, '/alerts.html');
    const errors: string[] = [];
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.on('pageerror', (error) => errors.push(error.message));
    await page.getByText('No alerts', { exact: true }).waitFor();
    await page.getByText(/^Asked at \d\d:\d\d; \d+ polic(y is|ies are) on\.$/).waitFor();
    expect(await button(browser)).toEqual(NONE);
    await inspect(page, 'alerts-empty');

    await createKeys(account, '21');
    await createKeys(account, '22');
    await wake(browser);
    await page.getByText('2 open alerts').waitFor();
    await until(async () => JSON.stringify(await button(browser)).includes('"2"'));
    expect(await button(browser)).toEqual({
      text: '2',
      title: 'Open Sidetrail. 2 open alerts, the worst: high',
    });
    await inspect(page, 'alerts-open');

    await page.bringToFront();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focused(page)).toContain('name-of-22');
    await page.keyboard.press('j');
    await expect.poll(() => focused(page)).toContain('name-of-21');
    await page.keyboard.press('a');
    await page.getByRole('status').getByText(`Acknowledged: ${TITLE}`).waitFor();
    await page.getByRole('heading', { name: 'Acknowledged 1' }).waitFor();
    await expect.poll(() => focused(page)).toContain('name-of-22');
    await until(async () => JSON.stringify(await button(browser)).includes('"1"'));
    await inspect(page, 'alerts-acknowledged');

    await page.keyboard.press('m');
    await expect.poll(() => focused(page)).toBe('1 hour');
    await inspect(page, 'alerts-mute');
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toContain('name-of-22');
    await page.keyboard.press('m');
    await page.keyboard.press('Enter');
    await page.getByText(/^Muted until \d\d:\d\d by Wu Jia/).waitFor();
    await until(async () => JSON.stringify(await button(browser)) === JSON.stringify(NONE));
    await page.keyboard.press('m');
    await page.getByText(/^Muted until/).waitFor({ state: 'detached' });

    await page.keyboard.press('Enter');
    const panel = await opened(browser, '/panel.html');
    await panel.getByRole('heading', { name: /CreateAccessKey/ }).waitFor();
    await panel.getByText('name-of-22').first().waitFor();
    await panel.close();

    await worker.call(`/v1/tokens/${id}`, { method: 'DELETE' });
    await wake(browser);
    await page.getByText('does not know this token').waitFor();
    expect(await page.locator('.alert').count()).toBe(0);
    await until(async () => JSON.stringify(await button(browser)) === JSON.stringify(NONE));
    await inspect(page, 'alerts-refused');
    expect(errors.filter((error) => !error.includes('401'))).toEqual([]);
  });
});

test('signed out, the page and the button show nothing any more; the page speaks Chinese', async () => {
  const { token, account } = await newAuditor();
  await createKeys(account, '21');
  await inBrowser(
    async (browser) => {
      const page = await browser.open('alerts.html');
      await page.getByText('尚未连接').waitFor();
      await inspect(page, 'alerts-zh-signed-out');
      const options = await optionsPageOf(browser);
      await connectOn(options, browser, { url: origin, token });
      await page.getByText('1 条未处理告警').waitFor();
      await page.getByRole('heading', { name: '创建了访问密钥' }).waitFor();
      await until(async () => JSON.stringify(await button(browser)).includes('高危'));
      await inspect(page, 'alerts-zh-open');
      await options.getByRole('button', { name: '退出登录' }).click();
      await page.getByText('尚未连接').waitFor();
      expect(await page.locator('.alert').count()).toBe(0);
      // Without alerts the words are the manifest's, in the language of the browser's own menus.
      expect(await button(browser)).toEqual(NONE);
    },
    { language: 'zh-CN' },
  );
});

test('notifications are asked for by a click in the options, and stay off where the person says no', async () => {
  const { token } = await newAuditor();
  await inBrowser(async (browser) => {
    const page = await optionsPageOf(browser);
    await connectOn(page, browser, { url: origin, token });
    // The browser's own question is a window that nothing can answer here.
    await page.evaluate(
      'globalThis.asked = []; chrome.permissions.request = async (what) => asked.push(what) < 0',
    );
    const wanted = { permissions: ['notifications'] };
    for (const asked of [[wanted], [wanted, wanted]]) {
      await page.locator('label', { hasText: /^On$/ }).click();
      await expect.poll(() => page.evaluate('asked')).toEqual(asked);
      await page.getByText('decided otherwise').waitFor();
      await expect.poll(() => page.getByRole('radio', { name: 'Off' }).isChecked()).toBe(true);
    }
    await inspect(page, 'options-refused');
  });
});

test('who sees only their own can look, but not act', async () => {
  const operator = '100000000021';
  const { token, account } = await newAuditor({ role: 'member', operators: [] });
  const { json } = await worker.call('/v1/members');
  const member = json.members.find(({ accounts }: { accounts: string[] }) => accounts.includes(account));
  await worker.call(`/v1/members/${member.id}`, {
    method: 'PATCH',
    json: { operators: [{ account, id: operator }] },
  });
  await createKeys(account, operator, '100000000022');
  await inBrowser(async (browser) => {
    await connectOn(await optionsPageOf(browser), browser, { url: origin, token });
    const page = await browser.open('alerts.html');
    await page.getByText('1 open alert').waitFor();
    await page.getByText('Auditors and admins say what becomes of alerts').waitFor();
    expect(await page.getByRole('button', { name: /^Acknowledge/ }).count()).toBe(0);
    await inspect(page, 'alerts-own');
  });
});

/** The extension with the optional permission given: no test can answer the browser's question. */
function withNotifications(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sidetrail-notifications-'));
  cpSync(EXTENSION, folder, { recursive: true });
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  expect(manifest.optional_permissions).toEqual(['notifications']);
  expect(manifest.permissions).not.toContain('notifications');
  manifest.permissions.push('notifications');
  writeFileSync(path, JSON.stringify(manifest));
  return folder;
}

test('where they are wanted, a notification tells of alerts that newly open, and its click shows the page', async () => {
  const { token, account } = await newAuditor();
  await createKeys(account, '21');
  const extension = withNotifications();
  await inBrowser(
    async (browser) => {
      await connectOn(await optionsPageOf(browser), browser, { url: origin, token });
      await until(async () => JSON.stringify(await button(browser)).includes('"1"'));
      const shown = async (): Promise<string[]> =>
        Object.keys(await (await browser.background()).evaluate('chrome.notifications.getAll()'));
      expect(await shown()).toEqual([]);
      await createKeys(account, '22', '23');
      await wake(browser);
      await until(async () => (await shown()).length > 0);
      expect(await shown()).toEqual(['alerts']);
      await (await browser.background()).evaluate(`chrome.notifications.onClicked.dispatch('alerts')`);
      await opened(browser, '/alerts.html');
      await until(async () => (await shown()).length === 0);
    },
    { extension },
  ).finally(() => rmSync(extension, { recursive: true, force: true }));
});
