/** Rows of a list, from the copy and from the Worker's answers. */
import { valueAt } from '../../../shared/columns/decode.ts';
import { rowOf } from '../../../shared/columns/row.ts';
import type { Row } from '../../../shared/columns/columns.ts';
import type { EventSummary } from '../../../shared/event/event.ts';
import type { ListRow } from '../../protocol/panel.ts';
import type { Selection } from './selection.ts';

/** The fields that a row shows. */
export const SHOWN_FIELDS = [
  'operator',
  'person',
  'call',
  'region',
  'resources',
  'address',
  'result',
  'is',
] as const;

/** Row `at` of a selection. Of its resources one that is among `about` (ids) is named first. */
export function rowAt(
  { days, dayOf, rows }: Selection,
  at: number,
  about: readonly string[],
): ListRow | undefined {
  const [day, row] = [days[dayOf[at] ?? 0], rows[at]];
  if (day === undefined || row === undefined) return undefined;
  const value = <F extends keyof Shown>(name: F) => valueAt(day.column(name), row);
  const fields = {
    operator: value('operator'),
    person: value('person'),
    call: value('call'),
    region: value('region'),
    resources: value('resources'),
    address: value('address'),
    result: value('result'),
    is: value('is'),
  };
  return shown(valueAt(day.keys(), row), day.seconds()[row] ?? 0, fields, about);
}

/** The row of an event that the Worker gave, with its resources as in `rowAt`. */
export function rowOfEvent(event: EventSummary, about: readonly string[]): ListRow {
  const { second, key, fields } = rowOf(event, event.id);
  return shown(key, second, fields, about);
}

type Shown = Pick<Row['fields'], (typeof SHOWN_FIELDS)[number]>;

function shown(id: string, time: number, fields: Shown, about: readonly string[]): ListRow {
  const { operator, person, call, region, resources, address, result, is } = fields;
  const first = resources.find((resource) => about.includes(resource.id)) ?? resources[0];
  return {
    id,
    time,
    operator: { type: operator.type, id: operator.id, name: operator.name },
    ...(person && { person }),
    ...call,
    region,
    resources: { ...(first && { first }), count: resources.length },
    outcome: result.outcome,
    ...(result.code !== undefined && { error: result.code }),
    is,
    ip: address.ip,
    network: address.network,
  };
}
