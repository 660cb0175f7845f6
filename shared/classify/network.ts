/** Where an event came from, seen from the networks that count as inside. */
import type { EventSummary, Network as Side } from '../event/event.ts';
import { contains, type Network, parseAddress, parseNetwork } from '../query/address.ts';
import type { NamedNetwork } from './classification.ts';

/**
 * Addresses that do not tell where somebody was: private ones, those between the vendor's own machines (9/8,
 * 100.64/10), and those of the machine or link itself.
 */
const NOWHERE = networksOf([
  '0.0.0.0/8',
  '9.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '::/128',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
]);

/** Whether every address of a network is one that tells nothing: no event is ever found inside it. */
export function tellsNothing({ bytes, prefix }: Network): boolean {
  return NOWHERE.some((nowhere) => nowhere.prefix <= prefix && contains(nowhere, bytes));
}

/**
 * Gives what tells an event's `network`: `service` for service operators, `unknown` for an address that tells
 * nothing and where no network is valid at the time of the event, else `inside` or `outside`.
 */
export function networkTeller(
  networks: readonly NamedNetwork[],
): (event: Pick<EventSummary, 'operator' | 'ip' | 'time'>) => Side {
  const nowhere = finder(NOWHERE.map((network) => ({ network, owner: true })));
  const inside = finder(networks.flatMap((owner) => owner.cidrs.map((network) => ({ network, owner }))));
  return ({ operator, ip, time }) => {
    if (operator.type === 'service') return 'service';
    const address = parseAddress(ip);
    if (address === undefined || nowhere(address).length > 0) return 'unknown';
    const at = Date.parse(time);
    if (!networks.some((network) => isValid(network, at))) return 'unknown';
    return inside(address).some((network) => isValid(network, at)) ? 'inside' : 'outside';
  };
}

/** `at` is unix ms. */
function isValid({ from, to }: NamedNetwork, at: number): boolean {
  return (from === undefined || Date.parse(from) <= at) && (to === undefined || at < Date.parse(to));
}

/**
 * Finds the owners of the networks that an address is in: one look for each length of prefix that occurs, however
 * many networks there are.
 */
function finder<T>(
  entries: readonly { network: Network; owner: T }[],
): (address: readonly number[]) => readonly T[] {
  const owners = new Map<string, T[]>();
  const shapes = new Map<string, Pick<Network, 'prefix'> & { size: number }>();
  for (const { network, owner } of entries) {
    const { bytes, prefix } = network;
    shapes.set(`${bytes.length}/${prefix}`, { size: bytes.length, prefix });
    const key = keyOf(bytes, prefix);
    owners.set(key, [...(owners.get(key) ?? []), owner]);
  }
  const known = [...shapes.values()];
  return (address) =>
    known.flatMap(({ size, prefix }) =>
      size === address.length ? (owners.get(keyOf(address, prefix)) ?? []) : [],
    );
}

/** The first bits of an address as a text that no other bits, and no other length, have. */
function keyOf(address: readonly number[], prefix: number): string {
  const whole = prefix >> 3;
  const rest = prefix & 7;
  const last = rest === 0 ? '' : `.${(address[whole] ?? 0) >> (8 - rest)}`;
  return `${address.length}/${prefix}:${address.slice(0, whole).join('.')}${last}`;
}

function networksOf(texts: readonly string[]): Network[] {
  return texts.map((text) => {
    const network = parseNetwork(text);
    if (network === undefined) throw new Error(`${text} is no network`);
    return network;
  });
}
