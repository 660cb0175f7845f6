/** What the dock in a console page and the background say to each other, and what the manifest says of both. */

/** The hosts whose pages have a dock. Sign-in and order pages are on others. */
export const CONSOLE_HOSTS = [
  'console.cloud.tencent.com',
  'console.tencentcloud.com',
  'console.intl.cloud.tencent.com',
] as const;

/** The panel's page, as the package has it. */
export const PANEL_PAGE = 'panel.html';

/** Where a dock is. */
export interface Visit {
  url: string;
  /** Who is signed in to the console and whose account it is, as far as its cookies tell: digits. */
  uin?: string;
  ownerUin?: string;
}

/**
 * What a dock sends. The kept state is checked by whoever reads it: the background does not trust a page's
 * process, and a newer dock may read what an older one kept.
 */
export type FromDock =
  /** The dock is there. Answered with the state that was kept for this host, or null. */
  | { kind: 'dock-state' }
  | { kind: 'dock-keep'; state: unknown }
  /** Answered with the nonce that the panel's frame starts with, good for one frame. */
  | { kind: 'dock-open'; visit: Visit }
  /** The page went elsewhere without loading anew. */
  | { kind: 'dock-moved'; url: string }
  /** The frame is gone; its nonce is worth nothing any more. */
  | { kind: 'dock-closed' };

/** What the background sends to the dock of a tab, which answers each with true. */
export type ToDock = { kind: 'toggle-dock' } | { kind: 'close-dock' } | { kind: 'is-there' };
