/** The shapes of the contract as JSON Schema. */
import {
  toJsonSchema,
  toJsonSchemaDefs,
  type ConversionConfig,
  type JsonSchema,
} from '@valibot/to-json-schema';
import type * as v from 'valibot';
import { models } from '../../shared/api/models.ts';
import { PROBLEMS, problemSchema } from '../../shared/api/problem.ts';
import { examples } from './openapi-examples.ts';

const NAMES: ReadonlyMap<v.GenericSchema, string> = new Map(
  Object.entries(models).map(([name, schema]) => [schema, name]),
);

const CONFIG: ConversionConfig = {
  target: 'draft-2020-12',
  // What only shapes or refuses text has no words in JSON Schema.
  ignoreActions: ['trim', 'check', 'transform', 'raw_transform'],
  overrideRef: ({ referenceId }) => refTo(referenceId),
  // Any JSON.
  overrideSchema: ({ valibotSchema }) => (valibotSchema.type === 'custom' ? {} : undefined),
};

/** Where a named shape stands in the document. */
export function refTo(name: string): string {
  return `#/components/schemas/${name}`;
}

/** The name of a shape, if it has one. */
export function nameOf(schema: v.GenericSchema): string | undefined {
  return NAMES.get(schema);
}

/** The name of a kind of problem: `NotFoundProblem`. */
export function problemName(kind: string): string {
  return `${kind.split('-').map(capital).join('')}Problem`;
}

export function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** A shape with made-up instances of it. */
export type Shape = Omit<JsonSchema, 'examples'> & { examples?: unknown[] | undefined };

/** Every named shape, with its example. */
export function namedSchemas(): Record<string, Shape> {
  const known = new Map<string, unknown>(Object.entries(examples));
  return Object.fromEntries(
    Object.entries(toJsonSchemaDefs(models, CONFIG)).map(([name, schema]) => [
      name,
      known.has(name) ? { ...schema, examples: [known.get(name)] } : schema,
    ]),
  );
}

/** Every kind of problem. */
export function problemSchemas(): Record<string, JsonSchema> {
  return Object.fromEntries(
    Object.entries(PROBLEMS).map(([kind, facts]) => [problemName(kind), inline(problemSchema(kind, facts))]),
  );
}

/** A shape where it is used: a reference if it has a name, else written out. */
export function schemaOf(schema: v.GenericSchema): JsonSchema {
  const name = nameOf(schema);
  return name === undefined ? inline(schema) : { $ref: refTo(name) };
}

function inline(schema: v.GenericSchema): JsonSchema {
  const { $schema: _schema, ...written } = toJsonSchema(schema, CONFIG);
  return written;
}
