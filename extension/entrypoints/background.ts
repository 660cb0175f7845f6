import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { clearNotices, notify, onNoticeClicked, showBadge, showTab } from '../background/alerts/browser.ts';
import { serveAlerts } from '../background/alerts/serve.ts';
import { check, connect, readSaved, signOut, type Ports } from '../background/connection.ts';
import { openConsoleTabs } from '../background/console-tabs.ts';
import { listenToDocks } from '../background/docks.ts';
import { createKeeper } from '../background/keeper.ts';
import { listen } from '../background/listen.ts';
import { send } from '../background/network.ts';
import { openNonces } from '../background/nonces.ts';
import { openPanelPorts } from '../background/panel-ports.ts';
import { servePanels, type PanelService } from '../background/panel/serve.ts';
import { digest, randomText } from '../background/random.ts';
import { remembered } from '../background/remembered.ts';
import { readCacheSize } from '../background/shown.ts';
import { openStore, type Store } from '../background/store.ts';
import { syncOnce } from '../background/sync/run.ts';
import { createSchedule, type Schedule } from '../background/sync/schedule.ts';
import { openCache } from '../cache/database.ts';
import { ALERTS_PAGE } from '../protocol/alerts.ts';
import { PANEL_PAGE, type ToDock } from '../protocol/dock.ts';

/** The name of the alarm that wakes the background to sync. */
const SYNC = 'sync';

/** The extension's own console is where its bugs are told. */
function report(error: unknown): void {
  // oxlint-disable-next-line no-console -- see above
  console.error(error);
}

function openOptions(): void {
  void browser.runtime.openOptionsPage();
}

function panelPage(): string {
  return new URL(`/${PANEL_PAGE}`, location.href).href;
}

function openPanelTab(state: string): void {
  void browser.tabs.create({ url: `${panelPage()}#${state}` });
}

/** False where the tab has no dock. */
async function tellDock(tabId: number | undefined, message: ToDock): Promise<boolean> {
  if (tabId === undefined) return false;
  return browser.tabs.sendMessage(tabId, message, { frameId: 0 }).catch(() => false);
}

/** In the dock of the tab where there is one, else in a tab of its own; where there is nothing to show yet, the options. */
async function openPanel(tabId: number | undefined, store: Store): Promise<void> {
  if (await tellDock(tabId, { kind: 'toggle-dock' })) return;
  if (await store.connection()) await browser.tabs.create({ url: panelPage() });
  else openOptions();
}

// Every listener is there before the first turn ends: the browser wakes the background for who listens then.
export default defineBackground(() => {
  const { local } = browser.storage;
  const store = openStore(
    remembered(local, (changed) => local.onChanged.addListener((changes) => changed(Object.keys(changes)))),
  );
  const ports: Ports = {
    store,
    fetch: send,
    now: Date.now,
    isAllowed: (pattern) => browser.permissions.contains({ origins: [pattern] }),
    // A permission that a policy grants cannot be given back, and is not ours to give.
    release: async (pattern) =>
      void (await browser.permissions.remove({ origins: [pattern] }).catch(() => false)),
  };

  // Pages that content scripts run in are never trusted with the token. Firefox has no such switch.
  if ('setAccessLevel' in local) void local.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' });

  const consoleTabs = openConsoleTabs({
    area: browser.storage.session,
    isThere: (tabId) => tellDock(tabId, { kind: 'is-there' }),
  });
  const keeper = createKeeper(openCache, () => service.changed());
  const schedule: Schedule = createSchedule({
    // Beside a sync, so that nothing is woken for alerts alone.
    sync: async () => (await Promise.all([syncOnce({ ...ports, keeper, digest }), alerts.look()]))[0],
    wakeAt: (when) => browser.alarms.create(SYNC, { when }),
    nextWake: async () => (await browser.alarms.get(SYNC))?.scheduledTime,
    isWatched: async () => service.isWatched() || alerts.isWatched() || (await consoleTabs.isAny()),
    now: Date.now,
    random: Math.random,
    report,
    told: (state) => service.synced(state),
  });
  const service: PanelService = servePanels({
    ...ports,
    keeper,
    digest,
    schedule: () => schedule,
    openOptions,
    openAlerts: () => void alerts.open().catch(report),
    openTab: openPanelTab,
    later: (ms, work) => void setTimeout(work, ms),
    report,
  });
  const alerts = serveAlerts({
    ...ports,
    showBadge,
    notify,
    clearNotices,
    area: local,
    digest,
    id: browser.runtime.id,
    page: new URL(`/${ALERTS_PAGE}`, location.href).href,
    browserLanguage: navigator.language,
    arrived: () => void schedule.hasten().catch(report),
    showTab,
    openTab: (url) => void browser.tabs.create({ url }),
    openPanel: openPanelTab,
    openOptions,
    report,
  });
  onNoticeClicked(() => void alerts.open().catch(report));
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === SYNC) void schedule.run();
  });
  browser.runtime.onStartup.addListener(() => void schedule.run());

  const answerPages = listen(
    {
      saved: () => readSaved(ports),
      connect: async (credentials) => {
        const outcome = await connect(ports, credentials);
        if (outcome.kind === 'connected') {
          await alerts.forget();
          void schedule.runAnew();
        }
        return outcome;
      },
      check: () => check(ports),
      signOut: async () => {
        await signOut(ports);
        await Promise.all([keeper.forget(), alerts.forget()]);
        return null;
      },
      cache: async () => {
        await schedule.idle();
        return await readCacheSize({ store, keeper, digest, now: Date.now });
      },
      preferences: () => store.preferences(),
      setPreferences: async (preferences) => {
        await store.setPreferences(preferences);
        await service.preferencesChanged();
        void alerts.preferencesChanged().catch(report);
        return null;
      },
    },
    { id: browser.runtime.id, pages: [new URL('/options.html', location.href).href] },
    report,
  );
  // Docks need pages of the extension to be framed in the console; those with the settings never are.
  browser.runtime.onMessage.addListener(
    (message: unknown, sender, reply) => sender.frameId === 0 && answerPages(message, sender, reply),
  );

  const nonces = openNonces({ area: browser.storage.session, now: Date.now, random: randomText });
  const panels = openPanelPorts({
    id: browser.runtime.id,
    page: panelPage(),
    nonces,
    onPanel: service.onPanel,
    close: (tabId, where) => {
      if (where === 'dock') void tellDock(tabId, { kind: 'close-dock' });
      else void browser.tabs.remove(tabId);
    },
  });
  browser.runtime.onConnect.addListener(panels.accept);
  browser.runtime.onConnect.addListener(alerts.accept);
  browser.runtime.onMessage.addListener(
    listenToDocks({
      id: browser.runtime.id,
      area: local,
      nonces,
      arrived: (tabId) => void consoleTabs.seen(tabId).then(schedule.hasten).catch(report),
      opening: service.expect,
      moved: panels.moved,
    }),
  );

  browser.runtime.onInstalled.addListener(({ reason }) => {
    if (reason === 'install') openOptions();
  });
  // The button, and the keys that the manifest gives it.
  browser.action.onClicked.addListener(({ id }) => void openPanel(id, store));
});
