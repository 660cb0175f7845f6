/** How the address of a channel is stored: sealed for its row, and beside it what may be shown. */
import * as v from 'valibot';
import { open, seal } from '../../access/sealed.ts';
import type { RootSecrets } from '../../access/secrets.ts';
import type { ChannelSettings } from '../../store/channels.ts';
import type { Address } from './channel.ts';

export interface KeptAddress {
  settings: ChannelSettings;
  sealed: string;
}

/** The address in its two parts. `id` is that of the channel. */
export async function keepAddress(secrets: RootSecrets, id: string, address: Address): Promise<KeptAddress> {
  return {
    settings: { shown: shownOf(address.url), signed: address.secret !== undefined },
    sealed: await seal(secrets, sealedFor(id), JSON.stringify(address)),
  };
}

/** The address as it was given; undefined where it does not open, as after the root secret was replaced. */
export async function openAddress(
  secrets: RootSecrets,
  { id, sealed }: { id: string; sealed: string },
): Promise<Address | undefined> {
  const text = await open(secrets, sealedFor(id), sealed);
  return text === undefined ? undefined : v.parse(ADDRESS, JSON.parse(text));
}

const ADDRESS = v.object({ url: v.string(), secret: v.exactOptional(v.string()) });

/** No other row's id has a colon in it: what is sealed for a channel opens for nothing else. */
function sealedFor(id: string): Parameters<typeof seal>[1] {
  return { label: 'credential', id: `channel:${id}` };
}

/** What follows the host is the key; its end tells two of them apart, and is shown where much more stays hidden. */
const HIDDEN = 16;
const SHOWN = 4;

function shownOf(url: string): string {
  const { host, pathname, search } = new URL(url);
  const key = pathname + search;
  return key.length < HIDDEN + SHOWN ? `${host}/…` : `${host}/…${key.slice(-SHOWN)}`;
}
