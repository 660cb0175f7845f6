/** What is known of an event, as lines of label and text: what the summary shows, and what is copied. */
import type { AuditEvent } from '../../../shared/event/event.ts';
import type { PanelScope } from '../parts/context.ts';
import type { Facts } from '../text/copy.ts';

type Scope = Pick<PanelScope, 'texts' | 'both'>;

/** All facts, in the order of the summary; '' where the record does not say. */
export function factsOf(event: AuditEvent, scope: Scope): Facts {
  const { texts, both } = scope;
  const { facts } = texts;
  return [
    [facts.event, join(event.product, event.event)],
    [facts.outcome, texts.outcomes[event.outcome]],
    [facts.time, both(Date.parse(event.time))],
    [facts.error, errorText(event, scope)],
    [facts.operator, join(event.operator.name, kindText(event, scope))],
    [facts.principal, event.operator.id],
    [facts.person, personText(event, scope)],
    [facts.ip, join(event.ip, texts.networks[event.network], event.place)],
    [facts.key, event.operator.key ?? ''],
    [facts.resource, event.resources.map(({ id, name, type }) => join(id, name, type)).join('; ')],
    [facts.region, event.region],
    [facts.request, event.requestId],
    [facts.eventId, event.eventId ?? ''],
    [facts.account, event.account],
    [facts.agent, event.agent],
    [facts.tags, event.tags.join(', ')],
  ];
}

/** How the event was asked for: `write, console`. */
export function howText({ action, via }: AuditEvent, { texts }: Scope): string {
  return join(action && texts.actions[action], via && texts.vias[via]);
}

/** What kind of operator: `role session, with MFA`. */
export function kindText({ operator: { type, mfa } }: AuditEvent, { texts }: Scope): string {
  return join(texts.operatorTypes[type], mfa === true ? texts.mfa : '');
}

/** Who is behind a role session, and how sure that is. */
export function personText({ person }: AuditEvent, { texts }: Scope): string {
  if (!person) return '';
  const who = join(person.name, person.id);
  return person.status === 'exact' ? who : texts.claims(who || texts.unnamed);
}

/** Who said no, and what. */
export function errorText({ error }: AuditEvent, { texts }: Scope): string {
  return error ? join(error.code, error.message, texts.layers[error.layer]) : '';
}

function join(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join(', ');
}
