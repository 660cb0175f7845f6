/** What the contract says of a route, and what follows from that. */
import type * as v from 'valibot';
import { PROBLEMS, type ProblemKind } from './problem.ts';

/**
 * Who may call: anyone at all, members of any role, admins, who sends records (ingest tokens and admins), or an event
 * bus (ingest tokens of that source, and admins).
 */
export type CallerKind = 'anyone' | 'member' | 'admin' | 'sender' | 'eventbridge';

export type QuerySchema = v.ObjectSchema<v.ObjectEntries, undefined>;

/** JSON of a shape, or records in one of these media types. */
export type Body =
  | { kind: 'json'; schema: v.GenericSchema }
  | { kind: 'records'; mediaTypes: readonly string[] };

/** JSON of a shape, a stream in one of these media types, or nothing. */
export type Answer =
  | { kind: 'json'; status: 200 | 201; schema: v.GenericSchema }
  | { kind: 'stream'; status: 200; mediaTypes: readonly string[] }
  | { kind: 'nothing'; status: 204 };

export interface Route {
  /** One sentence. */
  summary: string;
  caller: CallerKind;
  query?: QuerySchema;
  body?: Body;
  answer: Answer;
  /** Whether it has an ETag, and answers 304 to one that still holds. */
  conditional?: true;
  /** What else can go wrong than what can wherever there is a query, a body, an id or a caller. */
  problems?: readonly ProblemKind[];
}

/** Every kind of problem that a route can answer with, by status. */
export function problemsOf(name: string, route: Route): ProblemKind[] {
  const { query, body, caller, problems = [] } = route;
  const kinds: ProblemKind[] = [
    ...(query === undefined ? [] : (['parameter'] as const)),
    ...(body === undefined ? [] : (['body', 'too-large', 'media-type'] as const)),
    ...(body?.kind === 'json' ? (['schema'] as const) : []),
    ...(name.includes('{id}') ? (['not-found'] as const) : []),
    ...(caller === 'anyone' ? [] : (['token', 'role'] as const)),
    ...problems,
    'internal',
    'not-configured',
  ];
  return kinds.toSorted((one, other) => PROBLEMS[one].status - PROBLEMS[other].status);
}

/** Whether a parameter must be given. */
export function isRequired(entry: v.GenericSchema): boolean {
  return entry.type !== 'optional' && entry.type !== 'exact_optional';
}
