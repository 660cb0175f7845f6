/**
 * What a panel and the background say to each other, over one port for each panel.
 *
 * The background owns the network and the cache; a panel holds what it shows and no more. The background may be
 * stopped at any time, and the port with it: the panel then opens another, says hello again and asks for its list
 * again, under the generation that it had. So the background keeps nothing about a panel that it cannot lose.
 *
 * Everything here survives JSON, which is how Chrome carries it: nothing is `undefined` but what may be left out,
 * and numbers are what a double holds.
 */
import type { Coverage } from '../../shared/api/coverage.ts';
import type { EventSummary, Operator, Person, Resource } from '../../shared/event/event.ts';
import type { Key } from '../../shared/query/keys.ts';
import type { QueryError } from '../../shared/query/query.ts';
import type { Me, Problem, Saved } from './connection.ts';
import type { Preferences } from './preferences.ts';

/** The name that a panel opens its port under. */
export const PANEL_PORT = 'panel';

/** An operator of an account, by `principalId`. */
export type OperatorRef = Me['operators'][number];

/** Which events a list is of, newest first. */
export interface ListQuestion {
  /** The whole query, in the query language: what the view is about, the time, writes only, and the filter. */
  q: string;
  /** IANA zone that dates in `q` are read in, and that days are counted in. */
  tz: string;
  /**
   * Only what these did: events whose operator is one of them, and role sessions of whom the record is exact that
   * one of them is the person. The query language has no "or" between its keys: a server is asked for
   * `operator:…` and for `person:…`, and the two lists are merged. Null: what anybody did.
   */
  by: OperatorRef[] | null;
  /** Ids of the resources that the view is about; empty where it is about none. Changes no answer, only its rows. */
  about: string[];
}

/** The rows that a panel wants to have. */
export interface Window {
  /** Index of the first row, from 0. What lies beyond the end of the list is simply not there. */
  from: number;
  /** Index behind the last row. */
  to: number;
  /** Ids of events (a few) whose places in the list the panel wants to be told: what is read, what is current. */
  keep: string[];
}

/** What the panel says. */
export type FromPanel =
  /**
   * Always first. `nonce` came in the frame's own URL; it is good for the frame that first used it, for as long as
   * that lives, so a panel whose port broke says the same again. Null from a tab of its own, which needs none.
   * Answered with `preferences`, `page` and `standing`, or with the standing `refused`.
   */
  | { kind: 'hello'; nonce: string | null }
  /**
   * The list that the panel shows from now on, in the place of any before. `generation` grows with each list of a
   * panel; answers to a former one are worth nothing. Answered with `list` at once from the cache, then with
   * further revisions; or with `query-problem`.
   */
  | { kind: 'list'; generation: number; question: ListQuestion; window: Window }
  /**
   * Other rows are wanted. Where `to` is beyond the rows that are known, and the list is not complete, the next
   * page of the server is fetched.
   */
  | { kind: 'window'; generation: number; window: Window }
  /** Go on with a search that the server stopped at its bound, or that failed. */
  | { kind: 'further'; generation: number }
  /** One whole event, answered with `details`. Only the last one asked for is of interest. */
  | { kind: 'details'; id: string }
  /** How many events there are to another question, for "in 90 days: 6". Answered with `count`. */
  | { kind: 'count'; request: number; question: ListQuestion }
  /** Values of a key that begin with, or contain, what was typed. Answered with `values`. */
  | { kind: 'values'; request: number; key: Key; typed: string }
  /** Ask the Worker for news now; what comes of it shows in `standing` and in new revisions of the list. */
  | { kind: 'sync' }
  /** Keep these from now on. Every panel is told. */
  | { kind: 'prefer'; preferences: PanelPreferences }
  | { kind: 'open-options' }
  /** Show the page of alerts, in a tab of its own. */
  | { kind: 'open-alerts' }
  /** Open the panel in a tab of its own; `state` is what its URL has behind `#`, for that panel to read. */
  | { kind: 'open-tab'; state: string }
  /** The dock closes the panel and gives the page its focus back. Not said in a tab of its own. */
  | { kind: 'close' };

/** What the background says. */
export type FromBackground =
  | { kind: 'preferences'; reading: Preferences; panel: PanelPreferences }
  /** Told at hello and whenever the page beside becomes another. Null in a tab of its own. */
  | { kind: 'page'; page: PageBeside | null }
  /** Told at hello and whenever it changes. */
  | { kind: 'standing'; standing: Standing }
  | ListMessage
  /** The query of this generation cannot be read; `at` and `length` are of its text. */
  | { kind: 'query-problem'; generation: number; error: QueryError }
  | { kind: 'details'; id: string; outcome: DetailsOutcome }
  /** `complete: false`: at least so many. A count that cannot be told, offline for example, is null. */
  | { kind: 'count'; request: number; count: { events: number; complete: boolean } | null }
  /** At most 20, the likeliest first. */
  | { kind: 'values'; request: number; values: KnownValue[] };

/**
 * How the list stands now. Sent at every change, and as the answer to each `window`. `revision` grows within a
 * generation whenever a row comes, goes or changes its place; what else changes leaves it as it is.
 */
export interface ListMessage {
  kind: 'list';
  generation: number;
  revision: number;
  /** Rows known so far. */
  count: number;
  /** Whether these are all there are: nothing older is on the server that is not counted here. */
  complete: boolean;
  /** The rows by calendar day of the question's zone, in the order of the list; together they are `count`. */
  days: Day[];
  /**
   * Rows `from`, `from + 1` … of this revision: the window last asked for, moved as far as the first id of its
   * `keep` moved. Fewer than asked for only at the ends of the list.
   */
  window: { from: number; rows: ListRow[] };
  /** Where the ids of the window's `keep` are in this revision; those that are not in it are left out. */
  kept: Record<string, number>;
  server: ServerSearch;
}

export interface Day {
  /** `2026-11-20`. */
  date: string;
  rows: number;
}

/** How far the server has been asked about a list. Rows of the cache are there before. */
export type ServerSearch =
  /** Nothing is under way: all is known, or the rest is fetched when the panel scrolls there. */
  | { kind: 'idle' }
  | { kind: 'asking' }
  | { kind: 'failed'; problem: Problem }
  /** It stopped at its bound: all from `through` (unix s) on was looked at. `further` goes on. */
  | { kind: 'partial'; through: number };

/** What a row of a list shows. Texts are as the record has them: anybody may have written them. */
export interface ListRow {
  /** Id of the event. */
  id: string;
  /** Unix seconds. */
  time: number;
  operator: Pick<Operator, 'type' | 'id' | 'name'>;
  person?: Person;
  event: string;
  product: string;
  action: EventSummary['action'];
  via: EventSummary['via'];
  region: string;
  /** `first` is one that the question is about, where the event has one. */
  resources: { first?: Resource; count: number };
  outcome: EventSummary['outcome'];
  /** Code of the error, where there is one. */
  error?: string;
  is: EventSummary['is'];
  ip: string;
  network: EventSummary['network'];
}

/**
 * `event` is the JSON text that `GET /v1/events/{id}` answered, as it came: as values, numbers past 2^53 would lose
 * digits on the way. The panel reads it with `parseJson`.
 */
export type DetailsOutcome =
  | { kind: 'event'; event: string }
  /** Removed, or not for the caller to see: the server does not say which. */
  | { kind: 'not-found' }
  | { kind: 'problem'; problem: Problem };

export interface KnownValue {
  /** As it is, not yet written in the query language. */
  value: string;
  /** The name of whom an id is, for operators and persons. */
  name?: string;
  /** How many cached events have it. */
  events?: number;
}

/** The console page that the panel stands beside. */
export interface PageBeside {
  /** Products in the words of records, the likeliest first. */
  products: string[];
  region?: string;
  /** On a detail page the first is what the page is about. */
  resources: { type?: string; id: string; name?: string }[];
  isDetail: boolean;
  /** Who is signed in to the console, as far as it could be told: digits. */
  console?: { uin?: string; ownerUin?: string };
}

/** How things stand between the extension and its Worker. */
export type Standing =
  /** This panel was not opened by the extension. Nothing else is answered. */
  | { kind: 'refused' }
  | { kind: 'signed-out' }
  /** A connection is kept, and nothing is known of it yet. */
  | { kind: 'connecting'; saved: Saved }
  /** A connection is kept, and never worked since. */
  | { kind: 'failing'; saved: Saved; problem: Problem }
  | Connected;

export interface Connected {
  kind: 'connected';
  saved: Saved;
  me: Me;
  /** What came in, source by source: the newest that any answer told. */
  coverage: SourceCoverage[];
  /** Only while the past is being read back. */
  readingBack?: ReadingBack;
  /** When the Worker last answered, ms since 1970. */
  lastGood: number;
  /** Why it does not answer now; null while it does. What is cached is shown all the same. */
  problem: Problem | null;
  cache: CacheState;
}

/** The two marks only where the source is read: what is pushed or imported tells what is newest, no more. */
export type SourceCoverage = Coverage;

/** How far the past is read back, when the Worker was last asked. */
export type ReadingBack =
  /**
   * The slowest of all back-fills. `rate`: events a second, 0 while none are read. `left`: seconds of work, null where
   * nobody can tell.
   */
  | { kind: 'progress'; percent: number; rate: number; left: number | null }
  /** Only admins are told how far it is. Of what is before this (ms since 1970) something is missing. */
  | { kind: 'untold'; before: number };

/** The end (ms since 1970) of the last stretch that is not read back yet; null where there is none. */
export function missingBefore(coverage: readonly SourceCoverage[]): number | null {
  const ends = coverage
    .flatMap(({ gaps }) => gaps.filter(({ reason }) => reason === 'backfill'))
    .map(({ to }) => Date.parse(to));
  return ends.length === 0 ? null : Math.max(...ends);
}

export interface CacheState {
  /** Unix seconds from which on everything is cached; null while nothing is. */
  from: number | null;
  events: number;
  /** Events of the sync under way, `of` where it is known how many there will be. */
  syncing: { done: number; of: number | null } | null;
}

/** How a panel is used; it is told apart from how the extension's pages look. */
export interface PanelPreferences {
  /** Times in UTC rather than in the browser's zone. */
  utc: boolean;
  /** Whether single letters are keys: those who speak to their computer, or slip, want them off. */
  singleKeys: boolean;
}

export const DEFAULT_PANEL_PREFERENCES: PanelPreferences = { utc: false, singleKeys: true };
