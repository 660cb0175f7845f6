import { type Action, PAGES, type Page } from '../actions.ts';
import { fieldValue, formerValue, readBody, settingOf, writeBody } from '../bodies.ts';
import { OK, type Outcome } from '../call.ts';
import type { Resource } from '../estate.ts';
import { denial, usualOutcome } from '../mishaps.ts';
import { PEOPLE } from '../people.ts';
import type { Random } from '../rng.ts';
import { act, type Actor, type Stage, tell } from '../stage.ts';

/** The pieces that stories are made of: a look at something, a write, a setting. */

const PAGES_OF = Map.groupBy(PAGES, ({ product }) => product);
const LACKS = new Map(PEOPLE.map(({ uin, lacks }) => [uin, new Set(lacks)]));

/** Whether the identity may not use the product. Roles and services may do what they were made for. */
function isBarred({ session }: Actor, product: string): boolean {
  return session.type === 'CAMUser' && LACKS.get(session.principalId)?.has(product) === true;
}

/** How a call ends, by permission and by luck. */
export function outcomeFor(stage: Stage, actor: Actor, action: Action, target?: Resource): Outcome {
  return isBarred(actor, action.product) ? denial(action, target) : usualOutcome(stage.random, action);
}

/** Reads something; gives whether it was allowed. */
export function look(stage: Stage, actor: Actor, action: Action, targets: readonly Resource[] = []): boolean {
  const outcome = outcomeFor(stage, actor, action, targets[0]);
  act(stage, actor, action, {
    targets,
    request: readBody(stage.random, action, targets, stage.now),
    outcome,
  });
  return outcome.kind !== 'denied';
}

/** One of the page's reads, the first ones far more often. */
export function readOf(stage: Stage, page: Page): Action {
  const found = page.reads[stage.random.rank(page.reads.length)];
  if (found === undefined) throw new Error(`${page.product} has nothing to read`);
  return found;
}

/** One of the product's pages, the first of the table more often. */
export function pageOf(random: Random, product: string): Page {
  const pages = PAGES_OF.get(product) ?? [];
  const found = pages[random.rank(pages.length)];
  if (found === undefined) throw new Error(`${product} has no page`);
  return found;
}

/**
 * Sets `setting` of a resource to `after` with one call, and writes down what it was before. Gives
 * whether it was done. `formerly` is what it was, where it was never set before.
 */
export function setSetting(
  stage: Stage,
  actor: Actor,
  change: {
    action: Action;
    resources: readonly Resource[];
    setting: string;
    after: string;
    formerly: string;
    request: object;
  },
): boolean {
  const { action, resources, setting, after, formerly, request } = change;
  const outcome = outcomeFor(stage, actor, action, resources[0]);
  const requestId = act(stage, actor, action, {
    targets: resources,
    request,
    response: { RequestId: stage.random.uuid() },
    outcome,
  });
  if (outcome.kind !== 'ok') return false;
  for (const resource of resources) {
    const before = resource.settings[setting] ?? formerly;
    resource.settings[setting] = after;
    tell(stage, {
      of: 'change',
      requestIds: [requestId],
      time: stage.now,
      ...(actor.person !== undefined && { person: actor.person }),
      product: action.product,
      region: resource.region,
      resource: resource.id,
      setting,
      before,
      after,
    });
  }
  return true;
}

/** An everyday write on resources of one kind, whatever it sets. Gives whether it was done. */
export function writeTo(stage: Stage, actor: Actor, action: Action, resources: readonly Resource[]): boolean {
  const { random } = stage;
  const { event, field } = action;
  if (field === undefined) {
    const outcome = outcomeFor(stage, actor, action, resources[0]);
    const response = answerTo(stage, event);
    act(stage, actor, action, {
      targets: resources,
      request: writeBody(random, action, resources),
      response,
      outcome,
    });
    return outcome === OK;
  }
  const setting = settingOf(field);
  const after =
    field === 'Password'
      ? random.text(16)
      : fieldValue(random, event, field, resources[0]?.settings[setting]);
  return setSetting(stage, actor, {
    action,
    resources,
    setting,
    // A password is in the request, as the vendor has it, but nobody's to write down.
    after: field === 'Password' ? 'set again' : after,
    formerly: field === 'Password' ? 'set' : formerValue(event, field),
    request: writeBody(random, action, resources, after),
  });
}

/** What a write without a setting answers. */
function answerTo(stage: Stage, event: string): object {
  const { random } = stage;
  if (event === 'RunCommand' || event === 'InvokeCommand') {
    return {
      CommandId: `cmd-${random.uuid().slice(0, 8)}`,
      InvocationId: `inv-${random.uuid().slice(0, 8)}`,
    };
  }
  return { RequestId: random.uuid(), TaskId: random.between(10_000_000, 99_999_999) };
}
