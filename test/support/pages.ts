/**
 * The bodies of all pages of an answer. `ask` gives the body of one; it is called with the `cursor` once there is one.
 * Throws where a body has no `next`, as a problem has none.
 */
export async function* pagesOf<Page extends { next: string | null }>(
  ask: (more: { cursor?: string }) => Promise<Page>,
): AsyncGenerator<Page> {
  let more: { cursor?: string } = {};
  for (;;) {
    const page = await ask(more);
    if (page.next === undefined) throw new Error(JSON.stringify(page));
    yield page;
    if (page.next === null) return;
    more = { cursor: page.next };
  }
}
