import type { JsonObject } from '../../shared/event/json.ts';

/** One plain record as CloudAudit writes it to a bucket, with what a test wants different. */
export function record(changes: JsonObject = {}): JsonObject {
  return {
    userIdentity: {
      type: 'CAMUser',
      principalId: '100000000011',
      accountId: '1250000001',
      userName: 'web-deploy',
      secretId: '',
      sessionContext: '{}',
    },
    requestID: '6b0f1f0e-0000-4000-8000-000000000001',
    eventTime: secondsAgo(60),
    eventName: 'RunInstances',
    eventType: 'ApiCall',
    actionType: 'Write',
    resourceType: 'cvm',
    eventRegion: 'ap-guangzhou',
    sourceIPAddress: '203.0.113.5',
    userAgent: 'SDK_GO_1.0.374',
    errorCode: '0',
    errorMessage: 'permission verify',
    apiErrorCode: '0',
    apiErrorMessage: '',
    requestParameters: '{"InstanceCount":1}',
    responseElements: '{}',
    resourceName: 'instance/ins-0a1b2c3d',
    ...changes,
  };
}

/** That many records, each an event of its own, a second apart. */
export function records(count: number, changes: (i: number) => JsonObject = () => ({})) {
  const newest = secondsAgo(60);
  return Array.from({ length: count }, (_, i) =>
    record({
      requestID: `6b0f1f0e-0000-4000-9000-${String(i).padStart(12, '0')}`,
      eventTime: newest - i,
      ...changes(i),
    }),
  );
}

export function by(operator: string, account = '1250000001'): JsonObject {
  return {
    userIdentity: {
      type: 'CAMUser',
      principalId: operator,
      accountId: account,
      userName: `name-of-${operator}`,
    },
  };
}

/** Read once, so that the same record made twice is the same record. */
const NOW = Math.floor(Date.now() / 1000);

export function secondsAgo(seconds: number): number {
  return NOW - seconds;
}
