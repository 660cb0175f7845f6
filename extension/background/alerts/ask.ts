/** What the Worker is asked about alerts. */
import type { Client } from '../../../shared/api/client.ts';
import type { Deed, DeedOutcome, Depths, KnownAlerts, ListedAlert } from '../../protocol/alerts.ts';
import type { Problem } from '../../protocol/connection.ts';
import { problemOf } from '../worker.ts';

/** Open alerts, newest first; `more`: there are others. */
export interface OpenAlerts {
  alerts: readonly ListedAlert[];
  more: boolean;
}

export type Asked<T> = ({ ok: true } & T) | { ok: false; problem: Problem };

/** The open alerts of the member's scope, so many at most. */
export async function askOpen(client: Client, limit: number): Promise<Asked<{ open: OpenAlerts }>> {
  const asked = await askState(client, 'open', limit);
  return asked.ok ? { ok: true, open: asked.list } : asked;
}

/** All that the page shows, as of `now` (ms). */
export async function askAll(
  client: Client,
  depths: Depths,
  now: number,
): Promise<Asked<{ known: Omit<KnownAlerts, 'owner'> }>> {
  const [open, acknowledged, recovered, policies] = await Promise.all([
    askState(client, 'open', depths.open),
    askState(client, 'acknowledged', depths.acknowledged),
    askState(client, 'recovered', depths.recovered),
    client.call('GET /v1/alarms', {}),
  ]);
  if (!open.ok) return open;
  if (!acknowledged.ok) return acknowledged;
  if (!recovered.ok) return recovered;
  if (policies.kind !== 'answer') return { ok: false, problem: problemOf(policies) };
  const { alarms, scope } = policies.body;
  const known = {
    kind: 'known' as const,
    asked: now,
    lists: { open: open.list, acknowledged: acknowledged.list, recovered: recovered.list },
    // Who sees some operators only is shown only the policies that gave an alert.
    policies: scope?.role === 'auditor' ? null : alarms.filter(({ on }) => on).length,
    // Who sees the events of everybody may; for those an admin alone sees more.
    mayAct: open.hidden === null || open.hidden === 'admin',
    hidden: open.hidden,
  };
  return { ok: true, known };
}

async function askState(
  client: Client,
  state: keyof Depths,
  limit: number,
): Promise<Asked<{ list: OpenAlerts; hidden: KnownAlerts['hidden'] }>> {
  const called = await client.call('GET /v1/alerts', { query: { state, limit } });
  if (called.kind !== 'answer') return { ok: false, problem: problemOf(called) };
  const { alerts, next, scope } = called.body;
  return { ok: true, list: { alerts, more: next !== null }, hidden: scope?.role ?? null };
}

/** The events that an alert names; undefined where they cannot be had. */
export async function askExamples(client: Client, id: string): Promise<ListedAlert['events'] | undefined> {
  const called = await client.call('GET /v1/alerts/{id}', { id });
  return called.kind === 'answer' ? called.body.events : undefined;
}

/** Does something about an alert; gives it as it is then. */
export async function doDeed(client: Client, id: string, deed: Deed): Promise<DeedOutcome> {
  const called = await callDeed(client, id, deed);
  if (called.kind === 'answer') return { ok: true, alert: called.body };
  const status = called.kind === 'problem' ? called.problem.status : 0;
  if (status === 403) return { ok: false, failure: { kind: 'forbidden' } };
  if (status === 404) return { ok: false, failure: { kind: 'gone' } };
  return { ok: false, failure: problemOf(called) };
}

function callDeed(client: Client, id: string, deed: Deed) {
  switch (deed.kind) {
    case 'acknowledge':
      return deed.undo
        ? client.call('DELETE /v1/alerts/{id}/acknowledge', { id })
        : client.call('POST /v1/alerts/{id}/acknowledge', { id });
    case 'expect':
      return deed.undo
        ? client.call('DELETE /v1/alerts/{id}/expected', { id })
        : client.call('POST /v1/alerts/{id}/expected', { id });
    case 'mute':
      return client.call('POST /v1/alerts/{id}/mute', { id, body: { until: deed.until } });
    case 'unmute':
      return client.call('DELETE /v1/alerts/{id}/mute', { id });
  }
}
