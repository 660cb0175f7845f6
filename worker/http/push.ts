/** POST /v1/events: records in, in any form that CloudAudit sends them. */
import type { IRequest } from 'itty-router';
import { DEFAULT_RETENTION } from '../../shared/api/accounts.ts';
import { ingestQuery, RECORD_MEDIA_TYPES, type Ingested } from '../../shared/api/ingest.ts';
import { DEMO_SOURCE } from '../../shared/event/demo.ts';
import type { Source } from '../../shared/event/event.ts';
import { readBody, type Broken } from '../ingest/body.ts';
import { MAX_RECORDS, takeIn, type Intake } from '../ingest/intake.ts';
import { loadClassification } from '../store/classification.ts';
import type { Accounts } from '../store/scope.ts';
import { answer } from './answer.ts';
import type { BySender } from './context.ts';
import { badParameter, parameters, type Read } from './params.ts';
import { problem } from './problem.ts';

const ENCODINGS = new Set(['', 'identity', 'gzip']);

const MAX_BODY = 10 * 1024 * 1024;

/** Takes the records in and says what became of them. */
export async function postEvents(request: IRequest, context: BySender): Promise<Response> {
  const taken = await takeBody(request, context, {
    mediaTypes: RECORD_MEDIA_TYPES,
    sender: () => readSender(request, context),
  });
  return taken.ok ? answer('POST /v1/events', taken.value) : taken.response;
}

/**
 * Takes in the records of a body: `{ accepted, duplicate, refused: [{ at, reason }], refusedTotal }`. A body that
 * breaks off keeps what was stored before, and the error carries the same counts.
 */
export async function takeBody(
  request: IRequest,
  context: BySender,
  { mediaTypes, sender: senderOf }: { mediaTypes: readonly string[]; sender: () => Read<Sender> },
): Promise<Read<Ingested>> {
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const encoding = (request.headers.get('content-encoding') ?? '').trim().toLowerCase();
  if (!mediaTypes.includes(type) || !ENCODINGS.has(encoding)) {
    return refuse({
      kind: 'media-type',
      detail: `Send ${mediaTypes.slice(0, 2).join(' or ')}, plain or gzip.`,
      headers: { 'accept-post': mediaTypes.join(', '), 'accept-encoding': 'gzip, identity' },
    });
  }
  const sender = senderOf();
  if (!sender.ok) return sender;
  if (request.body === null) return refuse({ kind: 'body', detail: 'There is no body.', more: { at: 0 } });

  const { env, store, now, caller } = context;
  const retention = new Map(caller.accounts.map((account) => [account.id, account.retention]));
  const { classifier } = await loadClassification(store);
  const reading = readBody(request.body, limitOf(env.SIDETRAIL_MAX_BODY));
  const intake = await takeIn(reading.pieces, {
    ...sender.value,
    store,
    objects: env.RECORDS,
    classifier,
    now,
    received: new Date(now).toISOString(),
    retention: (account) => retention.get(account) ?? DEFAULT_RETENTION,
  });
  if (intake.taken > intake.refusedTotal) context.arrived();
  const broken = reading.broken();
  if (intake.cut) return brokenOff({ kind: 'too-large', limit: `${MAX_RECORDS} records` }, intake);
  if (broken) return brokenOff(broken, intake);
  if (reading.blank()) return refuse({ kind: 'body', detail: 'The body is empty.', more: { at: 0 } });
  if (intake.taken > 0 && intake.broken === intake.taken) {
    return refuse({ kind: 'body', detail: 'The body holds no JSON.', more: { at: 1, ...counts(intake) } });
  }
  return { ok: true, value: counts(intake) };
}

/** Whose records a body has, and which accounts they may be of. */
export interface Sender {
  source: Source;
  account?: string;
  writable: Accounts;
}

/** Whose records these are: an ingest token says it; an admin may. */
function readSender(request: IRequest, { caller, env }: BySender): Read<Sender> {
  if (caller.kind === 'ingest') {
    const { source, account } = caller;
    return { ok: true, value: { source, account, writable: [account] } };
  }
  const asked = parameters(request, ingestQuery);
  if (asked.ok && asked.value.source === DEMO_SOURCE && env.SIDETRAIL_LOCAL !== '1') {
    return badParameter('source', 'cannot be demo here: demo data is for local use only');
  }
  if (!asked.ok) return asked;
  return { ok: true, value: { ...asked.value, writable: caller.scope.accounts } };
}

function refuse(what: Parameters<typeof problem>[0]): { ok: false; response: Response } {
  return { ok: false, response: problem(what) };
}

function brokenOff(broken: Broken, intake: Intake): { ok: false; response: Response } {
  const more = { at: intake.taken + 1, ...counts(intake) };
  if (broken.kind === 'too-large') {
    const detail = `A body may have ${broken.limit}. What came before is stored; send smaller parts.`;
    return refuse({ kind: 'too-large', detail, more });
  }
  return refuse({ kind: 'body', detail: `${broken.reason} What came before is stored.`, more });
}

function counts({ accepted, duplicate, refused, refusedTotal }: Intake): Ingested {
  return { accepted, duplicate, refused, refusedTotal };
}

function limitOf(configured: string | undefined): number {
  const limit = Number(configured ?? MAX_BODY);
  return Number.isSafeInteger(limit) && limit > 0 ? limit : MAX_BODY;
}
