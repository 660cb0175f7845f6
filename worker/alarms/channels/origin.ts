/** The origin that people reach the Worker at; undefined where nobody said, or what was said is none. */
export function originOf({
  SIDETRAIL_PUBLIC_URL: url = '',
}: {
  SIDETRAIL_PUBLIC_URL?: string;
}): string | undefined {
  const parsed = URL.parse(url);
  return parsed !== null && /^https?:$/.test(parsed.protocol) ? parsed.origin : undefined;
}
