/** Errors as application/problem+json (RFC 9457). The only maker of error bodies. */

/** What can go wrong, each with its status. */
const KINDS = {
  query: { status: 400, title: 'The query cannot be read' },
  cursor: { status: 400, title: 'The cursor is not one of this list' },
  parameter: { status: 400, title: 'A parameter cannot be read' },
  body: { status: 400, title: 'The body cannot be read' },
  token: { status: 401, title: 'A valid token is needed' },
  role: { status: 403, title: 'Your role may not do this' },
  'not-found': { status: 404, title: 'There is no such thing' },
  method: { status: 405, title: 'This method is not allowed here' },
  state: { status: 409, title: 'This cannot be done as things are' },
  'too-large': { status: 413, title: 'The body is too large' },
  'media-type': { status: 415, title: 'This content type is not taken' },
  schema: { status: 422, title: 'The body does not have the form that is needed' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  'not-configured': { status: 503, title: 'This Worker is not set up' },
} as const;

export type ProblemKind = keyof typeof KINDS;

export interface Problem {
  kind: ProblemKind;
  /** A sentence: what was wrong and what would be right. */
  detail: string;
  /** Further members: `at`, `suggestion`, counts. */
  more?: Readonly<Record<string, unknown>>;
  headers?: Readonly<Record<string, string>>;
}

export function problem({ kind, detail, more, headers }: Problem): Response {
  const { status, title } = KINDS[kind];
  return Response.json(
    { type: `urn:sidetrail:problem:${kind}`, title, status, detail, ...more },
    { status, headers: { ...headers, 'content-type': 'application/problem+json' } },
  );
}

export function notFound(what: string): Response {
  return problem({ kind: 'not-found', detail: `There is no ${what}, or you may not see it.` });
}
