/** Shows the extension on a look-alike console until its browser is closed. Leaves nothing behind. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errors, type Page } from 'playwright-core';
import { DEMO_ACCOUNT } from '../../shared/event/demo.ts';
import { readArguments } from '../../worker/cli/lib/arguments.ts';
import { Fault, runCommand } from '../../worker/cli/lib/fault.ts';
import { stateFolder } from '../../worker/cli/lib/places.ts';
import { ask, findServer, type Server } from '../../worker/cli/lib/server.ts';
import { stateFiles } from '../../worker/cli/lib/state.ts';
import { stopSignal } from '../../worker/cli/lib/stop-signal.ts';
import type { ExtensionBrowser } from '../support/browser.ts';
import { CONSOLE, openConsole } from '../support/console.ts';
import { buildExtension } from '../support/extension-build.ts';
import { connectOn, openPanel, optionsPageOf, startInstalled } from '../support/installed.ts';
import { pathOf, siteOf, type Section } from './site.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Of each kind, as many as fit on a page without scrolling. */
const MOST = 8;

const READY = `The panel is open beside an instance of the demo company: click around there.
Its handle is at the right edge of the page, its key is Alt+Shift+A.
Closing the browser, or Ctrl-C here, ends the demo.`;

await runCommand(async () => {
  const flag = { type: 'boolean' } as const;
  const { values } = readArguments({ options: { headless: flag, check: flag } });
  const stopped = stopSignal();
  const server = findServer(stateFiles(stateFolder()), process.env);
  const folder = mkdtempSync(join(tmpdir(), 'sidetrail-demo-'));
  let browser: ExtensionBrowser | undefined;
  try {
    say('Building the extension …');
    const extension = await buildExtension(folder);
    if (stopped.aborted) return 0;
    const sections = await sectionsOf(server);
    const { member } = await ask(server, 'GET /v1/me', {});
    const options = { extension, isVisible: !values.headless, isSignalled: false };
    browser = await startInstalled(options, siteOf(sections, member.name)).catch(explained);
    const closed = untilClosed(browser, stopped).then(() => 'closed' as const);
    const shown = await Promise.race([closed, show(browser, server, sections, values.check ?? false)]);
    if (!values.check) await closed;
    else if (shown === 'closed') throw new Fault('The browser was closed before the check was over.');
    return 0;
  } catch (error) {
    // What is under way when the browser is closed breaks off.
    if (stopped.aborted) return 0;
    throw error;
  } finally {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** The resources with the most history, of the kinds that the site has pages for. */
async function sectionsOf(server: Server): Promise<Section[]> {
  const of = async (q: string): Promise<Section['resources']> => {
    const query = { q: `account:${DEMO_ACCOUNT} ${q}`, limit: 1000 };
    const { resources } = await ask(server, 'GET /v1/resources', { query });
    const busy = resources.filter(({ writes }) => writes > 0);
    const busiest = busy.toSorted((one, other) => other.writes - one.writes).slice(0, MOST);
    return busiest.map(({ id, name, region }) => ({ id, region, ...(name !== undefined && { name }) }));
  };
  const [instances, disks, groups] = await Promise.all([
    of('resource:ins-*'),
    of('resource:disk-*'),
    of('resource:sg-*'),
  ]);
  const sections: Section[] = [
    { title: 'Instances', list: '/cvm/instance/index', detail: '/cvm/instance/detail', resources: instances },
    { title: 'Disks', list: '/cvm/cbs/index', detail: '/cvm/cbs/detail', resources: disks },
    {
      title: 'Security groups',
      list: '/vpc/securitygroup',
      detail: '/vpc/securitygroup/detail',
      resources: groups,
    },
  ];
  const filled = sections.filter(({ resources }) => resources.length > 0);
  if (filled.length === 0) throw new Fault('The demo data has no resource to show.');
  return filled;
}

/** Connects, and opens the panel beside the first resource; to `check` goes through one of each kind. */
async function show(
  browser: ExtensionBrowser,
  server: Server,
  sections: readonly Section[],
  check: boolean,
): Promise<void> {
  await connectOn(await optionsPageOf(browser), browser, server);
  const paths = sections.flatMap((section) =>
    section.resources.slice(0, 1).map((resource) => ({ path: pathOf(section, resource), id: resource.id })),
  );
  const page = await openConsole(browser.context, `${CONSOLE}${paths[0]?.path}`);
  for (const other of browser.context.pages()) if (other !== page) await other.close();
  const panel = await openPanel(page);
  for (const { path, id } of check ? paths : []) {
    await goTo(page, path);
    await panel.locator('.rh', { hasText: id }).waitFor();
    await panel.locator('button.row').first().waitFor();
    say(`The panel beside ${id}: ${await panel.locator('.cap').innerText()}.`);
  }
  if (!check) say(READY);
}

/** Goes on as a person does, by a link. */
async function goTo(page: Page, path: string): Promise<void> {
  const [list = ''] = path.split('/detail');
  await page.locator(`nav a[href^="${list}"]`).click();
  await page.locator(`main a[href="${path}"]`).click();
}

/** Resolves when the last page is closed, or the demo is to end. */
function untilClosed({ context }: ExtensionBrowser, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (context.pages().length === 0) resolve();
    };
    context.on('close', () => resolve());
    context.on('page', (page) => void page.on('close', look));
    for (const page of context.pages()) page.on('close', look);
    stopped.addEventListener('abort', () => resolve());
  });
}

function explained(error: unknown): never {
  if (!(error instanceof errors.TimeoutError)) throw error;
  throw new Fault(
    'The browser did not load the extension, as Google Chrome does not from a folder: set CHROMIUM_PATH to a Chromium.',
  );
}
