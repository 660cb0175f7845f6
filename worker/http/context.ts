/** What a handler gets beside the request. */
import type { Caller, IngestCaller, MemberCaller } from '../access/authenticate.ts';
import type { RootSecrets } from '../access/secrets.ts';
import type { Env } from '../env.ts';
import type { Store } from '../store/meter.ts';

export interface Context {
  env: Env;
  store: Store;
  secrets: RootSecrets;
  /** Unix ms. */
  now: number;
  /** To be called when events came in: tells whoever follows them. */
  arrived: () => void;
  /** To be called when a back-fill was asked for: begins it. */
  asked: () => void;
}

/** A context with who calls. */
export type Called<C extends Caller> = Context & { caller: C };
export type ByMember = Called<MemberCaller>;
export type BySender = Called<MemberCaller | IngestCaller>;
