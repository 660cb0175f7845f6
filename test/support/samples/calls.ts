import { record, user, type Sample } from './sample.ts';

/** What was done to what, and how it went. */
export const CALL_SAMPLES: Sample[] = [
  {
    name: 'a call that the gateway denied with a number',
    record: record({
      requestID: '11b0a3c4-52d5-4be1-a6a5-0f0f2f8f4a01',
      errorCode: 4102,
      errorMessage: 'resource not authorised',
      apiErrorCode: '',
    }),
    expected: {
      outcome: 'denied',
      error: { layer: 'cam', code: '4102', message: 'resource not authorised' },
    },
  },
  {
    name: 'a call that the service denied',
    record: record({
      requestID: '22b0a3c4-52d5-4be1-a6a5-0f0f2f8f4a02',
      apiErrorCode: 'UnauthorizedOperation.CamNoAuth',
      apiErrorMessage:
        'you are not authorized to perform operation (cvm:StopInstances)\nresource (*) has no permission',
    }),
    expected: {
      outcome: 'denied',
      error: {
        layer: 'cam',
        code: 'UnauthorizedOperation.CamNoAuth',
        message:
          'you are not authorized to perform operation (cvm:StopInstances)\nresource (*) has no permission',
      },
    },
  },
  {
    name: 'a call that the service failed',
    record: record({
      requestID: '33b0a3c4-52d5-4be1-a6a5-0f0f2f8f4a03',
      apiErrorCode: 'ResourceInsufficient.CloudDisk',
      apiErrorMessage: 'sold out',
    }),
    expected: {
      outcome: 'failed',
      error: { layer: 'api', code: 'ResourceInsufficient.CloudDisk', message: 'sold out' },
    },
  },
  {
    name: 'a failure that only the response tells',
    record: record({
      requestID: '44b0a3c4-52d5-4be1-a6a5-0f0f2f8f4a04',
      responseElements: '{"Error": {"Code": "LimitExceeded", "Message": "too many"}, "RequestId": "x"}',
    }),
    expected: { outcome: 'failed', error: { layer: 'api', code: 'LimitExceeded', message: 'too many' } },
  },
  {
    name: 'a purchase: what was made comes before what the request refers to',
    record: record({
      requestID: '55b0a3c4-52d5-4be1-a6a5-0f0f2f8f4a05',
      eventName: 'RunInstances',
      requestParameters:
        '{"InstanceChargeType": "PREPAID", "VirtualPrivateCloud": {"VpcId": "vpc-1k3m5p7r"}, "InstanceName": "web-1"}',
      responseElements: '{"InstanceIdSet": ["ins-2n4q6s8u"], "RequestId": "55b0a3c4"}',
    }),
    expected: {
      resources: [
        { type: 'instance', id: 'ins-2n4q6s8u' },
        { type: 'vpc', id: 'vpc-1k3m5p7r' },
      ],
    },
  },
  {
    name: 'secrets in the session, the request and the response',
    record: record({
      requestID: '5ab0a3c4-52d5-4be1-a6a5-0f0f2f8f4a15',
      userIdentity: user({ sessionContext: '{"token": "hunter2-token-hunter2", "mfa": 0}' }),
      eventName: 'ResetInstancesPassword',
      requestParameters:
        '{"InstanceIds": ["ins-8kq2m1zd"], "Password": "hunter2-Pass!", "Token": "hunter2-token-hunter2", "Nonce": 42}',
      responseElements: '{"Credentials": {"Token": "hunter2-token-hunter2"}}',
    }),
    expected: { event: 'ResetInstancesPassword', resources: [{ type: 'instance', id: 'ins-8kq2m1zd' }] },
  },
  {
    name: 'several resources in one name, one of them any',
    record: record({
      requestID: '66b0a3c4-52d5-4be1-a6a5-0f0f2f8f4a06',
      resourceName: 'volume/*|instance/ins-8kq2m1zd|snapshot/snap-3b5d7f9h',
      requestParameters: '{"Region": "ap-guangzhou"}',
    }),
    expected: {
      resources: [
        { type: 'instance', id: 'ins-8kq2m1zd' },
        { type: 'snapshot', id: 'snap-3b5d7f9h' },
      ],
    },
  },
  {
    name: 'a resource set, with a name from the request and a region from nowhere else',
    record: record({
      requestID: '77b0a3c4-52d5-4be1-a6a5-0f0f2f8f4a07',
      eventName: 'ModifyInstancesAttribute',
      resourceSet: [
        {
          resourceRegion: 'sh',
          resourceId: 'ins-8kq2m1zd',
          resourceType: 'CVM',
          resourceTypeClass: 'QCS::CVM::Instance',
        },
      ],
      resourceName: 'ins-8kq2m1zd',
      requestParameters: '{"InstanceIds": ["ins-8kq2m1zd", "ins-other123"], "InstanceName": "web-2"}',
    }),
    expected: {
      resources: [{ type: 'instance', id: 'ins-8kq2m1zd', name: 'web-2', region: 'ap-shanghai' }],
    },
  },
  {
    name: 'resource descriptions with escaped slashes, a project and a short region',
    record: record({
      requestID: '88b0a3c4-52d5-4be1-a6a5-0f0f2f8f4a08',
      eventRegion: 'gz',
      resources:
        '["qcs:id/1196468:cvm:gz:uin\\\\/100004811620:instance\\\\/ins-8kq2m1zd","qcs::cvm:gz:uin/100004811620:volume/*"]',
      requestParameters: '',
      sourceIPAddress: '',
    }),
    expected: {
      region: 'ap-guangzhou',
      ip: '',
      resources: [{ type: 'instance', id: 'ins-8kq2m1zd', region: 'ap-guangzhou' }],
    },
  },
  {
    name: 'tags as JSON texts',
    record: record({
      requestID: '99b0a3c4-52d5-4be1-a6a5-0f0f2f8f4a09',
      tags: ['{"key":"team","value":"web"}', '{"key":"stage","value":""}', ''],
    }),
    expected: { tags: ['team=web', 'stage='] },
  },
  {
    name: 'no id of its own',
    record: record({ requestID: '', requestParameters: '{"InstanceIds": ["ins-8kq2m1zd"], "Force": true}' }),
    expected: { requestId: '' },
  },
  {
    name: 'codes as numbers, and no agent',
    record: record({
      requestID: 'aab0a3c4-52d5-4be1-a6a5-0f0f2f8f4a0a',
      userIdentity: user({ type: 'user' }),
      errorCode: 0,
      errorMessage: 'ok',
      apiErrorCode: 0,
      userAgent: '',
      sensitiveAction: '',
      resourceType: 'COS',
      eventName: 'PutBucketACL',
      requestParameters: '{"Bucket": "logs-1300000042"}',
    }),
    expected: {
      outcome: 'ok',
      agent: '',
      product: 'cos',
      is: [],
      resources: [{ type: 'bucket', id: 'logs-1300000042' }],
    },
  },
];
