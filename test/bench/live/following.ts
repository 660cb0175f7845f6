/** A Worker of its own that follows the fake cloud in real time. */
import * as v from 'valibot';
import { startCloud } from '../../support/cloud/cloud.ts';
import type { Cloud } from '../../support/cloud/types.ts';
import { openKillable, type Killable } from '../../support/killable.ts';

export const ACCOUNT = '1250000001';
const KEY = {
  secretId: 'AKIDbenchFollower000000000000000001',
  secretKey: 'benchFollowerSecretKey0000000001',
  account: ACCOUNT,
};
/** As the vendor answers, ms. */
const LATENCY = [200, 400] as const;

export interface Following extends AsyncDisposable {
  cloud: Cloud;
  worker: Killable;
}

/** Starts both. `allowed`: hosts on loopback that the Worker may call beside the cloud. */
export async function startFollowing(
  state: string,
  { signal, allowed = '' }: { signal: AbortSignal; allowed?: string },
): Promise<Following> {
  const cloud = await startCloud({ keys: [KEY], latency: LATENCY });
  try {
    const worker = await openKillable(state, {
      signal,
      vars: {
        TENCENT_SECRET_ID: KEY.secretId,
        TENCENT_SECRET_KEY: KEY.secretKey,
        TENCENT_ENDPOINT: cloud.url,
        ...(allowed === '' ? {} : { SIDETRAIL_ALLOW_PRIVATE: allowed }),
      },
    });
    await worker.start();
    return {
      cloud,
      worker,
      async [Symbol.asyncDispose]() {
        await worker.stop();
        await cloud.close();
      },
    };
  } catch (error) {
    await cloud.close();
    throw error;
  }
}

const Status = v.object({
  events: v.number(),
  readers: v.array(v.object({ backfill: v.optional(v.object({ state: v.string(), percent: v.number() })) })),
});

/** How many events there are, and how far they are read back, in percent. */
export async function progressOf(
  worker: Killable,
): Promise<{ events: number; percent: number; isDone: boolean }> {
  const { events, readers } = v.parse(Status, await worker.call('/v1/status'));
  const { state, percent = 0 } = readers[0]?.backfill ?? {};
  return { events, percent, isDone: state === 'done' };
}
