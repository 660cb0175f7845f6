/** Messages as plain text, for chats that make nothing of it but links of addresses. */
import { inert } from './inert.ts';
import type { Message } from './message.ts';

/** What one line may say, in characters: the longest that lets the whole message fit. */
const LENGTHS = [300, 150, 80, 40, 20] as const;

/** A message whose texts are inert: a title, lines, and the one address that is meant to be followed. */
export interface PlainMessage {
  title: string;
  lines: string[];
  link?: { label: string; url: string };
}

/** The message in at most so many bytes, as `sizeOf` counts them. */
export function plainMessage(
  message: Message,
  bytes: number,
  sizeOf: (plain: PlainMessage) => number,
): PlainMessage {
  const [longest, ...shorter] = LENGTHS;
  let plain = cutTo(message, longest);
  for (const length of shorter) {
    if (sizeOf(plain) <= bytes) break;
    plain = cutTo(message, length);
  }
  return plain;
}

function cutTo({ title, lines, label, link }: Message, length: number): PlainMessage {
  return {
    title: inert(title, length),
    lines: lines.map(({ label: what, text }) => label(what, inert(text, length))),
    ...(link === undefined ? {} : { link }),
  };
}

/** All of it as one text. */
export function plainText({ title, lines, link }: PlainMessage): string {
  return [title, ...lines, ...(link === undefined ? [] : [link.url])].join('\n');
}

/** Bytes of a text in UTF-8. */
export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Bytes of a message as one text. */
export function plainBytes(plain: PlainMessage): number {
  return bytesOf(plainText(plain));
}
