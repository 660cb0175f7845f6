/** Reading what a request asks: path, query string and body, each with an error that names the place. */
import type { IRequest } from 'itty-router';
import * as v from 'valibot';
import { problem } from './problem.ts';

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

/** One parameter of the query string; given twice, it is an error. */
export function parameter(request: IRequest, name: string): Read<string | undefined> {
  const values = new URL(request.url).searchParams.getAll(name);
  if (values.length > 1) return badParameter(name, 'is given more than once');
  return { ok: true, value: values[0] };
}

/** A whole number within bounds, or the default. */
export function numberParameter(
  request: IRequest,
  name: string,
  { min, max, otherwise }: { min: number; max: number; otherwise: number },
): Read<number> {
  const read = parameter(request, name);
  if (!read.ok) return read;
  if (read.value === undefined) return { ok: true, value: otherwise };
  const value = /^\d{1,15}$/.test(read.value) ? Number(read.value) : NaN;
  if (value >= min && value <= max) return { ok: true, value };
  return badParameter(name, `is a whole number from ${min} to ${max}`);
}

export function badParameter(name: string, what: string): { ok: false; response: Response } {
  return {
    ok: false,
    response: problem({ kind: 'parameter', detail: `${name} ${what}.`, more: { parameter: name } }),
  };
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
  const checked = v.safeParse(schema, parsed.value);
  if (checked.success) return { ok: true, value: checked.output };
  const errors = checked.issues
    .slice(0, 20)
    .map((issue) => ({ at: v.getDotPath(issue) ?? '', message: issue.message }));
  const [first] = errors;
  return refuse(
    problem({
      kind: 'schema',
      detail: `${first?.at || 'body'}: ${first?.message ?? 'not valid'}`,
      more: { errors },
    }),
  );
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
