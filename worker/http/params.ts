/** Reading what a request asks: path, query string and body, each with an error that names the place. */
import type { IRequest } from 'itty-router';
import * as v from 'valibot';
import type { QuerySchema } from '../../shared/api/route.ts';
import { problem, schemaProblem } from './problem.ts';

export type Read<T> = { ok: true; value: T } | { ok: false; response: Response };

/** The id in the path; what cannot be decoded is some id that there is not. */
export function pathId(request: IRequest): string {
  const id = request.params['id'] ?? '';
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

/** The parameters of the query string that a route takes, with their defaults; others are left alone. */
export function parameters<S extends QuerySchema>(request: Request, schema: S): Read<v.InferOutput<S>> {
  const { searchParams } = new URL(request.url);
  const given: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(schema.entries)) {
    const [value, ...more] = searchParams.getAll(name);
    if (more.length > 0) return badParameter(name, 'given more than once');
    if (value !== undefined) given[name] = v.is(entry, value) ? value : numberOf(value);
  }
  const checked = v.safeParse(schema, given);
  if (checked.success) return { ok: true, value: checked.output };
  const [issue] = checked.issues;
  const name = v.getDotPath(issue) ?? '';
  return badParameter(name, name in given ? issue.message : 'must be given');
}

/** What a text in a query string means where text is not what is needed: a whole number, or nothing else. */
function numberOf(text: string): number | string {
  return /^\d{1,16}$/.test(text) ? Number(text) : text;
}

/** `expected` is what the parameter should be, or what is wrong with it. */
export function badParameter(name: string, expected: string): { ok: false; response: Response } {
  return refuse(problem({ kind: 'parameter', detail: `${name}: ${expected}`, more: { parameter: name } }));
}

const MAX_JSON = 64 * 1024;

/** A JSON body of a known shape. */
export async function body<S extends v.GenericSchema>(
  request: Request,
  schema: S,
): Promise<Read<v.InferOutput<S>>> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json\b/i.test(type)) {
    return refuse(problem({ kind: 'media-type', detail: 'Send application/json.' }));
  }
  if (Number(request.headers.get('content-length') ?? 0) > MAX_JSON) return tooLarge();
  const text = await request.text();
  if (text.length > MAX_JSON) return tooLarge();
  const parsed = parse(text);
  if (!parsed.ok) return refuse(problem({ kind: 'body', detail: 'The body is no JSON.', more: { at: 0 } }));
  // A list would pass for an object whose fields may all be absent.
  if (Array.isArray(parsed.value)) return refuse(schemaProblem([{ at: '', message: 'a list is no object' }]));
  const checked = v.safeParse(schema, parsed.value);
  if (checked.success) return { ok: true, value: checked.output };
  const errors = checked.issues
    .slice(0, 20)
    .map((issue) => ({ at: v.getDotPath(issue) ?? '', message: issue.message }));
  return refuse(schemaProblem(errors));
}

function tooLarge(): { ok: false; response: Response } {
  return refuse(problem({ kind: 'too-large', detail: `The body may have ${MAX_JSON} bytes.` }));
}

function refuse(response: Response): { ok: false; response: Response } {
  return { ok: false, response };
}

function parse(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}
