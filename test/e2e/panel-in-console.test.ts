import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { violationsIn } from '../support/axe.ts';
import type { ExtensionBrowser } from '../support/browser.ts';
import { CONSOLE } from '../support/console.ts';
import { inDockWorld, panelsIn } from '../support/dock.ts';
import { standGate, type Gate } from '../support/gate.ts';
import { until } from '../support/installation.ts';
import {
  connectOn,
  keptIn,
  openPanel,
  optionsPageOf,
  panelIn,
  startInstalled,
  visit,
} from '../support/installed.ts';
import { record, secondsAgo } from '../support/record.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const ACCOUNT = '1250000001';
const INSTANCE = 'ins-7k2m9xqd';
const DISK = 'disk-3bq0lw1k';
const ON_INSTANCE = `${CONSOLE}/cvm/instance/detail?rid=1&id=${INSTANCE}`;
const ON_DISK = `/cvm/cbs/detail?rid=1&id=${DISK}`;
const DAY = 86_400;

const LIN = '100000000011';
const MEI = '100000000012';
/** Of no team that Lin leads. */
const OTHER = '100000000013';

const NAMES: Record<string, string> = { [LIN]: 'lin-wei', [MEI]: 'mei-chen', [OTHER]: 'otto' };

let worker: TestWorker;
let gate: Gate;

beforeAll(async () => {
  worker = await startWorker();
  gate = await standGate((await worker.harness.listen()).url.origin);
  await send([
    did(LIN, 'StopInstances', { on: `instance/${INSTANCE}`, ago: 600, id: 'lin-stop' }),
    did(MEI, 'ResetInstancesPassword', { on: `instance/${INSTANCE}`, ago: 1200, id: 'mei-reset' }),
    did(OTHER, 'TerminateInstances', { on: `instance/${INSTANCE}`, ago: 1300, id: 'otto-terminate' }),
    did(LIN, 'RunInstances', { on: `instance/${INSTANCE}`, ago: 45 * DAY, id: 'lin-run' }),
    did(LIN, 'DescribeInstances', { on: `instance/${INSTANCE}`, ago: 700, id: 'lin-read', action: 'Read' }),
    did(MEI, 'ResizeDisk', { on: `disk/${DISK}`, ago: 900, id: 'mei-resize', product: 'cbs' }),
  ]);
  const operators = [LIN, MEI].map((id) => ({ account: ACCOUNT, id }));
  const lead = {
    id: 'lin-wei',
    name: 'Lin Wei',
    role: 'lead',
    accounts: [ACCOUNT],
    operators: operators.slice(0, 1),
  };
  await worker.call('/v1/members', { method: 'POST', json: lead });
  await worker.call('/v1/teams', {
    method: 'POST',
    json: { name: 'Web and data', operators, leads: ['lin-wei'] },
  });
});

afterAll(async () => {
  await gate?.shut();
  await worker?.close();
});

interface Deed {
  /** Type and id of what it was done to. */
  on: string;
  /** Seconds. */
  ago: number;
  /** Of the request. */
  id: string;
  product?: string;
  action?: string;
  error?: string;
}

function did(uin: string, event: string, { on, ago, id, product = 'cvm', action = 'Write', error }: Deed) {
  return record({
    userIdentity: {
      type: 'CAMUser',
      principalId: uin,
      accountId: ACCOUNT,
      userName: NAMES[uin] ?? '',
      secretId: '',
      sessionContext: '{}',
    },
    requestID: `6b0f1f0e-0000-4000-8000-${id}`,
    eventTime: secondsAgo(ago),
    eventName: event,
    resourceType: product,
    actionType: action,
    resourceName: on,
    ...(error !== undefined && { apiErrorCode: error, apiErrorMessage: 'seeded refusal' }),
    requestParameters: JSON.stringify({ seededParameter: `seeded-${id}` }),
  });
}

async function send(records: unknown[], source = 'files'): Promise<void> {
  const { status, json } = await worker.send(records, { source });
  expect([status, json.refused]).toEqual([200, []]);
}

/** A token of its own for each test, so that one can be taken away. */
async function newToken(): Promise<{ id: string; token: string }> {
  return (await worker.call('/v1/tokens', { method: 'POST', json: { member: 'lin-wei' } })).json;
}

/** A browser with the extension, connected through the gate. */
async function connected(token: string, language = 'en-GB'): Promise<ExtensionBrowser> {
  const browser = await startInstalled({ language });
  const page = await optionsPageOf(browser);
  await connectOn(page, browser, { url: gate.origin, token });
  await page.close();
  return browser;
}

/** The events of the list, as rows say them, newest first. */
function events(panel: Frame): Promise<string[]> {
  return panel.locator('button.row .a > span').allInnerTexts();
}

async function shows(panel: Frame, expected: string[]): Promise<void> {
  await expect.poll(() => events(panel)).toEqual(expected);
}

async function tab(panel: Frame, name: string): Promise<void> {
  await panel.getByRole('navigation').getByRole('button', { name, exact: true }).click();
}

async function openRow(panel: Frame, event: string): Promise<void> {
  await panel.locator('button.row', { hasText: event }).first().click();
  await panel.locator('.kv').waitFor();
}

/** What a person does who wants news now. */
async function askNow(panel: Frame): Promise<void> {
  await panel.locator('button.fresh').click();
  await panel.getByRole('button', { name: 'Ask now' }).click();
  await panel.page().keyboard.press('Escape');
}

async function inspect(panel: Frame, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (folder) await panel.page().screenshot({ path: `${folder}/panel-${name}.png` });
  expect(await violationsIn(panel), name).toEqual([]);
}

test('from the install to what happened to a resource, to oneself and to the team; offline too', async () => {
  const browser = await startInstalled();
  try {
    const options = await optionsPageOf(browser);
    await options.getByText('Three steps').waitFor();
    const first = await visit(browser, ON_INSTANCE);
    const welcome = await openPanel(first);
    await welcome.getByText('Connect, once').waitFor();
    await inspect(welcome, 'welcome');

    const { token } = await newToken();
    await connectOn(options, browser, { url: gate.origin, token });
    await shows(welcome, ['StopInstances', 'ResetInstancesPassword', 'RunInstances']);
    await first.close();

    const page = await visit(browser, ON_INSTANCE);
    const panel = await panelIn(page);
    await panel.getByText(INSTANCE, { exact: true }).first().waitFor();
    await shows(panel, ['StopInstances', 'ResetInstancesPassword', 'RunInstances']);
    await panel.getByText('3 events', { exact: true }).waitFor();
    await inspect(panel, 'page');

    await openRow(panel, 'ResetInstancesPassword');
    const summary = await panel.locator('.kv').innerText();
    for (const fact of [
      'mei-chen',
      MEI,
      '203.0.113.5',
      'ap-guangzhou',
      '6b0f1f0e-0000-4000-8000-mei-reset',
    ]) {
      expect(summary).toContain(fact);
    }
    await panel.getByText('seeded-mei-reset').waitFor();
    await panel.getByRole('button', { name: /^Record/ }).click();
    expect(await panel.locator('.code').innerText()).toContain('"eventName": "ResetInstancesPassword"');
    await inspect(panel, 'details');
    await panel.getByRole('button', { name: 'Back to the list' }).click();

    await page.evaluate(`app.go('${ON_DISK}')`);
    await panel.getByRole('heading', { name: DISK }).waitFor();
    await shows(panel, ['ResizeDisk']);
    await page.goBack();
    await panel.getByRole('heading', { name: INSTANCE }).waitFor();
    await shows(panel, ['StopInstances', 'ResetInstancesPassword', 'RunInstances']);

    await tab(panel, 'Me');
    await shows(panel, ['StopInstances']);
    await panel.getByRole('button', { name: 'Show reads too' }).first().click();
    await shows(panel, ['StopInstances', 'DescribeInstances']);
    await inspect(panel, 'me');
    await tab(panel, 'Team');
    await panel.getByRole('heading', { name: 'Web and data' }).waitFor();
    await shows(panel, ['StopInstances', 'ResizeDisk', 'ResetInstancesPassword']);
    await inspect(panel, 'team');

    await gate.shut();
    await page.reload();
    const offline = await panelIn(page);
    await offline.getByText('Showing what is kept here').waitFor();
    await shows(offline, ['StopInstances', 'ResetInstancesPassword']);
    await offline.getByText('Older events could not be fetched').waitFor();
    await inspect(offline, 'offline');
    await openRow(offline, 'ResetInstancesPassword');
    expect(await offline.locator('.kv').innerText()).toContain(MEI);
  } finally {
    await gate.open();
    await browser.close();
  }
});

describe('connected', () => {
  let browser: ExtensionBrowser;
  let token: string;
  let page: Page;
  let panel: Frame;

  beforeAll(async () => {
    ({ token } = await newToken());
    browser = await connected(token);
  });

  afterAll(async () => {
    await browser?.close();
  });

  beforeEach(async () => {
    page = await visit(browser, ON_INSTANCE);
    // The dock remembers that it is open.
    panel = panelsIn(page).length > 0 ? await panelIn(page) : await openPanel(page);
    await shows(panel, ['StopInstances', 'ResetInstancesPassword', 'RunInstances']);
    return () => page.close();
  });

  /** Stops the background, and comes back to the page from wherever that was done. */
  const stopBackground = async (): Promise<void> => {
    await browser.stopBackground();
    await page.bringToFront();
  };

  test('the background may be stopped before the panel opens, while it is open, and before any key', async () => {
    await panel.getByRole('button', { name: 'Close' }).click();
    await until(() => panelsIn(page).length === 0);
    await stopBackground();
    panel = await openPanel(page);
    await shows(panel, ['StopInstances', 'ResetInstancesPassword', 'RunInstances']);

    await stopBackground();
    await openRow(panel, 'StopInstances');
    await panel.getByText('seeded-lin-stop').waitFor();

    await stopBackground();
    await page.keyboard.press('j');
    await panel.getByText('seeded-mei-reset').waitFor();
    await page.keyboard.press('Backspace');
    await shows(panel, ['StopInstances', 'ResetInstancesPassword', 'RunInstances']);

    await stopBackground();
    await page.keyboard.press('/');
    await page.keyboard.type('event:Stop*');
    await page.keyboard.press('Enter');
    await shows(panel, ['StopInstances']);

    await stopBackground();
    await page.evaluate(`app.go('${ON_DISK}')`);
    await expect.poll(() => panel.locator('h2').innerText()).toBe(DISK);
  });

  test('what comes late and what is corrected is in its place after a sync, be it stopped half-way', async () => {
    const on = 'instance/ins-l8t3c0m3';
    const change = { on, ago: 3600, id: 'late-change' };
    await send([
      did(LIN, 'ModifyInstancesAttribute', change),
      did(MEI, 'RebootInstances', { ...change, ago: 60 }),
    ]);
    await page.evaluate(`app.go('/cvm/instance/detail?rid=1&id=ins-l8t3c0m3')`);
    await askNow(panel);
    await shows(panel, ['RebootInstances', 'ModifyInstancesAttribute']);

    await send([did(LIN, 'ResizeInstanceDisks', { ...change, ago: 1800, id: 'late-resize' })]);
    const held = gate.holdNext('/v1/changes');
    await askNow(panel);
    const letGo = await held;
    await stopBackground();
    letGo();
    await shows(panel, ['RebootInstances', 'ResizeInstanceDisks', 'ModifyInstancesAttribute']);

    expect(await panel.getByText('Failed', { exact: true }).count()).toBe(0);
    await send(
      [did(LIN, 'ModifyInstancesAttribute', { ...change, error: 'InvalidInstance.NotSupported' })],
      'api',
    );
    await askNow(panel);
    await panel.getByText('Failed', { exact: true }).waitFor();
    await shows(panel, ['RebootInstances', 'ResizeInstanceDisks', 'ModifyInstancesAttribute']);

    gate.passed.length = 0;
    await askNow(panel);
    const aboutEvents = () => gate.passed.filter(({ path }) => path !== '/v1/alerts');
    await until(() => aboutEvents().length > 0);
    expect(aboutEvents()).toEqual([{ path: '/v1/changes', status: 304 }]);
  });

  test('the page comes by nothing that the panel shows, and neither it nor the dock by the token', async () => {
    await openRow(panel, 'StopInstances');
    await panel.getByText('seeded-lin-stop').waitFor();
    await panel.locator('.kv').hover();
    const { session, evaluate } = await inDockWorld(page);
    const { root } = await session.send('DOM.getDocument', { depth: -1, pierce: true });
    const dom = JSON.stringify(root);
    expect(dom).toContain('/panel.html');
    for (const seeded of ['StopInstances', 'lin-wei', 'seeded', LIN, '203.0.113.5', 'Lin Wei', gate.origin]) {
      expect(dom).not.toContain(seeded);
    }
    for (const area of ['local', 'session']) {
      const { value } = await evaluate(
        `chrome.storage.${area}.get().then(JSON.stringify, () => 'not for you')`,
      );
      expect(value).toBe('not for you');
    }
    for (const text of [dom, await page.content(), await panel.content()]) expect(text).not.toContain(token);
  });

  test('it is said who the console is signed in as, where that is somebody else', async () => {
    const signIn = async (uin: string, account: string): Promise<void> => {
      const { hostname: domain } = new URL(CONSOLE);
      await browser.context.addCookies([
        { name: 'uin', value: `o${uin}`, domain, path: '/' },
        { name: 'ownerUin', value: `O${account}G`, domain, path: '/' },
        { name: 'skey', value: 'seeded-session-key', domain, path: '/' },
      ]);
      await page.reload();
      panel = await panelIn(page);
    };
    await signIn(OTHER, ACCOUNT);
    await panel.getByText(`The console is signed in as ${OTHER}, Sidetrail as Lin Wei (${LIN}).`).waitFor();
    await inspect(panel, 'identity');
    await signIn(LIN, '1259999999');
    await panel.getByText('The console shows account 1259999999').waitFor();
    await signIn(LIN, ACCOUNT);
    await shows(panel, ['StopInstances', 'ResetInstancesPassword', 'RunInstances']);
    expect(await panel.locator('.strip').count()).toBe(0);
  });
});

test('in Chinese too, from a first load that was cut; a token that is revoked empties it all', async () => {
  const { id, token } = await newToken();
  const held = gate.holdNext('/v1/events');
  const browser = await connected(token, 'zh-CN');
  try {
    const letGo = await held;
    await browser.stopBackground();
    letGo();
    const page = await visit(browser, ON_INSTANCE);
    const panel = await openPanel(page);
    await shows(panel, ['StopInstances', 'ResetInstancesPassword', 'RunInstances']);
    expect(await panel.evaluate('document.documentElement.lang')).toBe('zh-CN');
    await inspect(panel, 'zh-page');
    await tab(panel, '团队');
    await panel.getByRole('heading', { name: 'Web and data' }).waitFor();
    await tab(panel, '本页');
    await openRow(panel, 'StopInstances');
    await panel.getByText('主体 ID').waitFor();
    await inspect(panel, 'zh-details');
    await panel.getByRole('button', { name: '返回列表' }).click();

    await worker.call(`/v1/tokens/${id}`, { method: 'DELETE' });
    await panel.locator('button.row', { hasText: 'ResetInstancesPassword' }).click();
    await panel.getByText('令牌被拒绝').waitFor();
    await inspect(panel, 'zh-refused');
    for (const gone of ['StopInstances', 'lin-wei', INSTANCE]) {
      expect(await panel.locator('body').innerText()).not.toContain(gone);
    }
    const own = await browser.open('options.html');
    expect(await keptIn(own)).toEqual({ days: 0, copy: 0, details: 0 });
  } finally {
    await browser.close();
  }
});

test('an open page of the console is followed each minute with its panel closed, without one each quarter of an hour', async () => {
  const { token } = await newToken();
  const browser = await connected(token);
  try {
    const own = await browser.open('options.html');
    const minutesAhead = async (): Promise<number> =>
      (await own.evaluate<number>(
        "chrome.alarms.get('sync').then((alarm) => (alarm ? alarm.scheduledTime - Date.now() : 0))",
      )) / 60_000;
    await expect.poll(minutesAhead).toBeGreaterThan(14);
    await browser.stopBackground();
    await visit(browser, ON_INSTANCE);
    await expect.poll(minutesAhead).toBeLessThan(1.3);
  } finally {
    await browser.close();
  }
});
