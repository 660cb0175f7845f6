/** The demo company: its events have an account and a source of their own, and nothing else has them. */
import type { Source } from './event.ts';

export const DEMO_ACCOUNT = '100000000000';
export const DEMO_SOURCE = 'demo' satisfies Source;
