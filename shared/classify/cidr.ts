import { parseAddress, parseNetwork } from '../query/address.ts';
import { tellsNothing } from './network.ts';

export type ReadCidr = { ok: true; cidr: string } | { ok: false; message: string };

/** Reads a CIDR that is to be inside, or a single address; gives it in the one way it is written. */
export function readCidr(text: string): ReadCidr {
  const network = parseNetwork(text);
  const address = parseAddress(text.split('/')[0] ?? '');
  if (network === undefined || address === undefined) {
    return { ok: false, message: 'an address or a CIDR, such as 203.0.113.0/24 or 2001:db8::/32' };
  }
  if (network.bytes.some((byte, i) => byte !== address[i])) {
    return { ok: false, message: `${text} has bits behind its prefix; the network is ${network.text}` };
  }
  if (tellsNothing(network)) {
    return {
      ok: false,
      message: `${text} has private or relay addresses only: events from them are never inside, but unknown`,
    };
  }
  return { ok: true, cidr: network.text };
}
