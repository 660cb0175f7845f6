/** A topic of CLS: a log for each event. */
import { batches } from '../../tencent/cls-logs.ts';
import { uploadLogs } from '../../tencent/cls.ts';
import { logOf } from './cls-log.ts';
import { fromCloud } from './failure.ts';
import { guard } from './guard.ts';
import type { Send } from './target.ts';

/**
 * Uploads the events, in as many requests as the limits of CLS ask for. CLS appends: what was uploaded before a failure
 * is there twice after the repeat, and is recognised by its ids.
 */
export const sendToCls: Send<'cls'> = async ({ topicId, region, endpoint, credential }, parcel, tools) => {
  const { network, refusal } = guard(tools);
  const client = { ...network, credential, region, ...(endpoint === undefined ? {} : { endpoint }) };
  for (const logs of batches(parcel.events.map((item) => logOf(item, parcel)))) {
    const answer = await uploadLogs(client, { topicId, logs }, tools.now);
    if (!answer.ok) return { ok: false, failure: refusal() ?? fromCloud(answer.failure) };
  }
  return { ok: true };
};
