import type { EventSummary } from '../event/event.ts';
import { CHANGE_NAMES, DATA_NAMES } from './change-names.ts';

/** Verbs that change what is there: settings, ties, states and sizes. `Startup` is none of `Start`. */
const CHANGES =
  /^(?:Batch)?(?:Add|Adjust|Assign|Associate|Attach|Bind|Change|Close|Deregister|Detach|Disable|Disassociate|Enable|Increase|Migrate|Modify|Open|Put|Reboot|Register|Remove|Replace|Reset|Resize|Restart|Scale|Set|Start|Stop|Switch|Unassign|Unbind|UnBind|Update|Upgrade)(?=[A-Z]|$)/;

/**
 * Says whether a call changed the configuration of something that was there before and still is: what came to
 * nothing, what only reads, makes or deletes a resource is no change; a resize is a change and a purchase.
 */
export function isChange({
  product,
  event,
  action,
  outcome,
}: Pick<EventSummary, 'product' | 'event' | 'action' | 'outcome'>): boolean {
  if (action !== 'write' || outcome !== 'ok') return false;
  const name = `${product}:${event}`;
  return (CHANGES.test(event) && !DATA_NAMES.has(name)) || CHANGE_NAMES.has(name);
}
