/** What serves the pages of alerts: they are told what each look saw, and ask for more and for deeds. */
import {
  type AlertsStanding,
  type Depths,
  type FromAlertsPage,
  MAX_DEPTH,
  type ToAlertsPage,
} from '../../protocol/alerts.ts';
import type { Store } from '../store.ts';
import { askExamples, doDeed } from './ask.ts';
import { type AlertsPort, openAlertsPorts } from './ports.ts';
import { watchAlerts, type WatchPorts } from './watch.ts';

export interface ServeAlertsPorts extends Omit<WatchPorts, 'wanted' | 'tell' | 'store'> {
  /** The extension's id. */
  id: string;
  /** Address of the page of alerts. */
  page: string;
  store: Pick<Store, 'connection' | 'preferences' | 'panelPreferences'>;
  /** A page came: somebody looks. */
  arrived: () => void;
  /** Shows a tab that is there already; false where it is gone. */
  showTab: (tabId: number) => Promise<boolean>;
  openTab: (url: string) => void;
  /** Opens the panel in a tab of its own, with this behind `#`. */
  openPanel: (state: string) => void;
  openOptions: () => void;
  report: (error: unknown) => void;
}

export interface AlertsService {
  /** A listener for `runtime.onConnect`; ports of other names are left to others. */
  accept: (port: AlertsPort) => void;
  /** Asks the Worker now, beside a sync; never throws. */
  look: () => Promise<void>;
  /** Somebody else signed in, or nobody is: what was known is gone at once. Never throws. */
  forget: () => Promise<void>;
  preferencesChanged: () => Promise<void>;
  isWatched: () => boolean;
  /** Shows the page of alerts: one that is open, else another. */
  open: () => Promise<void>;
}

interface Page {
  tabId: number;
  depths: Depths;
  send: (message: ToAlertsPage) => void;
}

export function serveAlerts(ports: ServeAlertsPorts): AlertsService {
  const { store, report } = ports;
  const pages = new Set<Page>();
  /** What was told last, for a page that comes between two looks. */
  let last: AlertsStanding = { kind: 'asking' };

  const watch = watchAlerts({
    ...ports,
    wanted: () => (pages.size === 0 ? undefined : deepest([...pages])),
    tell(standing) {
      last = standing;
      for (const page of pages) page.send({ kind: 'standing', standing });
    },
  });
  const look = (): Promise<void> => watch.look().catch(report);

  const tellPreferences = async (to: Iterable<Page>): Promise<void> => {
    const [reading, panel] = await Promise.all([store.preferences(), store.panelPreferences()]);
    for (const page of to) page.send({ kind: 'preferences', reading, panel });
  };

  const answer = async (page: Page, message: FromAlertsPage): Promise<void> => {
    switch (message.kind) {
      case 'hello': {
        page.depths = bounded(message.depths);
        await tellPreferences([page]);
        const standing = standingFor(message.owner, await watch.owner(), last);
        if (standing) page.send({ kind: 'standing', standing });
        ports.arrived();
        return look();
      }
      case 'look':
        page.depths = bounded(message.depths);
        return look();
      case 'deed': {
        const { id, deed } = message;
        const client = await watch.client();
        if (client) page.send({ kind: 'deed', id, deed, outcome: await doDeed(client, id, deed) });
        return look();
      }
      case 'examples': {
        const client = await watch.client();
        const events = client && (await askExamples(client, message.id));
        page.send({ kind: 'examples', id: message.id, events: events ?? null });
        return undefined;
      }
      case 'show-event':
        return ports.openPanel(panelState(message.id));
      case 'open-options':
        return ports.openOptions();
    }
  };

  return {
    accept: openAlertsPorts({
      id: ports.id,
      page: ports.page,
      onPage(tabId, send) {
        const page: Page = { tabId, depths: { open: 0, acknowledged: 0, recovered: 0 }, send };
        pages.add(page);
        return {
          heard: (message) => void answer(page, message).catch(report),
          gone: () => void pages.delete(page),
        };
      },
    }),
    look,
    forget: () => watch.forget().catch(report),
    async preferencesChanged() {
      await tellPreferences(pages);
      // The words of the badge are in another language now.
      await look();
    },
    isWatched: () => pages.size > 0,
    async open() {
      for (const { tabId } of pages) if (await ports.showTab(tabId)) return;
      ports.openTab(ports.page);
    },
  };
}

/** What a page is told before the Worker was asked; undefined where what it shows may stay until then. */
function standingFor(
  shown: string | null,
  owner: string | undefined,
  last: AlertsStanding,
): AlertsStanding | undefined {
  if (owner === undefined) return { kind: 'signed-out' };
  if (last.kind === 'known' && last.owner === owner) return last;
  return shown === owner ? undefined : { kind: 'asking' };
}

/** One event, whole, above everybody's list of it alone. */
function panelState(id: string): string {
  return new URLSearchParams({ view: 'team', team: '*', event: id }).toString();
}

/** As many as the page that wants most does. */
function deepest(pages: readonly Page[]): Depths {
  const most = (state: keyof Depths): number => Math.max(...pages.map(({ depths }) => depths[state]));
  return { open: most('open'), acknowledged: most('acknowledged'), recovered: most('recovered') };
}

function bounded({ open, acknowledged, recovered }: Depths): Depths {
  return { open: within(open), acknowledged: within(acknowledged), recovered: within(recovered) };
}

function within(depth: number): number {
  return Math.min(Math.max(Math.trunc(depth), 1), MAX_DEPTH);
}
