import type { EventSummary } from '../../../shared/event/event.ts';
import { rowOf } from '../../../shared/columns/row.ts';
import type { Placed } from '../../cache/shelf.ts';

/** An event as the copy has it. */
export function placed(event: EventSummary): Placed {
  return { account: event.account, row: rowOf(event, event.id) };
}
