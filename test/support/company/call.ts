import type { Action } from './actions.ts';

/** What the vendor knows of one call. The renderer sees this and nothing else. */
export interface Call {
  requestId: string;
  /** Unix seconds. */
  time: number;
  session: Session;
  action: Action;
  region: string;
  targets: readonly Target[];
  request: object;
  response: object;
  outcome: Outcome;
  /** One service acted for a user through another: the vendor then hides parameters, address and answer. */
  delegated: boolean;
}

/** The credential that a call was made with. */
export interface Session {
  type: 'Root' | 'CAMUser' | 'AssumedRole' | 'TencentCloudService';
  principalId: string;
  userName: string;
  /** Access key id, '' for a console session. */
  secretId: string;
  roleSessionName?: string;
  /** The vendor's `sessionContext`, JSON text. */
  context: string;
  ip: string;
  agent: string;
  via: 'ConsoleCall' | 'ApiCall' | 'MiniProgramCall';
}

/** A resource as a call names it. */
export interface Target {
  /** As the vendor writes it before the slash in resource names; '' where names have no such part. */
  type: string;
  id: string;
  region: string;
  /** JSON texts `{"key":…,"value":…}`. */
  tags: readonly string[];
}

export type Outcome =
  | { kind: 'ok' }
  | { kind: 'failed'; code: string; message: string }
  | { kind: 'denied'; permission: string; resource: string };

export const OK: Outcome = { kind: 'ok' };
