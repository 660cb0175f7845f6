/**
 * Nonces: how a panel shows that it is in the frame that the dock of its tab made. Anybody's page may try to frame
 * the panel's page; only the dock is given a nonce, and it is good for the first frame that says it.
 */
import type { Visit } from '../protocol/dock.ts';
import type { Area } from './store.ts';

export interface NoncePorts {
  /** `storage.session`: outlives the background, not the browser, and is out of reach of content scripts. */
  area: Area;
  /** ms since 1970. */
  now: () => number;
  /** 128 random bits as text. */
  random: () => string;
}

export interface Nonces {
  /** Gives a nonce to the dock of a tab; a former one of that tab is worth nothing from now on. */
  issue(tabId: number, visit: Visit): Promise<string>;
  /**
   * Takes a nonce from a document in a tab and gives where its dock is. The first document that says it in time
   * has it, and may say it again: its port breaks whenever the background is stopped. Undefined for all else.
   */
  redeem(tabId: number, document: string, nonce: string): Promise<Visit | undefined>;
  /** The dock's page went elsewhere. Gives where it is now; undefined where the tab's dock has no nonce. */
  move(tabId: number, url: string): Promise<Visit | undefined>;
  forget(tabId: number): Promise<void>;
}

/** One for each tab. */
interface Grant {
  nonce: string;
  visit: Visit;
  /** Until when it must be said first, ms since 1970. */
  expires: number;
  /** Who said it first. */
  document?: string;
}

/** A frame loads in a moment (ms); a nonce that nobody used by then was meant for one that is gone. */
const LIFETIME = 30_000;

export function openNonces({ area, now, random }: NoncePorts): Nonces {
  const grants = new Map<number, Grant | undefined>();

  /** What is in memory is the truth: between looking at it and changing it nothing else happens. */
  const recall = async (tabId: number): Promise<Grant | undefined> => {
    if (!grants.has(tabId)) {
      const { [keyOf(tabId)]: kept } = await area.get(keyOf(tabId));
      if (!grants.has(tabId)) grants.set(tabId, isGrant(kept) ? kept : undefined);
    }
    return grants.get(tabId);
  };
  const keep = (tabId: number, grant: Grant): Promise<void> => {
    grants.set(tabId, grant);
    return area.set({ [keyOf(tabId)]: grant });
  };

  return {
    async issue(tabId, visit) {
      const nonce = random();
      await keep(tabId, { nonce, visit, expires: now() + LIFETIME });
      return nonce;
    },
    async redeem(tabId, document, nonce) {
      const grant = await recall(tabId);
      if (grant?.nonce !== nonce) return undefined;
      if (grant.document === undefined && now() < grant.expires) await keep(tabId, { ...grant, document });
      return grants.get(tabId)?.document === document ? grant.visit : undefined;
    },
    async move(tabId, url) {
      const grant = await recall(tabId);
      if (!grant) return undefined;
      const visit = { ...grant.visit, url };
      await keep(tabId, { ...grant, visit });
      return visit;
    },
    async forget(tabId) {
      grants.set(tabId, undefined);
      await area.remove(keyOf(tabId));
    },
  };
}

function keyOf(tabId: number): string {
  return `nonce:${tabId}`;
}

/** Only the background writes there, and always a whole one. */
function isGrant(kept: unknown): kept is Grant {
  return typeof kept === 'object' && kept !== null && 'nonce' in kept;
}
