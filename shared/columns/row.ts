import type { EventSummary } from '../event/event.ts';
import type { FieldName, Fields, Row } from './columns.ts';

/** How each field is taken from a summary, and what of a summary it gives back. */
const FIELDS: { [F in FieldName]: Passage<Fields[F]> } = {
  operator: { of: ({ operator }) => operator, to: (operator) => ({ operator }) },
  person: { of: ({ person }) => person ?? null, to: (person) => (person ? { person } : {}) },
  call: {
    of: ({ product, event, action, via }) => ({ product, event, action, via }),
    to: (call) => call,
  },
  region: { of: ({ region }) => region, to: (region) => ({ region }) },
  resources: { of: ({ resources }) => resources, to: (resources) => ({ resources }) },
  address: {
    of: ({ ip, network, place }) => ({ ip, network, ...(place && { place }) }),
    to: (address) => address,
  },
  result: { of: resultOf, to: ({ outcome, ...error }) => ({ outcome, ...errorOf(error) }) },
  is: { of: ({ is }) => is, to: (is) => ({ is }) },
  sensitive: { of: ({ sensitive }) => sensitive ?? [], to: (sensitive) => ({ sensitive }) },
  purchase: { of: purchaseOf, to: (purchase) => (purchase ? { purchase } : {}) },
  sources: {
    of: ({ sources }) => sources.map(({ source }) => source),
    to: (sources) => ({ sources: sources.map((source) => ({ source, received: '' })) }),
  },
  tags: { of: ({ tags }) => tags, to: (tags) => ({ tags }) },
  request: {
    of: ({ requestId, eventId }) => ({ requestId, ...(eventId && { eventId }) }),
    to: (request) => request,
  },
};

interface Passage<T> {
  of(summary: EventSummary): T;
  to(value: T): Partial<EventSummary>;
}

/** A summary in which every text and list is empty. */
const BLANK: EventSummary = {
  id: '',
  seq: 0,
  account: '',
  time: '1970-01-01T00:00:00Z',
  requestId: '',
  operator: { type: 'user', id: '', name: '' },
  product: '',
  event: '',
  action: '',
  via: '',
  region: '',
  resources: [],
  ip: '',
  network: 'unknown',
  agent: '',
  outcome: 'ok',
  is: [],
  sources: [],
  tags: [],
};

/** What stands in a row for the fields that its day was kept without. */
export const BLANK_FIELDS: Fields = fieldsOf(BLANK);

/** What columns keep of an event. `key` is what the caller knows it by, unique within its second. */
export function rowOf(summary: EventSummary, key: string): Row {
  return { second: Math.floor(Date.parse(summary.time) / 1000), key, fields: fieldsOf(summary) };
}

/** A summary that says what one field says and nothing else: for conditions on that field alone. */
export function summaryWith<F extends FieldName>(field: F, value: Fields[F]): EventSummary {
  return { ...BLANK, ...FIELDS[field].to(value) };
}

/** A summary that says which account it belongs to and nothing else. */
export function summaryIn(account: string): EventSummary {
  return { ...BLANK, account };
}

function fieldsOf(summary: EventSummary): Fields {
  return {
    operator: FIELDS.operator.of(summary),
    person: FIELDS.person.of(summary),
    call: FIELDS.call.of(summary),
    region: FIELDS.region.of(summary),
    resources: FIELDS.resources.of(summary),
    address: FIELDS.address.of(summary),
    result: FIELDS.result.of(summary),
    is: FIELDS.is.of(summary),
    sensitive: FIELDS.sensitive.of(summary),
    purchase: FIELDS.purchase.of(summary),
    sources: FIELDS.sources.of(summary),
    tags: FIELDS.tags.of(summary),
    request: FIELDS.request.of(summary),
  };
}

function resultOf({ outcome, error }: EventSummary): Fields['result'] {
  return error ? { outcome, layer: error.layer, code: error.code } : { outcome };
}

function errorOf({ layer, code }: Omit<Fields['result'], 'outcome'>): Pick<EventSummary, 'error'> {
  return layer && code !== undefined ? { error: { layer, code, message: '' } } : {};
}

function purchaseOf({ purchase }: EventSummary): Fields['purchase'] {
  if (!purchase) return null;
  const { deals: _, ...kept } = purchase;
  return kept;
}
