/** The Worker's own bucket: what a tracking set delivers to unless it names another destination. */
import { told } from '../../access/told.ts';
import { objectKey, objectMetadata, type Send } from './target.ts';

/** Writes the object; a repeat overwrites it. R2 checks the SHA-256 of what it got. */
export const sendToR2: Send<'r2'> = async (target, parcel, { objects }) => {
  try {
    await objects.put(objectKey(target, parcel), parcel.body, {
      httpMetadata: { contentType: parcel.contentType },
      customMetadata: objectMetadata(parcel),
      sha256: parcel.sha256,
    });
    return { ok: true };
  } catch (error) {
    return { ok: false, failure: { kind: 'server', text: told(error) } };
  }
};
