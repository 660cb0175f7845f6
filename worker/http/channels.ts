/** /v1/channels: where messages about alerts go. */
import type { IRequest } from 'itty-router';
import * as v from 'valibot';
import {
  CHANNEL_CHANGES,
  channelChange,
  MAX_CHANNELS,
  newChannel,
  type Channel,
  type NewChannel,
} from '../../shared/api/channels.ts';
import { CHANNELS } from '../alarms/channels/kinds.ts';
import { keepAddress, openAddress } from '../alarms/channels/keep.ts';
import { messageOf } from '../alarms/channels/message.ts';
import { originOf } from '../alarms/channels/origin.ts';
import { testNotice } from '../alarms/channels/test-message.ts';
import { sendTo } from '../alarms/notify.ts';
import { reachOf } from '../access/reach.ts';
import { newId } from '../access/tokens.ts';
import {
  addChannel,
  changeChannel,
  channelsOf,
  findChannel,
  readChannels,
  removeChannel,
  type StoredChannel,
} from '../store/channels.ts';
import { run } from '../store/meter.ts';
import { settleTested, takeTurn } from '../store/notices.ts';
import { answer } from './answer.ts';
import type { ByMember } from './context.ts';
import { historyPage, whoOf } from './history.ts';
import { body, pathId, type Read } from './params.ts';
import { notFound, problem, schemaProblem } from './problem.ts';

export async function getChannels(_request: IRequest, context: ByMember): Promise<Response> {
  return answer('GET /v1/channels', { channels: await shown(context) });
}

export async function getChannel(request: IRequest, context: ByMember): Promise<Response> {
  const [channel] = await shown(context, pathId(request));
  return channel ? answer('GET /v1/channels/{id}', channel) : notFound('such channel');
}

export async function createChannel(request: IRequest, context: ByMember): Promise<Response> {
  const read = await body(request, newChannel);
  if (!read.ok) return read.response;
  const { store, secrets } = context;
  const { id = newId(), name, kind, language } = read.value;
  const refused = await unreachable(context, read.value.url);
  if (refused) return refused;
  const kept = await keepAddress(secrets, id, addressOf(read.value));
  const added = await addChannel(store, { id, name, kind, language, ...kept }, whoOf(context));
  if (added === 'taken') return problem({ kind: 'state', detail: `There is a channel ${id} already.` });
  const [channel] = await shown(context, id);
  if (added === 'full' || channel === undefined) {
    return problem({ kind: 'state', detail: `There may be ${MAX_CHANNELS} channels.` });
  }
  return answer('POST /v1/channels', channel, { location: `/v1/channels/${id}` });
}

export async function changeChannelById(request: IRequest, context: ByMember): Promise<Response> {
  const read = await body(request, channelChange);
  if (!read.ok) return read.response;
  const { store, secrets, arrived } = context;
  const { name, language, url, secret } = read.value;
  const known = await findChannel(store, pathId(request));
  if (known === undefined) return notFound('such channel');
  const rest = { ...(name === undefined ? {} : { name }), ...(language === undefined ? {} : { language }) };
  const isMoved = url !== undefined || secret !== undefined;
  const moved = isMoved ? await changed(context, known, { url, secret }) : undefined;
  if (moved?.ok === false) return moved.response;
  const kept = moved && { kept: await keepAddress(secrets, known.id, addressOf(moved.value)) };
  await changeChannel(store, known.id, { ...rest, ...kept }, whoOf(context));
  const [channel] = await shown(context, known.id);
  if (channel === undefined) return notFound('such channel');
  if (channel.waiting > 0) arrived();
  return answer('PATCH /v1/channels/{id}', channel);
}

export async function deleteChannel(request: IRequest, context: ByMember): Promise<Response> {
  const removed = await removeChannel(context.store, pathId(request), whoOf(context));
  if (removed === 'removed') return new Response(null, { status: 204 });
  if (removed === 'missing') return notFound('such channel');
  return problem({
    kind: 'state',
    detail: `These alarm policies send to it: ${removed.join(', ')}. Give them other channels first.`,
  });
}

export async function getChannelChanges(request: IRequest, { store }: ByMember): Promise<Response> {
  const history = await historyPage(request, store, { subject: 'channel', kinds: CHANNEL_CHANGES });
  if (!history.ok) return history.response;
  const isKnown = history.value.changes.length > 0 || (await findChannel(store, pathId(request)));
  return isKnown ? answer('GET /v1/channels/{id}/changes', history.value) : notFound('such channel');
}

/** Sends a made-up message to a channel, and says what came of it. */
export async function testChannel(request: IRequest, context: ByMember): Promise<Response> {
  const { env, store, secrets, caller, now, arrived } = context;
  const channel = await findChannel(store, pathId(request));
  if (channel === undefined) return notFound('such channel');
  const wait = await takeTurn(store, channel.id, CHANNELS[channel.kind].pace, now);
  if (wait > 0) {
    const text = `not sent: it takes the next message in ${Math.ceil(wait / 1000)} s`;
    return answer('POST /v1/channels/{id}/test', { ok: false, problem: { kind: 'busy', text } });
  }
  const { id, language } = channel;
  const message = messageOf(testNotice(channel, now), { language, zone: caller.zone, origin: originOf(env) });
  const network = { fetch, reach: reachOf(env, fetch) };
  const failure = await sendTo({ secrets, network, clock: () => now }, channel, message);
  if (failure === undefined) {
    await settleTested(store, id, { who: whoOf(context) });
    arrived();
    return answer('POST /v1/channels/{id}/test', { ok: true });
  }
  const { after: _after, ...why } = failure;
  await settleTested(store, id, { who: whoOf(context), problem: why });
  return answer('POST /v1/channels/{id}/test', { ok: false, problem: why });
}

/** Every channel, or one of that id. */
async function shown({ store }: ByMember, id?: string): Promise<Channel[]> {
  const [found] = await run(store, [channelsOf(store, id)]);
  return readChannels(found);
}

/** A channel with another address or secret, if its kind takes them. */
async function changed(
  context: ByMember,
  known: StoredChannel,
  { url, secret }: { url: string | undefined; secret: string | null | undefined },
): Promise<Read<NewChannel>> {
  const before = await openAddress(context.secrets, known);
  const kept = secret === undefined ? before?.secret : (secret ?? undefined);
  const checked = v.safeParse(newChannel, {
    kind: known.kind,
    name: known.name,
    url: url ?? before?.url,
    ...(kept === undefined ? {} : { secret: kept }),
  });
  if (!checked.success) {
    const errors = checked.issues.map((issue) => ({ at: v.getDotPath(issue) ?? '', message: issue.message }));
    return { ok: false, response: schemaProblem(errors) };
  }
  const refused = await unreachable(context, checked.output.url);
  return refused ? { ok: false, response: refused } : { ok: true, value: checked.output };
}

/** What is wrong with an address that may not be called. */
async function unreachable({ env }: ByMember, url: string): Promise<Response | undefined> {
  const reached = await reachOf(env, fetch)(url);
  // A name that cannot be looked up now may be there when something is sent.
  if (reached.ok || reached.kind === 'unresolved') return undefined;
  return schemaProblem([{ at: 'url', message: reached.reason }]);
}

function addressOf(given: NewChannel): { url: string; secret?: string } {
  const secret = 'secret' in given ? given.secret : undefined;
  return { url: given.url, ...(secret === undefined ? {} : { secret }) };
}
