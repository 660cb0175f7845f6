/** `'GET /v1/events/{id}'`: a route is named by its method and path. Apart, so that the client needs no schema. */

/** The method and the path of a route, `{id}` in it as it stands. */
export function addressOf(name: string): { method: string; path: string } {
  const space = name.indexOf(' ');
  return { method: name.slice(0, space), path: name.slice(space + 1) };
}
