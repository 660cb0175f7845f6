/** The door for panels: which port is one's own panel, and what page it stands beside. */
import { PANEL_PORT, type FromBackground, type FromPanel } from '../protocol/panel.ts';
import type { Visit } from '../protocol/dock.ts';
import type { Nonces } from './nonces.ts';
import { pageBeside } from './page-beside.ts';

/** The little that is needed of `runtime.Port`. The browser fills in the sender, who cannot lie about it. */
export interface Port {
  name: string;
  sender?: PortSender | undefined;
  postMessage(message: FromBackground): void;
  disconnect(): void;
  onMessage: { addListener(listener: (message: unknown) => void): void };
  onDisconnect: { addListener(listener: () => void): void };
}

export interface PortSender {
  id?: string | undefined;
  url?: string | undefined;
  frameId?: number | undefined;
  /** Not told by Firefox, where the frame stands for it. */
  documentId?: string | undefined;
  tab?: { id?: number | undefined } | undefined;
}

/** A panel that was let in. */
export interface OpenPanel {
  tabId: number;
  /** Does nothing once the port is closed. */
  send(message: FromBackground): void;
}

/** What serves one panel. */
export interface PanelServer {
  /** What it says, in order; the first is its hello. What closes the dock is seen to already. */
  heard(message: FromPanel): void;
  gone(): void;
}

/** Called for each panel that is let in, after it was told its page. */
export type OnPanel = (panel: OpenPanel) => PanelServer;

export interface PanelDoor {
  id: string;
  /** Address of the panel's page. */
  page: string;
  nonces: Nonces;
  onPanel: OnPanel;
  /** The panel of a tab wants to be closed: docked, or in a tab of its own. */
  close(tabId: number, where: 'dock' | 'tab'): void;
}

export interface PanelPorts {
  /** A listener for `runtime.onConnect`; ports of other names are left to others. */
  accept: (port: Port) => void;
  /** The dock of a tab is elsewhere now. */
  moved: (tabId: number, visit: Visit) => void;
}

/** Serves panels in docks that have a nonce, and in tabs of their own. */
export function openPanelPorts(door: PanelDoor): PanelPorts {
  /** The docked panel of each tab. */
  const docked = new Map<number, OpenPanel>();

  /** Says where the dock is, null for a tab of its own; undefined is a refusal. */
  const admit = async (caller: Caller, hello: FromPanel): Promise<Visit | null | undefined> => {
    if (hello.kind !== 'hello') return undefined;
    // Around a tab of its own there is no page that could steer it.
    if (caller.where === 'tab') return null;
    return door.nonces.redeem(caller.tabId, caller.document, hello.nonce ?? '');
  };

  const serve = (panel: OpenPanel, caller: Caller, visit: Visit | null): PanelServer => {
    if (caller.where === 'dock') docked.set(caller.tabId, panel);
    panel.send({ kind: 'page', page: visit && pageBeside(visit) });
    return door.onPanel(panel);
  };

  return {
    accept(port) {
      if (port.name !== PANEL_PORT) return;
      const caller = callerOf(port.sender, door);
      if (!caller) return refuse(port);
      let isOpen = true;
      let admitted: Promise<PanelServer | undefined> | undefined;
      const panel: OpenPanel = {
        tabId: caller.tabId,
        send: (message) => isOpen && port.postMessage(message),
      };

      const enter = async (hello: FromPanel): Promise<PanelServer | undefined> => {
        const visit = await admit(caller, hello);
        if (!isOpen) return undefined;
        if (visit !== undefined) return serve(panel, caller, visit);
        isOpen = false;
        refuse(port);
        return undefined;
      };

      // What is said right behind the hello waits for what becomes of it.
      const hear = async (server: Promise<PanelServer | undefined>, message: FromPanel): Promise<void> => {
        const serving = await server;
        if (serving && message.kind === 'close') door.close(caller.tabId, caller.where);
        else serving?.heard(message);
      };

      port.onMessage.addListener((message) => {
        if (!isFromPanel(message)) return;
        admitted ??= enter(message);
        void hear(admitted, message);
      });
      port.onDisconnect.addListener(() => {
        isOpen = false;
        if (docked.get(caller.tabId) === panel) docked.delete(caller.tabId);
        void admitted?.then((server) => server?.gone());
      });
    },
    moved(tabId, visit) {
      docked.get(tabId)?.send({ kind: 'page', page: pageBeside(visit) });
    },
  };
}

interface Caller {
  tabId: number;
  document: string;
  where: 'dock' | 'tab';
}

function callerOf(sender: PortSender | undefined, { id, page }: PanelDoor): Caller | undefined {
  const { frameId, tab } = sender ?? {};
  if (sender?.id !== id || sender.url?.replace(/[?#].*$/s, '') !== page) return undefined;
  if (tab?.id === undefined || frameId === undefined) return undefined;
  return {
    tabId: tab.id,
    document: sender.documentId ?? `frame ${frameId}`,
    where: frameId === 0 ? 'tab' : 'dock',
  };
}

/** The panel is our own page: past the checks above, what has a kind is one of the kinds. */
function isFromPanel(message: unknown): message is FromPanel {
  return typeof message === 'object' && message !== null && 'kind' in message;
}

function refuse(port: Port): void {
  port.postMessage({ kind: 'standing', standing: { kind: 'refused' } });
  port.disconnect();
}
