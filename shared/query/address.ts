import ipaddr from 'ipaddr.js';

/** A range of addresses; a single address has the full prefix. */
export interface Network {
  /** 4 or 16 bytes, those behind the prefix zero. IPv4 inside IPv6 (`::ffff:…`) is IPv4. */
  bytes: number[];
  /** Bits that count, from the left. */
  prefix: number;
  /** `10.0.0.0/8`, `2001:db8::/32`: the same for the same network. */
  text: string;
}

const FOUR_PARTS = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

/** The bytes of an address (4 or 16); nothing where the text is none. `::ffff:1.2.3.4` is 1.2.3.4. */
export function parseAddress(text: string): number[] | undefined {
  const bytes = readBytes(text);
  return bytes && isMapped(bytes) ? bytes.slice(12) : bytes;
}

/** The network that an address (`10.1.2.3`) or a CIDR (`10.0.0.0/8`) names; host bits are dropped. */
export function parseNetwork(text: string): Network | undefined {
  const slash = text.indexOf('/');
  const written = readBytes(slash < 0 ? text : text.slice(0, slash));
  if (!written) return undefined;

  const bits = written.length * 8;
  const length = slash < 0 ? String(bits) : text.slice(slash + 1);
  if (!/^(?:0|[1-9]\d{0,2})$/.test(length) || Number(length) > bits) return undefined;

  const inside = isMapped(written) && Number(length) >= 96;
  const prefix = inside ? Number(length) - 96 : Number(length);
  const bytes = mask(inside ? written.slice(12) : written, prefix);
  return { bytes, prefix, text: `${printBytes(bytes)}/${prefix}` };
}

/** Whether an address, as `parseAddress` gives it, lies in the network. IPv4 lies in no IPv6 network. */
export function contains(network: Network, address: readonly number[]): boolean {
  return (
    network.bytes.length === address.length &&
    mask(address, network.prefix).every((byte, i) => byte === network.bytes[i])
  );
}

/** Only the usual forms: `010.1.1.1`, `10.1` and zone suffixes mean different things to different readers. */
function readBytes(text: string): number[] | undefined {
  if (FOUR_PARTS.test(text)) return ipaddr.IPv4.parse(text).toByteArray();
  if (!text.includes(':') || text.includes('%') || !ipaddr.IPv6.isValid(text)) return undefined;
  return ipaddr.IPv6.parse(text).toByteArray();
}

function isMapped(bytes: readonly number[]): boolean {
  return bytes.length === 16 && bytes.slice(0, 12).every((byte, i) => byte === (i < 10 ? 0 : 255));
}

function mask(bytes: readonly number[], prefix: number): number[] {
  return bytes.map((byte, i) => {
    const kept = Math.min(8, Math.max(0, prefix - i * 8));
    return byte & (0xff00 >> kept) & 0xff;
  });
}

function printBytes(bytes: number[]): string {
  return bytes.length === 4 ? new ipaddr.IPv4(bytes).toString() : new ipaddr.IPv6(bytes).toRFC5952String();
}
