/** The Worker as it is deployed, bundled and run by workerd with a real D1 and R2, for tests to call over HTTP. */
import { createTestHarness, type TestHarness } from 'wrangler';
import { bundledWorker } from './worker-build.ts';

export const ADMIN_TOKEN = 'admin-token-of-the-tests-0123456789';
export const ROOT_SECRET = Buffer.alloc(32, 7).toString('base64url');

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON; undefined where it is none. */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into answers of every form
  json: any;
}

export interface TestWorker {
  harness: TestHarness;
  db: D1Database;
  objects: R2Bucket;
  /** Calls a path, as the admin unless another token (or null: none) is given. */
  call(path: string, init?: CallInit): Promise<Reply>;
  /** Sends records as NDJSON. */
  send(
    records: readonly unknown[],
    init?: { source?: string; token?: string; account?: string },
  ): Promise<Reply>;
  tick(now: Date): Promise<void>;
  close(): Promise<void>;
}

export interface CallInit {
  method?: string;
  token?: string | null;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Sent as JSON. */
  json?: unknown;
}

export async function startWorker(vars: Record<string, string> = {}): Promise<TestWorker> {
  const prebuiltWorkerDir = bundledWorker();
  const harness = createTestHarness({
    workers: [
      {
        configPath: 'wrangler.toml',
        ...(prebuiltWorkerDir === undefined ? {} : { prebuiltWorkerDir }),
        vars: { SIDETRAIL_LOCAL: '1' },
        secrets: {
          SIDETRAIL_SECRET: ROOT_SECRET,
          SIDETRAIL_ADMIN_TOKEN: ADMIN_TOKEN,
          ...vars,
        },
      },
    ],
  });
  await harness.listen();
  const worker = harness.getWorker<{ DB: D1Database; RECORDS: R2Bucket }>();
  await worker.applyD1Migrations('DB');
  const env = await worker.getEnv();

  const call = async (path: string, init: CallInit = {}): Promise<Reply> => {
    const { token = ADMIN_TOKEN, json } = init;
    const headers: Record<string, string> = { ...init.headers };
    if (token !== null) headers['authorization'] = `Bearer ${token}`;
    if (json !== undefined) headers['content-type'] = 'application/json';
    const body = json === undefined ? init.body : JSON.stringify(json);
    const response = await worker.fetch(path, {
      method: init.method ?? 'GET',
      headers,
      ...(body === undefined ? {} : { body }),
    });
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
    return { status: response.status, headers: new Headers([...response.headers]), text, json: parse(text) };
  };

  return {
    harness,
    db: env.DB,
    objects: env.RECORDS,
    call,
    send: (records, { source, token, account } = {}) => {
      const query = new URLSearchParams({ ...(source ? { source } : {}), ...(account ? { account } : {}) });
      return call(`/v1/events?${query}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-ndjson' },
        body: records
          .map((record) => (typeof record === 'string' ? record : JSON.stringify(record)))
          .join('\n'),
        ...(token === undefined ? {} : { token }),
      });
    },
    tick: async (now) => {
      await worker.scheduled({ cron: '* * * * *', scheduledTime: now });
    },
    close: () => harness.close(),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
