/** Staying in a page that rebuilds its document. */

/** So often within this time (ms) the dock comes back; a page that goes on removing it is given its way. */
const TRIES = 5;
const WITHIN = 10_000;

/** Counts attempts: says whether another at `now` (ms) is one too many. */
export function boundedTries(): (now: number) => boolean {
  let recent: number[] = [];
  return (now) => {
    recent = [...recent.filter((time) => now - time < WITHIN), now];
    return recent.length > TRIES;
  };
}

/**
 * Calls `back` when `host` was taken out of the document's root, `givenUp` instead when that happens again and again.
 * Watches two lists of children, never what is below the page's body.
 */
export function stayIn(
  page: Document,
  host: Element,
  { back, givenUp, signal }: { back: () => void; givenUp: () => void; signal: AbortSignal },
): void {
  const isTooOften = boundedTries();
  const observer = new MutationObserver(() => {
    const root = page.documentElement;
    // Between two roots there is none for a while.
    if (!root || host.parentNode === root) return;
    if (isTooOften(performance.now())) return givenUp();
    watch();
    back();
    // What `back` changed here is no news.
    observer.takeRecords();
  });
  const watch = (): void => {
    for (const node of [page, page.documentElement]) observer.observe(node, { childList: true });
  };
  watch();
  signal.addEventListener('abort', () => observer.disconnect());
}
