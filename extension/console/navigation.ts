/** Following a page that changes its URL without loading anew. */

/** The little that is needed of a window. */
export interface Navigating {
  readonly location: { readonly href: string };
  /** Not in Firefox before 147. */
  readonly navigation?: {
    addEventListener(type: 'currententrychange', listener: Listener, options: { signal: AbortSignal }): void;
  };
  setInterval(look: () => void, ms: number): number;
  clearInterval(timer: number): void;
}

type Listener = (event: { isTrusted: boolean }) => void;

/** How often the URL is looked at (ms) where no event tells of changes. */
const LOOK_EVERY = 500;

/**
 * Calls `onMove` with the URL each time it became another, until `signal` aborts; with one listener, however
 * often that happens. A content script cannot see the page call `history.pushState`, but the browser's own event
 * reaches it.
 */
export function followNavigation(page: Navigating, onMove: (url: string) => void, signal: AbortSignal): void {
  let last = page.location.href;
  const look = (): void => {
    const { href } = page.location;
    if (href === last) return;
    last = href;
    onMove(href);
  };
  if (page.navigation) {
    const changed: Listener = ({ isTrusted }) => {
      if (isTrusted) look();
    };
    page.navigation.addEventListener('currententrychange', changed, { signal });
    return;
  }
  const timer = page.setInterval(look, LOOK_EVERY);
  signal.addEventListener('abort', () => page.clearInterval(timer));
}
