/** What a 304 says of the sources that are read: the marks of the slowest. */
export const MARK_HEADERS = { seenTo: 'sidetrail-seen-to', settledTo: 'sidetrail-settled-to' } as const;
