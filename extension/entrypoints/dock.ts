import { browser } from 'wxt/browser';
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { startDock } from '../console/dock/dock.ts';
import { signedIn } from '../console/dock/signed-in.ts';
import { textsIn } from '../console/dock/texts.ts';
import type { FromDock, ToDock } from '../protocol/dock.ts';

/** The background's answer; undefined where none came, be it that the extension was updated meanwhile. */
async function ask(message: FromDock): Promise<unknown> {
  try {
    return await browser.runtime.sendMessage(message);
  } catch {
    return undefined;
  }
}

/**
 * The content script, named in the manifest by hand: WXT's own wrapper for one tells the page, by an event, that it is
 * there, and is more than the script itself.
 */
export default defineUnlistedScript(() => {
  if (document.contentType !== 'text/html') return;
  const { runtime } = browser;
  const dock = startDock({
    texts: textsIn(navigator.language),
    isAlive: () => browser.runtime?.id !== undefined,
    kept: () => ask({ kind: 'dock-state' }),
    keep: (state) => void ask({ kind: 'dock-keep', state }),
    async admit() {
      const who = await signedIn();
      const nonce = await ask({ kind: 'dock-open', visit: { url: location.href, ...who } });
      return typeof nonce === 'string' ? `${runtime.getURL('/panel.html')}#${nonce}` : undefined;
    },
    moved: (url) => void ask({ kind: 'dock-moved', url }),
    closed: () => void ask({ kind: 'dock-closed' }),
  });
  // Back from where the browser keeps pages that were left: the background has forgotten this one meanwhile.
  addEventListener('pageshow', ({ isTrusted, persisted }) => {
    if (isTrusted && persisted) void ask({ kind: 'dock-state' });
  });
  runtime.onMessage.addListener((message: ToDock, sender, reply) => {
    if (sender.id !== runtime.id) return;
    switch (message.kind) {
      case 'toggle-dock':
        dock.toggle();
        break;
      case 'close-dock':
        dock.close();
        break;
      case 'is-there':
        break;
    }
    // So that the background knows that there is a dock here.
    reply(true);
  });
});
