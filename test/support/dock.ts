/** What a test needs of the dock in a console page, which the page itself can see nothing of. */
import type { BrowserContext, CDPSession, Frame, Page } from 'playwright-core';
import { until } from './installation.ts';

/** Everything that panels are told, kept in their own documents as `told`; their ports as `ports`. */
export async function listenInPanels(context: BrowserContext): Promise<void> {
  await context.addInitScript(`
    if (location.protocol === 'chrome-extension:' && location.pathname === '/panel.html') {
      globalThis.told = [];
      globalThis.ports = [];
      globalThis.address = location.href;
      const { connect } = chrome.runtime;
      const open = (...args) => {
        const port = connect.apply(chrome.runtime, args);
        ports.push(port);
        port.onMessage.addListener((message) => told.push(message));
        port.onDisconnect.addListener(() => told.push({ kind: 'disconnected' }));
        return port;
      };
      chrome.runtime.connect = open;
      if (globalThis.browser?.runtime) browser.runtime.connect = open;
    }`);
}

export interface Told {
  kind: string;
  page?: { resources: { id: string }[] } | null;
  standing?: { kind: string };
}

export function told(panel: Frame): Promise<Told[]> {
  return panel.evaluate<Told[]>('told');
}

/** The page that a panel was told last; undefined as long as it was told none. */
export async function toldPage(panel: Frame): Promise<Told['page']> {
  return (await told(panel)).findLast(({ kind }) => kind === 'page')?.page;
}

export function panelsIn(page: Page): Frame[] {
  return page.frames().filter((frame) => frame.url().includes('/panel.html'));
}

/** The panel in the dock, once it was told its page. */
export async function panelOf(page: Page): Promise<Frame> {
  await until(async () => {
    const [panel] = panelsIn(page);
    return panel && (await toldPage(panel).catch(() => undefined)) !== undefined;
  });
  const [panel] = panelsIn(page);
  if (!panel) throw new Error('the panel went away');
  return panel;
}

export interface DockWorld {
  session: CDPSession;
  evaluate: (expression: string) => Promise<{ value: unknown; objectId: string }>;
}

/** Runs an expression in the content script's own world and gives an object of it. */
export async function inDockWorld(page: Page): Promise<DockWorld> {
  const session = await page.context().newCDPSession(page);
  let contextId: number | undefined;
  session.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.name === 'Sidetrail') contextId = context.id;
  });
  await session.send('Runtime.enable');
  await until(() => contextId !== undefined);
  return {
    session,
    async evaluate(expression) {
      const asked = { expression, awaitPromise: true, ...(contextId !== undefined && { contextId }) };
      const { result } = await session.send('Runtime.evaluate', asked);
      return { value: result.value, objectId: result.objectId ?? '' };
    },
  };
}

/** How many listeners an object of the content script's world has for a type of event. */
export async function listenersOf(page: Page, expression: string, type: string): Promise<number> {
  const { session, evaluate } = await inDockWorld(page);
  const { objectId } = await evaluate(expression);
  const { listeners } = await session.send('DOMDebugger.getEventListeners', { objectId });
  await session.detach();
  return listeners.filter((listener) => listener.type === type).length;
}
