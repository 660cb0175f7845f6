/** /v1/networks: the parts of the internet that are inside. */
import type { IRequest } from 'itty-router';
import { MAX_ALL_CIDRS, MAX_NETWORKS, networkChange, newNetwork } from '../../shared/api/networks.ts';
import { newId } from '../access/tokens.ts';
import { rows, run } from '../store/meter.ts';
import {
  addNetwork,
  changeNetwork,
  findNetwork,
  networksOf,
  readNetwork,
  removeNetwork,
} from '../store/networks.ts';
import { progressOf, readWalk, walkOf } from '../store/walk.ts';
import { answer } from './answer.ts';
import type { ByMember } from './context.ts';
import { body, pathId } from './params.ts';
import { notFound, problem, schemaProblem } from './problem.ts';

export async function getNetworks(_request: IRequest, { store, caller }: ByMember): Promise<Response> {
  const [walk, networks] = await run(store, [walkOf(store), networksOf(store)]);
  return answer('GET /v1/networks', {
    networks: rows(networks, readNetwork),
    progress: progressOf(readWalk(walk), caller.scope),
  });
}

export async function getNetwork(request: IRequest, { store }: ByMember): Promise<Response> {
  const network = await findNetwork(store, pathId(request));
  return network ? answer('GET /v1/networks/{id}', network) : notFound('such network');
}

export async function createNetwork(request: IRequest, { store }: ByMember): Promise<Response> {
  const read = await body(request, newNetwork);
  if (!read.ok) return read.response;
  const network = { ...read.value, id: read.value.id ?? newId() };
  const { id, from, to } = network;
  if (from !== undefined && to !== undefined && from >= to) return never();
  const added = await addNetwork(store, network);
  if (added === 'taken') return problem({ kind: 'state', detail: `There is a network ${id} already.` });
  if (added === 'full') return full();
  return answer('POST /v1/networks', network, { location: `/v1/networks/${id}` });
}

export async function changeNetworkById(request: IRequest, { store }: ByMember): Promise<Response> {
  const read = await body(request, networkChange);
  if (!read.ok) return read.response;
  const network = await changeNetwork(store, pathId(request), read.value);
  if (network === 'missing') return notFound('such network');
  if (network === 'never') return never();
  return network === 'full' ? full() : answer('PATCH /v1/networks/{id}', network);
}

export async function deleteNetwork(request: IRequest, { store }: ByMember): Promise<Response> {
  const removed = await removeNetwork(store, pathId(request));
  return removed ? new Response(null, { status: 204 }) : notFound('such network');
}

function never(): Response {
  return schemaProblem([{ at: 'to', message: 'later than from' }]);
}

function full(): Response {
  const detail = `There may be ${MAX_NETWORKS} networks, with ${MAX_ALL_CIDRS} CIDRs in all of them.`;
  return problem({ kind: 'state', detail });
}
