/** Shapes in short: JSON Schema in the notation of types, a member per line. */
import type { Shape } from './openapi-schemas.ts';

type Schema = Shape | boolean;

/** The lines of a shape that stands by itself. */
export function shapeText(schema: Schema): string {
  if (typeof schema === 'boolean' || schema.properties === undefined) return short(schema);
  const members = Object.entries(schema.properties).map(([name, member]) => {
    const note = noteOf(member);
    return `  ${memberText(schema, name, member)}${note === '' ? '' : `  // ${note}`}`;
  });
  return `{\n${members.join('\n')}\n}`;
}

function memberText({ required = [] }: Shape, name: string, member: Schema): string {
  return `${name}${required.includes(name) ? '' : '?'}: ${short(member)}`;
}

function noteOf(schema: Schema): string {
  if (typeof schema === 'boolean') return '';
  const notes = [schema.description?.replaceAll('`', ''), isUntrusted(schema) ? 'Untrusted.' : undefined];
  return notes.filter((note) => note !== undefined).join(' ');
}

function isUntrusted(schema: Schema): boolean {
  return typeof schema === 'object' && 'x-untrusted' in schema;
}

/** A shape in one line, with its default. */
export function short(schema: Schema): string {
  if (typeof schema === 'boolean') return 'JSON';
  const { default: otherwise } = schema;
  return otherwise === undefined ? plain(schema) : `${plain(schema)} = ${JSON.stringify(otherwise)}`;
}

function plain(schema: Shape): string {
  const { $ref, enum: choices, anyOf, oneOf } = schema;
  if ($ref !== undefined) return $ref.slice($ref.lastIndexOf('/') + 1);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (choices) return choices.map((choice) => JSON.stringify(choice)).join(' | ');
  const options = anyOf ?? oneOf;
  if (options) return [...new Set(options.map(short))].join(' | ');
  return schema.type === 'array' || schema.type === 'object' ? shortOfMany(schema) : shortOfOne(schema);
}

function shortOfOne({ type, format, minimum, maximum = Infinity }: Shape): string {
  if (minimum !== undefined && maximum < Number.MAX_SAFE_INTEGER) return `${minimum} to ${maximum}`;
  return format === 'date-time' ? 'time' : String(type ?? 'JSON');
}

function shortOfMany(schema: Shape): string {
  const { items, properties, additionalProperties } = schema;
  if (schema.type === 'array') {
    const item = Array.isArray(items) || items === undefined ? 'JSON' : short(items);
    return item.includes(' | ') ? `(${item})[]` : `${item}[]`;
  }
  if (properties === undefined || Object.keys(properties).length === 0) {
    return `{ [key]: ${short(additionalProperties ?? true)} }`;
  }
  const members = Object.entries(properties).map(([name, member]) => memberText(schema, name, member));
  return `{ ${members.join(', ')} }`;
}
