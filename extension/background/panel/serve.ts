/** What serves panels: each has a list, and all are told how things stand. */
import { createClient, type Client, type Fetch } from '../../../shared/api/client.ts';
import type { Problem } from '../../protocol/connection.ts';
import type { FromBackground, FromPanel } from '../../protocol/panel.ts';
import { readSaved, type Ports as ConnectionPorts } from '../connection.ts';
import type { Shelf } from '../../cache/shelf.ts';
import type { Held, Keeper } from '../keeper.ts';
import type { OnPanel, OpenPanel } from '../panel-ports.ts';
import { readShown } from '../shown.ts';
import type { Store } from '../store.ts';
import type { Synced } from '../sync/run.ts';
import type { Schedule } from '../sync/schedule.ts';
import { countOf } from './count.ts';
import { detailsOf } from './details.ts';
import { openList, type List } from './list.ts';
import { prepare } from './selection.ts';
import { standingOf } from './standing.ts';
import { valuesIn } from './values.ts';

export interface ServePorts extends ConnectionPorts {
  store: Store;
  keeper: Keeper;
  schedule: () => Schedule;
  /** SHA-256 of a text, hex. */
  digest: (text: string) => Promise<string>;
  openOptions: () => void;
  openAlerts: () => void;
  /** Opens the panel in a tab of its own, with this behind `#`. */
  openTab: (state: string) => void;
  /** Calls back after so many ms. */
  later: (ms: number, work: () => void) => void;
  report: (error: unknown) => void;
}

export interface PanelService {
  onPanel: OnPanel;
  isWatched: () => boolean;
  /** A panel is about to open: what it will show is read from the disk while its page loads. */
  expect: () => void;
  /** The copy, or what of it may be shown, is another now. */
  changed: () => void;
  synced: (state: 'running' | Synced) => void;
  /** How pages look is another now. */
  preferencesChanged: () => Promise<void>;
}

/** Changes come in runs: panels are told of them no more often than this (ms). */
const PAUSE = 200;

/** How long after a list was told (ms) what it may be filtered by is read: by then it is drawn. */
const PREPARE_AFTER = 100;

/** What a panel's own request comes upon is looked into no more often than this (ms). */
const LOOK_AGAIN = 10_000;

interface Panel extends OpenPanel {
  list?: List | undefined;
  /** The last details that were asked for. */
  details?: string;
}

/** The service of all panels of one background. */
export function servePanels(ports: ServePorts): PanelService {
  const { store, keeper, now, report } = ports;
  const panels = new Set<Panel>();
  let problem: Problem | null = null;
  let isSyncing = false;
  let isTelling = false;
  let lookedAgain = -Infinity;
  const prepared = new WeakSet<Shelf>();

  const held = (): Promise<Held | undefined> => readShown(ports);

  /** A request that fails while all seems well, or works while it does not, is reason to sync: that tells which. */
  const noticed = (works: boolean): void => {
    if (works === (problem === null) || now() - lookedAgain < LOOK_AGAIN) return;
    lookedAgain = now();
    void ports.schedule().run();
  };
  const fetch: Fetch = async (url, init) => {
    try {
      const response = await ports.fetch(url, init);
      noticed(response.status !== 401);
      return response;
    } catch (error) {
      noticed(false);
      throw error;
    }
  };

  const client = async (): Promise<Client | undefined> => {
    const connection = await store.connection();
    return connection && createClient({ url: connection.origin, token: connection.token, fetch });
  };

  const tellStanding = async (to: Iterable<Panel>): Promise<void> => {
    const facts = { saved: await readSaved(ports), held: await held(), problem, isSyncing };
    const standing = standingOf(facts);
    for (const panel of to) panel.send({ kind: 'standing', standing });
  };

  const tellPreferences = async (to: Iterable<Panel>): Promise<void> => {
    const [reading, panel] = await Promise.all([store.preferences(), store.panelPreferences()]);
    for (const each of to) each.send({ kind: 'preferences', reading, panel });
  };

  const changed = (): void => {
    if (isTelling) return;
    isTelling = true;
    ports.later(PAUSE, () => {
      isTelling = false;
      void tellAll().catch(report);
    });
  };
  const tellAll = async (): Promise<void> => {
    await tellStanding(panels);
    await Promise.all(Array.from(panels, async ({ list }) => await list?.refresh()));
  };

  /** Step by step: whatever is asked meanwhile comes in between. */
  const prepareAll = async (): Promise<void> => {
    const { shelf } = (await held()) ?? {};
    if (shelf === undefined || prepared.has(shelf)) return;
    prepared.add(shelf);
    const steps = prepare(shelf);
    const step = (): void => {
      try {
        if (!steps.next().done) ports.later(0, step);
      } catch (error) {
        report(error);
      }
    };
    step();
  };

  const answer = async (panel: Panel, message: FromPanel): Promise<void> => {
    switch (message.kind) {
      case 'hello':
        await Promise.all([tellPreferences([panel]), tellStanding([panel])]);
        ports.schedule().runIfStale();
        return;
      case 'list': {
        const { generation, question, window } = message;
        panel.list?.end();
        const send = (said: FromBackground): void => panel.send(said);
        panel.list = openList({ held, client, now, send }, generation, question, window);
        await panel.list.begun;
        ports.later(PREPARE_AFTER, () => void prepareAll().catch(report));
        return;
      }
      case 'window':
        await panel.list?.show(message.window);
        return;
      case 'further':
        await panel.list?.further();
        return;
      case 'details':
        panel.details = message.id;
        for await (const outcome of detailsOf({ kept: keeper.details, client, now }, message.id)) {
          if (panel.details === message.id) panel.send({ kind: 'details', id: message.id, outcome });
        }
        return;
      case 'count': {
        const known = { held: await held(), client: await client(), now: now() };
        const count = await countOf(message.question, known);
        panel.send({ kind: 'count', request: message.request, count });
        return;
      }
      case 'values': {
        const { shelf } = (await held()) ?? {};
        const values = shelf ? valuesIn(shelf, message.key, message.typed) : [];
        panel.send({ kind: 'values', request: message.request, values });
        return;
      }
      case 'sync':
        await ports.schedule().run();
        await panel.list?.further();
        return;
      case 'prefer':
        await store.setPanelPreferences(message.preferences);
        await tellPreferences(panels);
        return;
      case 'open-options':
        ports.openOptions();
        return;
      case 'open-alerts':
        ports.openAlerts();
        return;
      case 'open-tab':
        ports.openTab(message.state);
        return;
      case 'close':
        return;
    }
  };

  return {
    onPanel(opened) {
      const panel: Panel = { ...opened };
      panels.add(panel);
      return {
        heard: (message) => void answer(panel, message).catch(report),
        gone: () => {
          panel.list?.end();
          panels.delete(panel);
        },
      };
    },
    isWatched: () => panels.size > 0,
    expect: () => void keeper.held().catch(report),
    changed,
    synced(state) {
      isSyncing = state === 'running';
      if (state !== 'running') problem = state.kind === 'problem' ? state.problem : null;
      changed();
    },
    preferencesChanged: () => tellPreferences(panels),
  };
}
