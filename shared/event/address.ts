import ipaddr from 'ipaddr.js';

/** Ranges that no caller on the internet has. */
const PRIVATE = new Set(['private', 'carrierGradeNat', 'loopback', 'linkLocal', 'uniqueLocal']);
/** Ranges that no caller has at all. */
const NOBODY = new Set(['unspecified', 'broadcast', 'multicast']);
/** First octet of the network between the vendor's own machines. */
const RELAY = 9;

/** Asked first, since the library makes and throws an error for each text that is no address. */
const FOUR_PARTS = /^\d+(?:\.\d+){3}$/;

interface Address {
  text: string;
  isPublic: boolean;
}

/**
 * Gives the address a call came from, normalised (IPv4 mapped into IPv6 as IPv4): the first public one of the
 * candidates, else the first private one, else ''.
 */
export function effectiveAddress(candidates: string[]): string {
  let inside = '';
  for (const candidate of candidates) {
    const address = readAddress(candidate.trim());
    if (address?.isPublic) return address.text;
    inside ||= address?.text ?? '';
  }
  return inside;
}

function readAddress(written: string): Address | undefined {
  if (FOUR_PARTS.test(written)) {
    return ipaddr.IPv4.isValidFourPartDecimal(written) ? fromV4(ipaddr.IPv4.parse(written)) : undefined;
  }
  if (!written.includes(':') || written.includes('%') || !ipaddr.IPv6.isValid(written)) return undefined;
  const address = ipaddr.IPv6.parse(written);
  if (address.isIPv4MappedAddress()) return fromV4(address.toIPv4Address());
  return classify(address.toRFC5952String(), address.range());
}

function fromV4(address: ipaddr.IPv4): Address | undefined {
  return classify(address.toString(), address.octets[0] === RELAY ? 'private' : address.range());
}

function classify(written: string, range: string): Address | undefined {
  return NOBODY.has(range) ? undefined : { text: written, isPublic: !PRIVATE.has(range) };
}
