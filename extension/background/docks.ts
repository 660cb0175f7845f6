/** What docks in console pages ask of the background. */
import { readDockState } from '../console/dock/state.ts';
import { whereAmI } from '../console/where/where.ts';
import type { FromDock, Visit } from '../protocol/dock.ts';
import type { Nonces } from './nonces.ts';
import type { Area } from './store.ts';

/** As far as the browser tells it; it fills this in itself. */
export interface DockSender {
  id?: string | undefined;
  url?: string | undefined;
  frameId?: number | undefined;
  tab?: { id?: number | undefined } | undefined;
}

export interface DockPorts {
  /** The extension's id. */
  id: string;
  /** `storage.local`, where the state of docks is kept for each host. */
  area: Area;
  nonces: Nonces;
  /** A page with a dock loaded in a tab. */
  arrived: (tabId: number) => void;
  /** A panel is about to open in a dock. */
  opening: () => void;
  /** The dock of a tab is elsewhere now. */
  moved: (tabId: number, visit: Visit) => void;
}

/**
 * A listener for `runtime.onMessage` that answers docks: content scripts of ours in the top frame of a console page.
 * What comes from elsewhere gets no answer at all.
 */
export function listenToDocks(
  ports: DockPorts,
): (message: unknown, sender: DockSender, reply: (answer: unknown) => void) => boolean {
  return (message, sender, reply) => {
    const dock = dockOf(sender, ports.id);
    if (!dock || !isFromDock(message)) return false;
    answer(ports, dock, message).then(reply, () => reply(null));
    return true;
  };
}

interface Place {
  tabId: number;
  origin: string;
}

async function answer(
  { area, nonces, arrived, opening, moved }: DockPorts,
  dock: Place,
  message: FromDock,
): Promise<unknown> {
  const key = `dock:${dock.origin}`;
  switch (message.kind) {
    case 'dock-state':
      arrived(dock.tabId);
      return (await area.get(key))[key] ?? null;
    case 'dock-keep':
      await area.set({ [key]: readDockState(message.state) });
      return null;
    case 'dock-open': {
      if (!isOn(dock, message.visit.url)) return null;
      const nonce = await nonces.issue(dock.tabId, readVisit(message.visit));
      opening();
      return nonce;
    }
    case 'dock-moved': {
      const visit = isOn(dock, message.url) ? await nonces.move(dock.tabId, message.url) : undefined;
      if (visit) moved(dock.tabId, visit);
      return null;
    }
    case 'dock-closed':
      await nonces.forget(dock.tabId);
      return null;
  }
}

function dockOf({ id, url = '', frameId, tab }: DockSender, own: string): Place | undefined {
  if (id !== own || frameId !== 0 || tab?.id === undefined || !whereAmI(url)) return undefined;
  return { tabId: tab.id, origin: new URL(url).origin };
}

/** The browser tells where the page was loaded; where it went from there is only the dock's word, within the host. */
function isOn({ origin }: Place, url: unknown): boolean {
  return typeof url === 'string' && URL.parse(url)?.origin === origin;
}

function readVisit({ url, uin, ownerUin }: Visit): Visit {
  return {
    url,
    ...(uin !== undefined && isId(uin) && { uin }),
    ...(ownerUin !== undefined && isId(ownerUin) && { ownerUin }),
  };
}

function isId(value: unknown): boolean {
  return typeof value === 'string' && /^\d{1,20}$/.test(value);
}

const KINDS: readonly unknown[] = [
  'dock-state',
  'dock-keep',
  'dock-open',
  'dock-moved',
  'dock-closed',
] satisfies FromDock['kind'][];

/** A page's process that was taken over may send anything; fields are checked where they are used. */
function isFromDock(message: unknown): message is FromDock {
  return typeof message === 'object' && message !== null && 'kind' in message && KINDS.includes(message.kind);
}
