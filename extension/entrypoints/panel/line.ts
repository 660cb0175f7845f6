import { browser } from 'wxt/browser';

/** A line that broke sooner than this (ms) is opened again only after as long. */
const PAUSE = 1000;

export interface LineEnd<Heard> {
  /** Somebody is at the other end who knows nothing yet: at first, and after each break. */
  begin(): void;
  hear(message: Heard): void;
  /** Nobody will be there again: the extension itself was replaced or removed. */
  lost(): void;
}

export interface Line<Said, Heard> {
  listen: (end: LineEnd<Heard>) => void;
  send: (message: Said) => void;
}

/**
 * The background at the other end of a port. The browser stops it when it idles, and the port breaks: another is
 * opened at once, or when somebody looks again. Where the background refuses, none is.
 */
export function openLine<Said, Heard>(
  name: string,
  isRefusal: (message: Heard) => boolean,
): Line<Said, Heard> {
  let port: ReturnType<typeof browser.runtime.connect> | undefined;
  let end: LineEnd<Heard> | undefined;
  let isRefused = false;

  const connect = (): void => {
    if (port || isRefused || !end) return;
    const to = end;
    const opened = performance.now();
    try {
      port = browser.runtime.connect({ name });
    } catch {
      // The extension that this page belongs to is not there any more.
      to.lost();
      return;
    }
    port.onMessage.addListener((message: Heard) => {
      isRefused ||= isRefusal(message);
      to.hear(message);
    });
    port.onDisconnect.addListener(() => {
      port = undefined;
      if (document.hidden) return;
      setTimeout(connect, performance.now() - opened < PAUSE ? PAUSE : 0);
    });
    to.begin();
  };

  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) connect();
  });

  return {
    listen(next) {
      end = next;
      connect();
    },
    send(message) {
      connect();
      port?.postMessage(message);
    },
  };
}
