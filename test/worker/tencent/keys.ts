/** Made-up credentials. */

import type { Credential } from '../../../worker/tencent/credential.ts';

export const KEY: Credential = {
  secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE',
  secretKey: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE',
};

/** The same with the token of a temporary key. */
export const TEMPORARY: Credential = { ...KEY, token: 'q8Zk2vT0example0token0aaaaaaaaaaaaaaaaaaaaaaaaaaaaa' };

/** 2026-11-22 14:03:00 UTC, in unix ms. */
export const NOW = Date.UTC(2026, 10, 22, 14, 3);
