/** What events are classified by: the sensitive rules that are on, and the networks that are inside. */
import type { EventSummary, Json } from '../event/event.ts';
import type { Network } from '../query/address.ts';
import type { ResolvedQuery } from '../query/query.ts';

export interface SensitiveRule {
  id: string;
  /** Without a range of time. */
  query: ResolvedQuery;
}

/** A part of the internet that counts as inside. */
export interface NamedNetwork {
  id: string;
  name: string;
  cidrs: readonly Network[];
  /** RFC 3339: counts for events from then on. */
  from?: string;
  /** RFC 3339: counts for events before then. */
  to?: string;
}

export interface Classification {
  /** Raised with every change of the rules, the networks or the catalogues. */
  version: number;
  rules: readonly SensitiveRule[];
  networks: readonly NamedNetwork[];
}

/** An event with the parameters of its call. */
export interface Classifiable {
  summary: EventSummary;
  readonly request: Json;
  readonly response: Json;
}

/** A classification made ready for many events. */
export interface Classifier {
  version: number;
  /** The summary with `is`, `sensitive`, `purchase`, `network` and `classified` as they are now. */
  classify: (event: Classifiable) => EventSummary;
}
