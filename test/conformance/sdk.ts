/** The vendor's own clients for Node, pointed at a cloud on loopback. Their modules are CommonJS. */
import { createRequire } from 'node:module';
import type { Client as Billing } from 'tencentcloud-sdk-nodejs/tencentcloud/services/billing/v20180709/billing_client.js';
import type { Client as Cam } from 'tencentcloud-sdk-nodejs/tencentcloud/services/cam/v20190116/cam_client.js';
import type { Client as Cloudaudit } from 'tencentcloud-sdk-nodejs/tencentcloud/services/cloudaudit/v20190319/cloudaudit_client.js';
import type { Client as Cls } from 'tencentcloud-sdk-nodejs/tencentcloud/services/cls/v20201016/cls_client.js';
import type { Client as Sts } from 'tencentcloud-sdk-nodejs/tencentcloud/services/sts/v20180813/sts_client.js';

export interface SdkCredential {
  secretId: string;
  secretKey: string;
  token?: string;
}

export interface Sdk {
  cloudaudit: Cloudaudit;
  sts: Sts;
  cam: Cam;
  billing: Billing;
  cls: Cls;
}

const SERVICES = 'tencentcloud-sdk-nodejs/tencentcloud/services';
const load = createRequire(import.meta.url);

/** A module of a service, as far as it is used here. */
interface Module<Client> {
  Client: new (config: object) => Client;
}

/** Clients of all services that are used, with one credential. */
export function openSdk(origin: string, credential: SdkCredential, region = 'ap-guangzhou'): Sdk {
  const { protocol, host } = new URL(origin);
  const config = {
    credential,
    region,
    profile: { httpProfile: { protocol: `${protocol}//`, endpoint: host } },
  };
  const cloudaudit: Module<Cloudaudit> = load(`${SERVICES}/cloudaudit/v20190319/cloudaudit_client.js`);
  const sts: Module<Sts> = load(`${SERVICES}/sts/v20180813/sts_client.js`);
  const cam: Module<Cam> = load(`${SERVICES}/cam/v20190116/cam_client.js`);
  const billing: Module<Billing> = load(`${SERVICES}/billing/v20180709/billing_client.js`);
  const cls: Module<Cls> = load(`${SERVICES}/cls/v20201016/cls_client.js`);
  return {
    cloudaudit: new cloudaudit.Client(config),
    sts: new sts.Client(config),
    cam: new cam.Client(config),
    billing: new billing.Client(config),
    cls: new cls.Client(config),
  };
}
