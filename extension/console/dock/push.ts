/** Making room for the panel beside the page. */

/** A page that would be left narrower than this (px) is not pushed: it lies beneath. */
const NARROWEST_PAGE = 480;

/**
 * The style sheet that pushes a page aside by `width` px, for screens only and only where enough of it is left.
 *
 * What is fixed to the window does not move with a margin. `framed` makes the body what it is fixed to, so that bars,
 * drawers and dialogs are pushed too. That is right only while the document itself does not scroll: such
 * things would scroll along.
 */
export function pushStyle(width: number, framed: boolean): string {
  const body = framed ? 'transform:translate(0)!important;min-height:100vh!important;' : '';
  return (
    `@media screen and (min-width:${width + NARROWEST_PAGE}px){` +
    `html{width:auto!important;min-width:0!important;margin-right:${width}px!important}` +
    `body{${body}min-width:0!important}}`
  );
}

/** Whether the body fills the window and the document does not scroll, as in pages that scroll within panes. */
export function canBeFramed({ documentElement, body }: Document): boolean {
  if (!body || documentElement.scrollHeight > innerHeight) return false;
  const { x, y } = body.getBoundingClientRect();
  return x === 0 && y === 0;
}

/** Places down the strip that are looked at. */
const PLACES = [0.02, 0.2, 0.4, 0.6, 0.8, 0.98];

/** Whether something of the page still lies in the `width` px that the panel stands on. */
export function liesBeneath(page: Document, width: number, host: Element): boolean {
  const ground = new Set<Element | null>([page.documentElement, page.body, host]);
  return PLACES.some((place) =>
    page
      .elementsFromPoint(innerWidth - width / 2, innerHeight * place)
      .some((element) => !ground.has(element)),
  );
}
