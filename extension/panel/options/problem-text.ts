import type { Texts } from '../../../shared/i18n/en.ts';
import type { Problem } from '../../protocol/connection.ts';

/** What went wrong and what to do, in a sentence or two. */
export function problemText(texts: Texts, problem: Problem): string {
  const text = texts.problems[problem.kind];
  if (problem.kind !== 'worker-failed') return text;
  return text + texts.betweenSentences + texts.tellAdmin(problem.id);
}

/** The field in which a problem is mended; undefined where it is none of them. */
export function fieldOf({ kind }: Problem): 'address' | 'token' | undefined {
  switch (kind) {
    case 'no-address':
    case 'not-an-address':
    case 'insecure':
    case 'unreachable':
    case 'foreign':
      return 'address';
    case 'no-token':
    case 'not-a-token':
    case 'token-refused':
    case 'ingest-token':
      return 'token';
    case 'permission':
    case 'not-configured':
    case 'worker-failed':
    case 'extension-failed':
      return undefined;
  }
}
