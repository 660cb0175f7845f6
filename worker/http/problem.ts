/** Errors as application/problem+json (RFC 9457). The only maker of error bodies. */
import { PROBLEM_TYPE } from '../../shared/api/problem-type.ts';
import { PROBLEMS, type ProblemKind, type ProblemMembers } from '../../shared/api/problem.ts';

/** A problem to tell: its members stand in `more`, where its kind has any. */
export type Problem = {
  [K in ProblemKind]: {
    kind: K;
    /** A sentence: what was wrong and what would be right. */
    detail: string;
    headers?: Readonly<Record<string, string>>;
  } & (Record<string, never> extends ProblemMembers<K>
    ? { more?: ProblemMembers<K> }
    : { more: ProblemMembers<K> });
}[ProblemKind];

export function problem({ kind, detail, more, headers }: Problem): Response {
  const { status, title } = PROBLEMS[kind];
  return Response.json(
    { type: `${PROBLEM_TYPE}${kind}`, title, status, detail, ...more },
    { status, headers: { ...headers, 'content-type': 'application/problem+json' } },
  );
}

export function notFound(what: string): Response {
  return problem({ kind: 'not-found', detail: `There is no ${what}, or you may not see it.` });
}

/** The body breaks its schema at these places; '' is the body as a whole. */
export function schemaProblem(errors: ProblemMembers<'schema'>['errors']): Response {
  const [first] = errors;
  const detail = `${first?.at || 'body'}: ${first?.message ?? 'not valid'}`;
  return problem({ kind: 'schema', detail, more: { errors } });
}
