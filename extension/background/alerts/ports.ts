/** The door for pages of alerts: only our own page, and only as a tab of its own, where no page around steers clicks. */
import { ALERTS_PORT, type FromAlertsPage, type ToAlertsPage } from '../../protocol/alerts.ts';
import type { PortSender } from '../panel-ports.ts';

/** The little that is needed of `runtime.Port`. The browser fills in the sender, who cannot lie about it. */
export interface AlertsPort {
  name: string;
  sender?: PortSender | undefined;
  postMessage(message: ToAlertsPage): void;
  disconnect(): void;
  onMessage: { addListener(listener: (message: unknown) => void): void };
  onDisconnect: { addListener(listener: () => void): void };
}

/** What serves one page. */
export interface PageServer {
  heard(message: FromAlertsPage): void;
  gone(): void;
}

export interface AlertsDoor {
  /** The extension's id. */
  id: string;
  /** Address of the page. */
  page: string;
  /** Called for each page that is let in, at its hello. `send` does nothing once the port is closed. */
  onPage(tabId: number, send: (message: ToAlertsPage) => void): PageServer;
}

/** A listener for `runtime.onConnect`; ports of other names are left to others. */
export function openAlertsPorts(door: AlertsDoor): (port: AlertsPort) => void {
  return (port) => {
    if (port.name !== ALERTS_PORT) return;
    const tabId = tabOf(port.sender, door);
    if (tabId === undefined) {
      port.postMessage({ kind: 'standing', standing: { kind: 'refused' } });
      port.disconnect();
      return;
    }
    let isOpen = true;
    let server: PageServer | undefined;
    port.onMessage.addListener((message) => {
      if (!isFromPage(message)) return;
      if (message.kind === 'hello') {
        server ??= door.onPage(tabId, (said) => isOpen && port.postMessage(said));
      }
      server?.heard(message);
    });
    port.onDisconnect.addListener(() => {
      isOpen = false;
      server?.gone();
    });
  };
}

function tabOf(sender: PortSender | undefined, { id, page }: AlertsDoor): number | undefined {
  const isOurs = sender?.id === id && sender.url?.replace(/[?#].*$/s, '') === page;
  return isOurs && sender.frameId === 0 ? sender.tab?.id : undefined;
}

const KINDS: readonly unknown[] = [
  'hello',
  'look',
  'deed',
  'examples',
  'show-event',
  'open-options',
] satisfies FromAlertsPage['kind'][];

/** The page is our own: past the checks above, what has a kind of the table is of that kind. */
function isFromPage(message: unknown): message is FromAlertsPage {
  return typeof message === 'object' && message !== null && 'kind' in message && KINDS.includes(message.kind);
}
