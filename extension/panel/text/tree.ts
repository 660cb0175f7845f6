/** A JSON value as a tree that is read level by level, each level only when it is opened. */
import type { Json } from '../../../shared/event/event.ts';
import { isList, isObject, text } from '../../../shared/event/json.ts';

/** An object or a list: it has a level of its own below it. */
export interface Branch {
  kind: 'object' | 'list';
  name?: string;
  size: number;
  value: Json;
}

export type Leaf =
  | { kind: 'text' | 'number' | 'word'; name?: string; text: string }
  /** A secret, taken out before it was stored: `password`. */
  | { kind: 'redacted'; name?: string; of: string };

export type TreeNode = Branch | Leaf;

/** Whether a node has a level below it. */
export function isBranch(node: TreeNode): node is Branch {
  return node.kind === 'object' || node.kind === 'list';
}

const REDACTED = /^«redacted:([^»]*)»$/;

/** One value, under its name where it has one. */
export function nodeOf(value: Json, name?: string): TreeNode {
  const named = name === undefined ? {} : { name };
  if (isList(value)) return { kind: 'list', ...named, size: value.length, value };
  if (isObject(value)) return { kind: 'object', ...named, size: Object.keys(value).length, value };
  if (typeof value === 'string') {
    const [, redacted] = REDACTED.exec(value) ?? [];
    return redacted === undefined
      ? { kind: 'text', ...named, text: value }
      : { kind: 'redacted', ...named, of: redacted };
  }
  if (value === null || typeof value === 'boolean') return { kind: 'word', ...named, text: String(value) };
  return { kind: 'number', ...named, text: text(value) };
}

/** The nodes within an object or a list, at most `most` of them. */
export function within(value: Json, most: number): TreeNode[] {
  if (isList(value)) return value.slice(0, most).map((item) => nodeOf(item));
  if (!isObject(value)) return [];
  return Object.keys(value)
    .slice(0, most)
    .map((name) => nodeOf(value[name] ?? null, name));
}
