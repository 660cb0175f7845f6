import { effect } from '@preact/signals';
import { render } from 'preact';
import { browser } from 'wxt/browser';
import { localeOf } from '../../panel/locale.ts';
import type { Backend } from '../../panel/options/backend.ts';
import { createOptions } from '../../panel/options/model.ts';
import { createNotices } from '../../panel/options/notices-model.ts';
import { OptionsPage } from '../../panel/options/page.tsx';
import { ALERTS_PAGE } from '../../protocol/alerts.ts';
import type { MessageName, Messages, Reply } from '../../protocol/messages.ts';

/** Asks the background, which owns the network and the storage. */
async function ask<M extends MessageName>(
  name: M,
  request: Messages[M]['request'],
): Promise<Messages[M]['reply']> {
  const reply: Reply<M> | undefined = await browser.runtime.sendMessage({ name, request });
  if (!reply?.ok) throw new Error(`the background did not answer "${name}"`);
  return reply.value;
}

const backend: Backend = {
  saved: () => ask('saved', null),
  check: () => ask('check', null),
  allow: (pattern) => browser.permissions.request({ origins: [pattern] }),
  connect: (credentials) => ask('connect', credentials),
  signOut: () => ask('signOut', null),
  cache: () => ask('cache', null),
  preferences: () => ask('preferences', null),
  setPreferences: (preferences) => ask('setPreferences', preferences),
};

const options = createOptions(backend);

const NOTIFICATIONS = { permissions: ['notifications' as const] };
const notices = createNotices({
  isAllowed: () => browser.permissions.contains(NOTIFICATIONS),
  allow: () => browser.permissions.request(NOTIFICATIONS),
  release: () => browser.permissions.remove(NOTIFICATIONS),
  onChange(work) {
    browser.permissions.onAdded.addListener(work);
    browser.permissions.onRemoved.addListener(work);
  },
  openAlerts: () => void browser.tabs.create({ url: new URL(`/${ALERTS_PAGE}`, location.href).href }),
});

effect(() => {
  const { language, theme } = options.preferences.value;
  const { tag, texts } = localeOf(language, navigator.language);
  document.documentElement.lang = tag;
  document.title = `Sidetrail ${texts.options}`;
  if (theme === 'auto') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
});

const app = document.querySelector('#app');
if (app) {
  render(<OptionsPage options={options} notices={notices} browserLanguage={navigator.language} />, app);
}
void options.load();
void notices.load();
