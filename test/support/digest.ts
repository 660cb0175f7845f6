import { createHash } from 'node:crypto';

/** The digest that the Worker knows an API key by. */
export function digestOf(secretId: string): string {
  return createHash('sha256').update(secretId).digest('hex');
}
