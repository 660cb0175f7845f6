/** Who may call a route: each guard turns a handler that needs a caller into one that finds out. */
import type { IRequest } from 'itty-router';
import { parseQuery } from '../../shared/query/parse.ts';
import { authenticate, type Caller } from '../access/authenticate.ts';
import { bearer, carriedToken } from '../access/tokens.ts';
import type { Cost } from '../store/meter.ts';
import { namesIn, type AskedNames } from '../store/operators.ts';
import type { ByMember, BySender, Context } from './context.ts';
import { problem } from './problem.ts';

export type Handler<C> = (request: IRequest, context: C) => Promise<Response> | Response;

/** Members of any role. */
export function byMember(handle: Handler<ByMember>): Handler<Context> {
  return async (request, context) => {
    const caller = await callerOf(request, context);
    if (caller === undefined) return unknownToken();
    if (caller.kind !== 'member') return ingestOnly();
    const response = await handle(request, { ...context, caller });
    const told = caller.scope.operators === '*' || context.env.SIDETRAIL_LOCAL === '1';
    return told ? withCost(response, context.store.cost) : response;
  };
}

/** Admins. */
export function byAdmin(handle: Handler<ByMember>): Handler<Context> {
  return byMember((request, context) => {
    const { role } = context.caller.member;
    if (role !== 'admin') {
      return problem({ kind: 'role', detail: `This is for admins; your role is ${role}.` });
    }
    return handle(request, context);
  });
}

/** Ingest tokens and admins. */
export function bySender(handle: Handler<BySender>): Handler<Context> {
  return async (request, context) => {
    const caller = await callerOf(request, context);
    if (caller === undefined) return unknownToken();
    if (caller.kind === 'member' && caller.member.role !== 'admin') {
      return problem({
        kind: 'role',
        detail: `Records are sent with an ingest token or by an admin; your role is ${caller.member.role}.`,
      });
    }
    return withCost(await handle(request, { ...context, caller }), context.store.cost);
  };
}

/** Ingest tokens of EventBridge, in any way that its targets can carry one, and admins. */
export function byEventBridge(handle: Handler<BySender>): Handler<Context> {
  return async (request, context) => {
    const caller = await callerOf(request, context, carriedToken(request));
    if (caller === undefined) return unknownToken();
    const may = caller.kind === 'ingest' ? caller.source === 'eventbridge' : caller.member.role === 'admin';
    if (!may) {
      return problem({
        kind: 'role',
        detail:
          'This takes an ingest token whose source is eventbridge: POST /v1/tokens {"source": "eventbridge", "account": ACCOUNT}.',
      });
    }
    return withCost(await handle(request, { ...context, caller }), context.store.cost);
  };
}

/**
 * Who sees everything may also see what it costs; to others the number of rows would tell what is hidden. On a
 * laptop, where whoever asks has the database too, everybody is told.
 */
function withCost(response: Response, { trips, rowsRead, rowsWritten, sqlMs }: Cost): Response {
  const headers = new Headers(response.headers);
  const desc = `trips=${trips} read=${rowsRead} written=${rowsWritten}`;
  headers.set('server-timing', `d1;dur=${sqlMs};desc="${desc}"`);
  return new Response(response.body, { status: response.status, headers });
}

async function callerOf(
  request: IRequest,
  { env, store, now }: Context,
  token = bearer(request),
): Promise<Caller | undefined> {
  const adminToken = env.SIDETRAIL_ADMIN_TOKEN;
  return await authenticate(store, token, { adminToken, now, names: askedNames(request) });
}

/** The names that the request's query asks for: looked up along with the caller, they cost no round trip of their own. */
function askedNames({ url }: IRequest): AskedNames | undefined {
  const parsed = parseQuery(new URL(url).searchParams.get('q') ?? '');
  return parsed.ok ? namesIn(parsed.query) : undefined;
}

function unknownToken(): Response {
  return problem({
    kind: 'token',
    detail: 'Send "Authorization: Bearer TOKEN" with a token that is known here and has not expired.',
    headers: { 'www-authenticate': 'Bearer realm="sidetrail"' },
  });
}

function ingestOnly(): Response {
  return problem({
    kind: 'role',
    detail: 'This is an ingest token: it can only send records to POST /v1/events.',
  });
}
