/** A parcel in several requests, where a target takes only so much at once. */

export interface Bounds<T> {
  /** How many of them. */
  most: number;
  /** The sum of their sizes. */
  bytes: number;
  sizeOf: (item: T) => number;
}

/** The same parts of the same items, in order. What is too large for any part is a part of its own. */
export function partsOf<T>(items: readonly T[], { most, bytes, sizeOf }: Bounds<T>): T[][] {
  const parts: T[][] = [];
  let part: T[] = [];
  let size = 0;
  for (const item of items) {
    const more = sizeOf(item);
    if (part.length > 0 && (part.length === most || size + more > bytes)) {
      parts.push(part);
      part = [];
      size = 0;
    }
    part.push(item);
    size += more;
  }
  if (part.length > 0) parts.push(part);
  return parts;
}

/** The id of a part: the first one has the parcel's own, since nearly always there is no other. */
export function partId(parcelId: string, index: number): string {
  return index === 0 ? parcelId : `${parcelId}.${index + 1}`;
}

/** Bytes of a text as UTF-8. */
export function byteLength(text: string): number {
  return encoder.encode(text).length;
}

const encoder = new TextEncoder();
