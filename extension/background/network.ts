/** The one way to the network. */
import type { Fetch } from '../../shared/api/client.ts';

/** A Worker that has not answered in this time (ms) is taken as out of reach. */
const PATIENCE = 15_000;

/** Nothing but the token goes along, and a redirect is not followed: it would carry the token elsewhere. */
export const send: Fetch = (url, init) =>
  fetch(url, {
    ...init,
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'manual',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(PATIENCE),
  });
