/** Where operators worked from, as counts of their events by address. */
import { MAX_ADDRESSES, type Whereabouts } from '../../shared/api/access.ts';
import type { NamedNetwork } from '../../shared/classify/classification.ts';
import type { FieldName, Fields } from '../../shared/columns/columns.ts';
import { type Dimension, type Group, groupBy, type Part } from '../../shared/columns/group.ts';
import { testOf } from '../../shared/columns/select.ts';
import { type Person, VIAS } from '../../shared/event/event.ts';
import { contains, parseAddress } from '../../shared/query/address.ts';
import { BY_ACCOUNT, BY_OPERATOR, BY_PERSON, identityOf, personOf, type Who, whoOf } from './by-operator.ts';
import { merged, spanOf } from './counts.ts';
import { narrowed } from './narrow.ts';

/** The fields that days need for it. */
export const WHEREABOUTS_FIELDS: readonly FieldName[] = [
  'operator',
  'person',
  'address',
  'call',
  'result',
  'is',
];

/** One operator, and the person behind them where that is known. */
export interface Somebody {
  /** The same for nobody else. */
  identity: string;
  /** Of all their events, by address and way of working. */
  groups: Group[];
  /** Of their logins, by address. */
  logins: Group[];
  /** Events from outside. */
  outside: number;
  /** Unix seconds. */
  last: number;
}

const BY_ADDRESS: readonly Dimension[] = [
  BY_ACCOUNT,
  BY_OPERATOR,
  BY_PERSON,
  { column: 'address', keys: (address) => [JSON.stringify(address)] },
];

/** Everybody who acted in the rows, once, in no order. */
export function everybodyIn(parts: readonly Part[]): Somebody[] {
  const groups = groupBy(parts, [...BY_ADDRESS, { column: 'call', keys: ({ via }) => [via] }]);
  const logins = groupBy(
    narrowed(parts, (day) => [testOf(day, 'is', (is) => is.includes('login'))]),
    BY_ADDRESS,
  );
  const loginsBy = Map.groupBy(logins, identityIn);
  return [...Map.groupBy(groups, identityIn)].map(([identity, own]) => ({
    identity,
    groups: own,
    logins: loginsBy.get(identity) ?? [],
    outside: countOf(own.filter((group) => addressOf(group).network === 'outside')),
    last: sumOf(own).last,
  }));
}

/** What is told of somebody, with networks by the names that they have now. */
export function whereaboutsOf({ groups, logins }: Somebody, networks: readonly NamedNetwork[]): Whereabouts {
  const bySide = Object.groupBy(groups, (group) => addressOf(group).network);
  const { inside = [], outside = [], service = [], unknown = [] } = bySide;
  const all = sumOf(groups);
  const { account, operator, person } = somebodyIn(all);
  return {
    account,
    operator,
    ...(person && { person }),
    ...countAndSpan(all),
    inside: insideOf(inside, networks),
    ...(outside.length > 0 && { outside: outsideOf(outside) }),
    service: countOf(service),
    unknown: countOf(unknown),
    ...(logins.length > 0 && { logins: loginsOf(logins) }),
  };
}

function insideOf(groups: readonly Group[], networks: readonly NamedNetwork[]): Whereabouts['inside'] {
  const byName = Map.groupBy(groups, (group) => networkOf(group, networks)?.name ?? null);
  return [...byName]
    .map(([network, own]) => ({ network, ...countAndSpan(sumOf(own)) }))
    .toSorted((one, other) => other.count - one.count);
}

/** The network that an address was in at any time when it was used. */
function networkOf(group: Group, networks: readonly NamedNetwork[]): NamedNetwork | undefined {
  const address = parseAddress(addressOf(group).ip);
  const [first, last] = [group.first * 1000, group.last * 1000];
  return networks.find(
    ({ cidrs, from, to }) =>
      address !== undefined &&
      (from === undefined || Date.parse(from) <= last) &&
      (to === undefined || first < Date.parse(to)) &&
      cidrs.some((cidr) => contains(cidr, address)),
  );
}

function outsideOf(groups: readonly Group[]): NonNullable<Whereabouts['outside']> {
  const byAddress = together(groups, (group) => addressOf(group).ip);
  return {
    ...countAndSpan(sumOf(groups)),
    addresses: byAddress.length,
    from: byAddress.slice(0, MAX_ADDRESSES).map(({ sum, own }) => {
      const { ip, place } = addressOf(sum);
      const vias = new Set(own.map(({ keys }) => keys[4]));
      return {
        ip,
        ...(place && { place }),
        via: VIAS.filter((via) => vias.has(via)),
        ...countAndSpan(sum),
      };
    }),
  };
}

function loginsOf(groups: readonly Group[]): NonNullable<Whereabouts['logins']> {
  const byAddress = together(groups, (group) =>
    JSON.stringify([addressOf(group).ip, addressOf(group).network]),
  );
  return {
    ...endsOf(sumOf(groups)),
    addresses: byAddress.length,
    from: byAddress.slice(0, MAX_ADDRESSES).map(({ sum }) => {
      const { ip, network } = addressOf(sum);
      return { ip, network, ...endsOf(sum), ...spanOf(sum) };
    }),
  };
}

/** Groups that share a name, and their sum; the last seen first. */
function together(
  groups: readonly Group[],
  nameOf: (group: Group) => string,
): { sum: Group; own: readonly Group[] }[] {
  return [...Map.groupBy(groups, nameOf).values()]
    .map((own) => ({ sum: sumOf(own), own }))
    .toSorted((one, other) => other.sum.last - one.sum.last);
}

/** All groups as one, with the keys of the newest. Throws where there is none. */
function sumOf(groups: readonly Group[]): Group {
  const [sum] = merged(groups.map((group) => ['', group])).values();
  if (sum === undefined) throw new Error('no groups to add up');
  return sum;
}

function countOf(groups: readonly Group[]): number {
  return groups.reduce((total, { count }) => total + count, 0);
}

function countAndSpan(group: Group): { count: number; first: string; last: string } {
  return { count: group.count, ...spanOf(group) };
}

function endsOf({ ok, failed, denied }: Group): Pick<Group, 'ok' | 'failed' | 'denied'> {
  return { ok, failed, denied };
}

function addressOf({ keys }: Group): Fields['address'] {
  return JSON.parse(keys[3] ?? 'null');
}

function somebodyIn({ keys: [account = '', who = 'null', person = 'null'] }: Group): {
  account: string;
  operator: Who;
  person: Person | null;
} {
  return { account, operator: whoOf(who), person: personOf(person) };
}

/** The same for the same operator with the same person behind them. */
function identityIn(group: Group): string {
  const { account, operator, person } = somebodyIn(group);
  return JSON.stringify([account, identityOf(operator), person && identityOf(person)]);
}
