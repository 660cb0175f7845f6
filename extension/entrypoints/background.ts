import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import type { Fetch } from '../../shared/api/client.ts';
import { check, connect, readSaved, signOut, type Ports } from '../background/connection.ts';
import { listen } from '../background/listen.ts';
import { openStore } from '../background/store.ts';

/** A Worker that has not answered in this time (ms) is taken as out of reach. */
const PATIENCE = 15_000;

/** Nothing but the token goes along, and a redirect is not followed: it would carry the token elsewhere. */
const send: Fetch = (url, init) =>
  fetch(url, {
    ...init,
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'manual',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(PATIENCE),
  });

function openOptions(): void {
  void browser.runtime.openOptionsPage();
}

// Every listener is there before the first turn ends: the browser wakes the background for who listens then.
export default defineBackground(() => {
  const { local } = browser.storage;
  const store = openStore(local);
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

  browser.runtime.onMessage.addListener(
    listen(
      {
        saved: () => readSaved(ports),
        connect: (credentials) => connect(ports, credentials),
        check: () => check(ports),
        signOut: () => signOut(ports),
        preferences: () => store.preferences(),
        setPreferences: async (preferences) => {
          await store.setPreferences(preferences);
          return null;
        },
      },
      { id: browser.runtime.id, pages: [new URL('/options.html', location.href).href] },
      // oxlint-disable-next-line no-console -- the extension's own console is where its bugs are told
      console.error,
    ),
  );
  browser.runtime.onInstalled.addListener(({ reason }) => {
    if (reason === 'install') openOptions();
  });
  browser.action.onClicked.addListener(openOptions);
});
