/** Where a tracking set delivers to. Credentials go in, and are in no answer. */
import * as v from 'valibot';

const MAX_URL = 1024;

const prefix = v.pipe(
  v.string(),
  v.maxLength(200),
  v.transform((text) => text.replace(/^\/+|\/+$/g, '')),
  v.regex(
    /^(?!\.{1,2}(\/|$))([\w.=-]+(\/(?!\.{1,2}(\/|$))(?=.))?)*$/,
    'letters, digits, ".", "_", "=" and "-", in parts between single slashes',
  ),
  v.description('Objects have keys that begin with it and a slash.'),
  v.examples(['audit/payments']),
);

const region = v.pipe(
  v.string(),
  v.regex(/^(?=.{1,40}$)[a-z0-9]+(-[a-z0-9]+)*$/, 'a region, such as ap-guangzhou'),
  v.examples(['ap-guangzhou']),
);

const cosBucket = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?-\d{5,15}$/, 'a bucket with its APPID: audit-1250000000'),
  v.examples(['audit-1250000000']),
);

const s3Bucket = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'a bucket: 3 to 63 lower-case letters, digits, "." and "-"'),
);

const topicId = v.pipe(
  v.string(),
  v.regex(/^[\w-]{1,64}$/, 'the id of a log topic'),
  v.examples(['6b0f1f0e-0000-4000-8000-000000000001']),
);

/** An address that is called. */
export const address = v.pipe(
  v.string(),
  v.maxLength(MAX_URL),
  v.regex(/^https?:\/\/[^\s\\/?#@]+(?:[/?][^\s\\#]*)?$/, 'an https address without user name or fragment'),
  v.description('What stands behind its "?" is kept encrypted and never shown.'),
  v.examples(['https://hooks.example.com/audit']),
);

const origin = v.pipe(
  v.string(),
  v.maxLength(MAX_URL),
  v.regex(/^https?:\/\/[^\s\\/?#@]+$/, 'an https origin, such as https://s3.example.com'),
);

const addressing = v.picklist(['host', 'path'], '"host" or "path"');

const sse = v.pipe(
  v.literal('AES256', '"AES256"'),
  v.description(
    'Asks COS to encrypt each object with its own keys. For keys of KMS set the encryption of the bucket.',
  ),
);

const keyText = v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,256}$/, '1 to 256 characters without blanks'));

const credential = v.pipe(
  v.strictObject({
    secretId: keyText,
    secretKey: keyText,
    token: v.exactOptional(
      v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,4096}$/, '1 to 4096 characters without blanks')),
    ),
  }),
  v.description('An API key that may write there and nothing else. It is kept encrypted and never shown.'),
);
export type Credential = v.InferOutput<typeof credential>;

/** A secret that webhooks are signed with: `whsec_` and its bytes in base64. */
export const webhookSecret = v.pipe(
  v.string(),
  v.regex(
    /^whsec_(?:[A-Za-z0-9+/]{4}){8,21}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
    '"whsec_" and 24 to 64 random bytes in base64: echo whsec_$(openssl rand -base64 32)',
  ),
  v.description('Signs what is sent, as Standard Webhooks has it. It is kept encrypted and never shown.'),
);

const r2 = { type: v.literal('r2'), prefix };
const cos = {
  type: v.literal('cos'),
  bucket: cosBucket,
  region,
  prefix: v.optional(prefix, ''),
  sse: v.exactOptional(sse),
};
const s3 = {
  type: v.literal('s3'),
  endpoint: origin,
  bucket: s3Bucket,
  region: v.optional(region, 'us-east-1'),
  prefix: v.optional(prefix, ''),
  addressing: v.optional(addressing, 'host'),
};
const cls = { type: v.literal('cls'), topicId, region, endpoint: v.exactOptional(origin) };
const webhook = { type: v.literal('webhook'), url: address };

const EXPECTED = '"type": one of r2, cos, s3, cls, webhook';

/** A target as an admin gives it. */
export const givenTarget = v.variant(
  'type',
  [
    v.strictObject(r2),
    v.strictObject({ ...cos, credential }),
    v.strictObject({ ...s3, credential }),
    v.strictObject({ ...cls, credential }),
    v.strictObject({ ...webhook, secret: webhookSecret }),
  ],
  EXPECTED,
);

/** A target as it is shown: without what is secret. */
export const target = v.variant('type', [
  v.object(r2),
  v.object(cos),
  v.object(s3),
  v.object(cls),
  v.object(webhook),
]);
export type Target = v.InferOutput<typeof target>;

/** A target with its credentials, to be sent to. */
export type OpenTarget = v.InferOutput<typeof givenTarget>;
