import type { EventSummary } from '../../../shared/event/event.ts';
import type { ListRow } from '../../protocol/panel.ts';

/** An event as a row of a list has it. */
export function rowOfSummary(event: EventSummary): ListRow {
  const { id, time, operator, person, product, action, via, region, resources, outcome, error } = event;
  const [first] = resources;
  return {
    id,
    time: Math.floor(Date.parse(time) / 1000),
    operator,
    ...(person === undefined ? {} : { person }),
    event: event.event,
    product,
    action,
    via,
    region,
    resources: { ...(first === undefined ? {} : { first }), count: resources.length },
    outcome,
    ...(error === undefined ? {} : { error: error.code }),
    is: event.is,
    ip: event.ip,
    network: event.network,
  };
}
