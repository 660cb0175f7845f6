/** Among the reasons why an event is sensitive: CloudAudit itself says so. No rule has this id. */
export const RECORD = 'record';
