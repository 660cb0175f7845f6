/** Delivers to whatever kind of target. */
import type { OpenTarget } from '../../../shared/api/targets.ts';
import { sendToCls } from './cls.ts';
import { sendToCos } from './cos.ts';
import { sendToR2 } from './r2.ts';
import { sendToS3 } from './s3.ts';
import type { Parcel, Sent, Tools } from './target.ts';
import { sendToWebhook } from './webhook.ts';

/** Delivers a parcel: whole, or the same one has to be sent again. */
export async function send(target: OpenTarget, parcel: Parcel, tools: Tools): Promise<Sent> {
  switch (target.type) {
    case 'r2':
      return await sendToR2(target, parcel, tools);
    case 'cos':
      return await sendToCos(target, parcel, tools);
    case 's3':
      return await sendToS3(target, parcel, tools);
    case 'cls':
      return await sendToCls(target, parcel, tools);
    case 'webhook':
      return await sendToWebhook(target, parcel, tools);
  }
}
