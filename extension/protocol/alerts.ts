/**
 * What the page of alerts and the background say to each other, over one port for each page. The background may be
 * stopped at any time, and the port with it: the page then opens another and says hello again.
 */
import type { Alert, AlertState } from '../../shared/api/alerts.ts';
import type { AnswerOf } from '../../shared/api/contract.ts';
import type { EventSummary } from '../../shared/event/event.ts';
import type { Problem } from './connection.ts';
import type { PanelPreferences } from './panel.ts';
import type { Preferences } from './preferences.ts';

/** The name that the page opens its port under. */
export const ALERTS_PORT = 'alerts';

/** The page, as the package has it. No page of others may load it. */
export const ALERTS_PAGE = 'alerts.html';

/** How many alerts of each state the page wants to have, the newest first. */
export type Depths = Readonly<Record<AlertState, number>>;

export const FIRST_DEPTHS: Depths = { open: 100, acknowledged: 50, recovered: 20 };

/** What one answer of the Worker holds at most. */
export const MAX_DEPTH = 1000;

/** An alert with the newest of its events, where that is still kept. */
export type ListedAlert = AnswerOf<'GET /v1/alerts'>['alerts'][number];

/** What somebody does about an alert, or takes back. */
export type Deed =
  | { kind: 'acknowledge' | 'expect'; undo: boolean }
  /** RFC 3339; at most 90 days from now. */
  | { kind: 'mute'; until: string }
  | { kind: 'unmute' };

/** Why nothing was done: it is not for this member, or the alert is not there (any more). */
export type DeedFailure = { kind: 'forbidden' } | { kind: 'gone' } | Problem;

/** What the page says. */
export type FromAlertsPage =
  /**
   * Always first. Answered with `preferences` and, once the Worker was asked, a standing; at once where `owner`, of what
   * the page still shows, is not who is signed in.
   */
  | { kind: 'hello'; depths: Depths; owner: string | null }
  /** Ask the Worker now, and from now on for so many. */
  | { kind: 'look'; depths: Depths }
  /** Answered with `deed`, and another standing. */
  | { kind: 'deed'; id: string; deed: Deed }
  /** The events of an alert that it names, answered with `examples`. */
  | { kind: 'examples'; id: string }
  /** Show an event in a panel in a tab of its own. */
  | { kind: 'show-event'; id: string }
  | { kind: 'open-options' };

/** What the background says. */
export type ToAlertsPage =
  | { kind: 'preferences'; reading: Preferences; panel: PanelPreferences }
  | { kind: 'standing'; standing: AlertsStanding }
  | { kind: 'deed'; id: string; deed: Deed; outcome: DeedOutcome }
  /** Newest first; null where they could not be had. */
  | { kind: 'examples'; id: string; events: EventSummary[] | null };

export type DeedOutcome = { ok: true; alert: Alert } | { ok: false; failure: DeedFailure };

/** How things stand between the page and the Worker. */
export type AlertsStanding =
  /** Not a page that the extension opened in a tab of its own. Nothing else is answered. */
  | { kind: 'refused' }
  | { kind: 'signed-out' }
  /** Nothing is known yet, or what was known is another member's. */
  | { kind: 'asking' }
  /** What was told before is as it was, but for who may not see it any more. */
  | { kind: 'failing'; problem: Problem }
  | KnownAlerts;

/** Whether a problem means that nothing of what was known may be shown any more; any other may pass. */
export function isOver({ kind }: Problem): boolean {
  return kind === 'token-refused' || kind === 'ingest-token';
}

export interface KnownAlerts {
  kind: 'known';
  /** Whose they are: the same for as long as the same address and token are. */
  owner: string;
  /** When the Worker was asked, ms since 1970. */
  asked: number;
  /** `more`: there are older ones. */
  lists: Readonly<Record<AlertState, { alerts: readonly ListedAlert[]; more: boolean }>>;
  /** How many policies are on; null where not all are shown to this member. */
  policies: number | null;
  /** Whether this member may say what becomes of alerts. */
  mayAct: boolean;
  /** Who sees more than this member; null where nobody does. */
  hidden: 'lead' | 'auditor' | 'admin' | null;
}
