/** What the extension's pages are told about the Worker it is connected to. */
import type { AnswerOf } from '../../shared/api/contract.ts';

/** What is entered to connect. */
export interface Credentials {
  address: string;
  token: string;
}

/** The connection that is kept, as it may be shown: the token itself never leaves the background. */
export interface Saved {
  origin: string;
  /** The token's first and last characters. */
  tokenHint: string;
}

/** Why there is no answer to show. */
export type Problem =
  | { kind: 'no-address' | 'not-an-address' | 'insecure' }
  | { kind: 'no-token' | 'not-a-token' }
  /** The user, or a policy, does not let the extension talk to the Worker. */
  | { kind: 'permission' }
  | { kind: 'unreachable' }
  | { kind: 'token-refused' }
  /** The token is known there, but not for reading. */
  | { kind: 'ingest-token' }
  /** Something answers that is not Sidetrail. */
  | { kind: 'foreign' }
  | { kind: 'not-configured' }
  /** `id` names the failure in the Worker's log. */
  | { kind: 'worker-failed'; id?: string }
  /** A bug of the extension. */
  | { kind: 'extension-failed' };

/** What the Worker told, when (ms since 1970), and how long that took (ms). */
export interface Facts {
  me: Me;
  at: number;
  took: number;
}

export type Me = AnswerOf<'GET /v1/me'>;

/** What became of connecting, or of looking again. */
export type Outcome =
  | { kind: 'connected'; saved: Saved; facts: Facts }
  | { kind: 'problem'; problem: Problem }
  /** Nothing is kept to look with. */
  | { kind: 'signed-out' };
