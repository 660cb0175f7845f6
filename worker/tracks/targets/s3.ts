/** A bucket of any store that speaks S3. */
import { sendToBucket } from './bucket.ts';
import type { Send } from './target.ts';

/** Writes the object, by signature version 4. */
export const sendToS3: Send<'s3'> = (target, parcel, tools) => sendToBucket(target, parcel, {}, tools);
