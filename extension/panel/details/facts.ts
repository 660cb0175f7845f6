/** What is known of an event, as lines of label and text: what the summary shows, and what is copied. */
import type { AuditEvent, Operator } from '../../../shared/event/event.ts';
import type { PanelScope } from '../parts/context.ts';
import type { Facts } from '../text/copy.ts';

type Scope = Pick<PanelScope, 'texts' | 'both'>;

/** All facts, in the order of the summary; '' where the record does not say. */
export function factsOf(event: AuditEvent, scope: Scope): Facts {
  const { texts, both } = scope;
  const { facts, separators } = texts;
  return [
    [facts.event, join(scope, event.product, event.event)],
    [facts.outcome, texts.outcomes[event.outcome]],
    [facts.time, both(Date.parse(event.time))],
    [facts.error, errorText(event, scope)],
    [facts.operator, join(scope, event.operator.name, kindText(event, scope))],
    [facts.principal, event.operator.id],
    [facts.person, personText(event, scope)],
    [facts.ip, join(scope, event.ip, texts.networks[event.network], event.place)],
    [facts.key, event.operator.key ?? ''],
    [
      facts.resource,
      event.resources.map(({ id, name, type }) => join(scope, id, name, type)).join(separators.item),
    ],
    [facts.region, event.region],
    [facts.request, event.requestId],
    [facts.eventId, event.eventId ?? ''],
    [facts.account, event.account],
    [facts.agent, event.agent],
    [facts.tags, event.tags.join(separators.part)],
  ];
}

/** How the event was asked for: `write, console`. */
export function howText({ action, via }: AuditEvent, scope: Scope): string {
  const { texts } = scope;
  return join(scope, action && texts.actions[action], via && texts.vias[via]);
}

/** What kind of operator: `role session, with MFA`. */
export function kindText(
  { operator: { type, mfa } }: { operator: Pick<Operator, 'type' | 'mfa'> },
  scope: Scope,
): string {
  const { texts } = scope;
  return join(scope, texts.operatorTypes[type], mfa === true ? texts.mfa : '');
}

/** Who is behind a role session, and how sure that is. */
export function personText({ person }: Pick<AuditEvent, 'person'>, scope: Scope): string {
  const { texts } = scope;
  if (!person) return '';
  const who = join(scope, person.name, person.id);
  return person.status === 'exact' ? who : texts.claims(who || texts.unnamed);
}

/** Who said no, and what. */
export function errorText({ error }: AuditEvent, scope: Scope): string {
  const { texts } = scope;
  return error ? join(scope, error.code, error.message, texts.layers[error.layer]) : '';
}

/** The parts that are there, put together as the language does. */
function join({ texts }: Scope, ...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join(texts.separators.part);
}
