import { browser } from 'wxt/browser';
import { type FromBackground, type FromPanel, PANEL_PORT } from '../../protocol/panel.ts';
import type { Backend, Listener } from '../../panel/backend.ts';
import { copyText } from './copy-text.ts';

/** A port that broke sooner than this (ms) is opened again only after as long. */
const PAUSE = 1000;

/**
 * The background at the other end of a port. The browser stops it when it idles, and the port breaks: another is
 * opened at once, or when somebody looks again, and the background is told anew who this is.
 */
export function connectPanel(nonce: string | null, isDocked: boolean): Backend {
  let port: ReturnType<typeof browser.runtime.connect> | undefined;
  let listener: Listener | undefined;
  let isRefused = false;

  const connect = (): void => {
    if (port || isRefused || !listener) return;
    const to = listener;
    const opened = performance.now();
    try {
      port = browser.runtime.connect({ name: PANEL_PORT });
    } catch {
      // The extension that this page belongs to is not there any more.
      to.lost();
      return;
    }
    port.onMessage.addListener((message: FromBackground) => {
      if (message.kind === 'standing' && message.standing.kind === 'refused') isRefused = true;
      to.hear(message);
    });
    port.onDisconnect.addListener(() => {
      port = undefined;
      if (document.hidden) return;
      setTimeout(connect, performance.now() - opened < PAUSE ? PAUSE : 0);
    });
    port.postMessage({ kind: 'hello', nonce } satisfies FromPanel);
    to.begin();
  };

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) connect();
  });

  return {
    listen(next) {
      listener = next;
      connect();
    },
    send(message) {
      connect();
      port?.postMessage(message);
    },
    copy: copyText,
    now: Date.now,
    zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    isDocked,
  };
}
