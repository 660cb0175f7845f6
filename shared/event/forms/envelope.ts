import { readObject, type JsonObject } from '../json.ts';

/**
 * Reads a CloudEvents envelope of EventBridge: the record in `data`, as object or JSON text. The envelope alone
 * knows the milliseconds.
 */
export function readEnvelope(envelope: JsonObject): JsonObject | undefined {
  if (!('specversion' in envelope && 'data' in envelope)) return undefined;
  const { region, tags, time, type } = envelope;
  return {
    ...(region !== undefined && { eventRegion: region }),
    ...(tags !== undefined && { tags }),
    ...readObject(envelope['data']),
    ...(time !== undefined && { envelopeTime: time }),
    ...(type !== undefined && { envelopeType: type }),
  };
}
