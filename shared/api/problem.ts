/** What can go wrong: answers as application/problem+json (RFC 9457). */
import * as v from 'valibot';
import { ingested } from './ingest.ts';
import { PROBLEM_TYPE } from './problem-type.ts';

const counts = v.partial(ingested).entries;
const record = v.pipe(v.number(), v.description('The record of the body at which reading stopped, from 1.'));

interface ProblemFacts {
  status: number;
  title: string;
  members: v.ObjectSchema<v.ObjectEntries, undefined>;
}

const NONE = v.object({});

/** Each kind of problem with its status, and the members it has beside those that all have. */
export const PROBLEMS = {
  query: {
    status: 400,
    title: 'The query cannot be read',
    members: v.object({
      at: v.pipe(v.number(), v.description('Where in `q`, in UTF-16 units.')),
      length: v.number(),
      suggestion: v.exactOptional(v.pipe(v.string(), v.description('What to put there.'))),
    }),
  },
  cursor: {
    status: 400,
    title: 'The cursor is not one of this list',
    members: v.object({ at: v.pipe(v.string(), v.description('The parameter.')) }),
  },
  parameter: {
    status: 400,
    title: 'A parameter cannot be read',
    members: v.object({ parameter: v.string() }),
  },
  body: {
    status: 400,
    title: 'The body cannot be read',
    members: v.object({ at: record, ...counts }),
  },
  token: { status: 401, title: 'A valid token is needed', members: NONE },
  role: { status: 403, title: 'Your role may not do this', members: NONE },
  'not-found': { status: 404, title: 'There is no such thing', members: NONE },
  method: { status: 405, title: 'This method is not allowed here', members: NONE },
  state: { status: 409, title: 'This cannot be done as things are', members: NONE },
  'too-large': {
    status: 413,
    title: 'The body is too large',
    members: v.object({ at: v.exactOptional(record), ...counts }),
  },
  'media-type': { status: 415, title: 'This content type is not taken', members: NONE },
  schema: {
    status: 422,
    title: 'The body does not have the form that is needed',
    members: v.object({ errors: v.array(v.object({ at: v.string(), message: v.string() })) }),
  },
  internal: {
    status: 500,
    title: 'Something went wrong on our side',
    members: v.object({ id: v.pipe(v.string(), v.description('Names it in the log.')) }),
  },
  'not-configured': { status: 503, title: 'This Worker is not set up', members: NONE },
} as const satisfies Record<string, ProblemFacts>;

export type ProblemKind = keyof typeof PROBLEMS;

/** The members that only this kind has. */
export type ProblemMembers<K extends ProblemKind> = v.InferOutput<(typeof PROBLEMS)[K]['members']>;

/** The body of a problem: `type` tells which kind it is. */
export type ProblemBody = {
  [K in ProblemKind]: {
    type: `${typeof PROBLEM_TYPE}${K}`;
    title: string;
    status: (typeof PROBLEMS)[K]['status'];
    /** A sentence: what was wrong and what would be right. */
    detail: string;
  } & ProblemMembers<K>;
}[ProblemKind];

/** The schema of the problems of a kind. */
export function problemSchema(kind: string, { status, members }: ProblemFacts) {
  return v.object({
    type: v.literal(`${PROBLEM_TYPE}${kind}`),
    title: v.string(),
    status: v.literal(status),
    detail: v.pipe(v.string(), v.description('A sentence: what was wrong and what would be right.')),
    ...members.entries,
  });
}
