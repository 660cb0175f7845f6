/** Watches the alerts of the member: the badge, notifications, and what open pages are told follow each look. */
import { createClient, type Client } from '../../../shared/api/client.ts';
import { alertCallEn } from '../../../shared/i18n/alerts-en.ts';
import { alertCallZhCN } from '../../../shared/i18n/alerts-zh-CN.ts';
import { type AlertsStanding, type Depths, FIRST_DEPTHS, isOver } from '../../protocol/alerts.ts';
import { readAddress } from '../../protocol/address.ts';
import type { Problem } from '../../protocol/connection.ts';
import { languageOf } from '../../protocol/preferences.ts';
import type { Area, Connection, Store } from '../store.ts';
import type { WorkerPorts } from '../worker.ts';
import { askAll, askOpen, type OpenAlerts } from './ask.ts';
import { type Badge, badgeOf } from './badge.ts';
import { type Notice, noticeOf } from './notice.ts';
import { forgetSeen, keepSeen, newsIn, readSeen } from './seen.ts';

export interface WatchPorts extends WorkerPorts {
  store: Pick<Store, 'connection' | 'preferences'>;
  /** `storage.local`. */
  area: Area;
  isAllowed: (pattern: string) => Promise<boolean>;
  /** SHA-256 of a text, hex. */
  digest: (text: string) => Promise<string>;
  /** The browser's own language, such as `en-GB`. */
  browserLanguage: string;
  /** Undefined: the button is as the manifest has it. */
  showBadge: (badge: Badge | undefined) => Promise<void>;
  /** Does nothing where the person does not want notifications. */
  notify: (notice: Notice) => Promise<void>;
  /** Takes away what notifications are still there. */
  clearNotices: () => Promise<void>;
  /** How many alerts open pages want; undefined where no page is open. */
  wanted: () => Depths | undefined;
  /** Told after each look, and when all is forgotten. */
  tell: (standing: AlertsStanding) => void;
}

export interface Watch {
  /** Asks the Worker now. Never throws for what the network or the Worker does. */
  look: () => Promise<void>;
  /** Nobody is signed in, or another: nothing of what was known is shown from now on. */
  forget: () => Promise<void>;
  /** Who is signed in, as `KnownAlerts` have it; undefined where nobody is. */
  owner: () => Promise<string | undefined>;
  /** The Worker as it may be asked now; undefined where nobody is signed in, or the browser does not allow it. */
  client: () => Promise<Client | undefined>;
}

export function watchAlerts(ports: WatchPorts): Watch {
  const { store, area, now, tell } = ports;
  /** Grows when all is forgotten: what was asked for before then is not shown. */
  let epoch = 0;
  let begun = 0;
  let shown = 0;
  let calling: Promise<void> = Promise.resolve();

  const ownerOf = ({ origin, token }: Connection): Promise<string> => ports.digest(`${origin} ${token}`);

  const forget = async (standing: AlertsStanding): Promise<void> => {
    epoch += 1;
    tell(standing);
    await Promise.all([ports.showBadge(undefined), ports.clearNotices(), forgetSeen(area)]);
  };

  /** Badge and notification. What somebody forgot meanwhile is forgotten here too. */
  const call = async (open: OpenAlerts, owner: string, era: number): Promise<void> => {
    const [{ language }, before] = await Promise.all([store.preferences(), readSeen(area)]);
    if (era !== epoch) return;
    const texts = languageOf(language, ports.browserLanguage) === 'en' ? alertCallEn : alertCallZhCN;
    const { news, seen } = newsIn(open, before, owner);
    await ports.showBadge(badgeOf(open, texts));
    // Noted first: rather not at all than twice.
    await keepSeen(area, seen);
    if (era !== epoch) {
      await Promise.all([ports.showBadge(undefined), forgetSeen(area)]);
      return;
    }
    const notice = noticeOf(news, texts);
    if (notice) await ports.notify(notice);
  };

  /** One after another, or two would tell of the same alert. */
  const callInTurn = (...what: Parameters<typeof call>): Promise<void> => {
    const turn = calling.then(() => call(...what));
    calling = turn.catch(() => {});
    return turn;
  };

  const fail = async (problem: Problem): Promise<void> => {
    if (isOver(problem)) await forget({ kind: 'failing', problem });
    else tell({ kind: 'failing', problem });
  };

  return {
    async look() {
      const turn = (begun += 1);
      const era = epoch;
      const connection = await store.connection();
      if (connection === undefined) return forget({ kind: 'signed-out' });
      const [client, owner] = await Promise.all([clientOf(ports, connection), ownerOf(connection)]);
      const wanted = ports.wanted();
      const asked =
        client === undefined
          ? { ok: false as const, problem: { kind: 'permission' as const } }
          : wanted
            ? await askAll(client, wanted, now())
            : await askOpen(client, FIRST_DEPTHS.open);
      // Of two looks the one that began last knows better, whichever ends first.
      if (era !== epoch || turn < shown) return undefined;
      shown = turn;
      if (!asked.ok) return fail(asked.problem);
      if ('known' in asked) tell({ ...asked.known, owner });
      return callInTurn('known' in asked ? asked.known.lists.open : asked.open, owner, era);
    },
    forget: async () => forget({ kind: (await store.connection()) === undefined ? 'signed-out' : 'asking' }),
    async owner() {
      const connection = await store.connection();
      return connection && ownerOf(connection);
    },
    async client() {
      const connection = await store.connection();
      return connection && clientOf(ports, connection);
    },
  };
}

async function clientOf(
  { isAllowed, fetch }: Pick<WatchPorts, 'isAllowed' | 'fetch'>,
  { origin, token }: Connection,
): Promise<Client | undefined> {
  const read = readAddress(origin);
  const isUsable = read.kind === 'address' && (await isAllowed(read.address.pattern));
  return isUsable ? createClient({ url: origin, token, fetch }) : undefined;
}
