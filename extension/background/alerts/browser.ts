/** What alerts show outside of pages: the button's badge, notifications, tabs. */
import { browser } from 'wxt/browser';
import type { Badge } from './badge.ts';
import type { Notice } from './notice.ts';

/** Puts the badge on the button; without one the button is as the manifest has it. */
export async function showBadge(badge: Badge | undefined): Promise<void> {
  const { action } = browser;
  await Promise.all([
    action.setBadgeText({ text: badge?.text ?? '' }),
    action.setTitle({ title: badge?.title ?? browser.i18n.getMessage('open') }),
    ...(badge
      ? [action.setBadgeBackgroundColor({ color: badge.colour }), action.setBadgeTextColor({ color: '#fff' })]
      : []),
  ]);
}

/** Shows a notification, where the person allowed them. */
export async function notify({ id, title, message }: Notice): Promise<void> {
  const iconUrl = new URL('/icon/128.png', location.href).href;
  await (await allowed())?.create(id, { type: 'basic', iconUrl, title, message });
}

/** Takes away the notifications that are still there. */
export async function clearNotices(): Promise<void> {
  const notifications = await allowed();
  if (!notifications) return;
  const there = Object.keys(await notifications.getAll());
  await Promise.all(there.map((id) => notifications.clear(id)));
}

/** Calls back whenever somebody clicks a notification, which goes away with that. To be called in the first turn. */
export function onNoticeClicked(work: () => void): void {
  const clicked = (id: string): void => {
    void browser.notifications.clear(id);
    work();
  };
  // The same listener is added once only, however often.
  const listen = (): void => api()?.onClicked.addListener(clicked);
  listen();
  browser.permissions.onAdded.addListener(listen);
}

/** Shows a tab and its window; false where it is gone. */
export async function showTab(tabId: number): Promise<boolean> {
  const tab = await browser.tabs.update(tabId, { active: true }).catch(() => undefined);
  if (tab?.windowId === undefined) return false;
  await browser.windows.update(tab.windowId, { focused: true }).catch(() => undefined);
  return true;
}

/** Not there until the permission was given. */
function api(): typeof browser.notifications | undefined {
  return browser.notifications;
}

async function allowed(): Promise<typeof browser.notifications | undefined> {
  return (await browser.permissions.contains({ permissions: ['notifications'] })) ? api() : undefined;
}
