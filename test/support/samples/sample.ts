import type { EventSummary } from '../../../shared/event/event.ts';
import type { JsonObject } from '../../../shared/event/json.ts';

/** One hand-made record: what CloudAudit says, and the event it must become. */
export interface Sample {
  /** The quirk it shows. */
  name: string;
  /** The record proper, nested parameters as the JSON texts they are. */
  record: JsonObject;
  /** Chinese label and geography, which only the API and the console give. */
  title?: string;
  location?: string;
  /** What must hold of the event made of the API's form, as far as the quirk goes. */
  expected: Partial<EventSummary>;
}

export const ACCOUNT = '100004811620';

/** A plain successful call by a sub-user; samples change what they are about. */
export function record(changes: JsonObject): JsonObject {
  return {
    userIdentity: user({}),
    eventRegion: 'ap-guangzhou',
    eventVersion: 2,
    errorCode: '0',
    errorMessage: 'permission verify',
    requestID: '3f0c9a51-7e0d-4c54-9a55-0d6f1b7e2c11',
    apiVersion: '3.0',
    eventType: 'ApiCall',
    actionType: 'Write',
    httpMethod: 'POST',
    apiErrorCode: '0',
    apiErrorMessage: '',
    userAgent: 'SDK_GO_1.0.594',
    eventTime: 1739981156,
    sensitiveAction: '0',
    eventPlatform: '0',
    sourceIPAddress: '203.0.113.24',
    resourceType: 'cvm',
    eventName: 'StopInstances',
    eventSource: 'cvm.tencentcloudapi.com',
    resourceSet: [],
    requestParameters: '{"InstanceIds": ["ins-8kq2m1zd"], "Region": "ap-guangzhou"}',
    responseElements: '{}',
    resourceName: '',
    tags: [''],
    ...changes,
  };
}

/** A `userIdentity`. */
export function user(changes: JsonObject): JsonObject {
  return {
    principalId: '100012345678',
    accountId: ACCOUNT,
    secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE',
    type: 'CAMUser',
    userName: 'lin-yue',
    sessionContext: '{}',
    ...changes,
  };
}
