/** A test delivery: one made-up event, sent as a real one is. */
import type * as v from 'valibot';
import type { testDelivery } from '../../shared/api/tracks.ts';
import { DEMO_ACCOUNT } from '../../shared/event/demo.ts';
import type { JsonObject } from '../../shared/event/json.ts';
import { parseRecord } from '../../shared/event/parse.ts';
import type { Sending } from '../store/tracks.ts';
import { sendParcel, type Delivering } from './deliver.ts';
import { parcelOf } from './parcel.ts';

/** Sends it, and says where it went or what the target answered. Nothing else is changed by it. */
export async function sendTest(
  means: Pick<Delivering, 'secrets' | 'tools' | 'clock'>,
  track: Sending,
): Promise<v.InferOutput<typeof testDelivery>> {
  const now = means.clock();
  const parsed = parseRecord(madeRecord(now), {
    source: 'push',
    account: DEMO_ACCOUNT,
    received: new Date(now).toISOString(),
  });
  if (!parsed.ok) throw new Error('the made-up event is none');
  const { summary, record } = parsed.event;
  // Not a number that a delivery has.
  const parcel = await parcelOf(track, {
    number: 0,
    name: `test/${track.id}_${now}`,
    items: [{ id: summary.id, time: now, record, summary }],
  });
  const problem = await sendParcel(means, track, { ...parcel, id: `${track.id}-test-${now}` });
  return problem === undefined ? { ok: true, key: parcel.key } : { ok: false, problem };
}

function madeRecord(now: number): JsonObject {
  return {
    userIdentity: { type: 'Root', principalId: DEMO_ACCOUNT, accountId: DEMO_ACCOUNT, userName: 'sidetrail' },
    requestID: `test-${now}`,
    eventTime: Math.floor(now / 1000),
    eventName: 'TestDelivery',
    eventType: 'ApiCall',
    actionType: 'Read',
    resourceType: 'sidetrail',
    eventRegion: '',
    sourceIPAddress: '',
    errorCode: '0',
    apiErrorCode: '0',
    requestParameters: '{}',
    responseElements: '{}',
    resourceName: '',
  };
}
