/** What the steps of a sync work with, and how far the copy may go. */
import type { Client } from '../../../shared/api/client.ts';
import type { Problem } from '../../protocol/connection.ts';
import type { Keeper } from '../keeper.ts';

/** What one request of a sync led to. `anew`: the copy is worth nothing, and the sync has to begin again. */
export type Progress = { kind: 'on' | 'end' | 'anew' } | { kind: 'problem'; problem: Problem };

/** What the parts of a sync work with. */
export interface Run {
  client: Client;
  keeper: Keeper;
  epoch: number;
  now: () => number;
}

/** Days that the copy goes back, and events that it holds at most. */
export const DAYS = 30;
export const MAX_EVENTS = 100_000;
