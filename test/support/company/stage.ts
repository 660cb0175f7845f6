import type { Action } from './actions.ts';
import { type Agenda, createAgenda, type Story } from './agenda.ts';
import { type Call, OK, type Outcome, type Session, type Target } from './call.ts';
import { createEstate, type Estate } from './estate.ts';
import { HOME_REGION } from './people.ts';
import { createRandom, type Random } from './rng.ts';
import type { Truth } from './truth.ts';

/** What the simulation was asked for. Times are unix seconds. */
export interface Scope {
  seed: number;
  records: number;
  start: number;
  end: number;
}

/** Who acts, truly, and the credential they act with. */
export interface Actor {
  session: Session;
  /** Uin of the human; absent where a service acts on its own. */
  person?: string;
  /** Name of an office, `outside` or `service`. */
  where: string;
}

/** What an actor does. */
export interface Deed {
  region?: string;
  targets?: readonly Target[];
  request?: object;
  response?: object;
  outcome?: Outcome;
  delegated?: boolean;
}

export type Told = { call: Call } | { truth: Truth };

/** Where the stories play: the time, the chance, what the company has, and what has been seen. */
export interface Stage {
  /** Unix seconds, never going back. */
  now: number;
  readonly scope: Scope;
  readonly random: Random;
  readonly estate: Estate;
  readonly agenda: Agenda;
  /** Calls so far. */
  calls: number;
  /** Console sessions that are open, by uin. */
  readonly desks: Map<string, Desk>;
  /** What happened since it was last emptied, in order. */
  readonly told: Told[];
}

/** A person's sign-in of a shift. */
export interface Desk {
  shift: number;
  /** When the vendor's session is renewed, unix seconds. */
  renews: number;
  actor: Actor;
}

/** An empty stage at the start of the range. */
export function createStage(scope: Scope): Stage {
  const random = createRandom(scope.seed);
  return {
    now: scope.start,
    scope,
    random,
    estate: createEstate(random),
    agenda: createAgenda(),
    calls: 0,
    desks: new Map(),
    told: [],
  };
}

/** Starts `story` after `delay` seconds, beside what else is going on. */
export function begin(stage: Stage, delay: number, story: Story): void {
  stage.agenda.add(stage.now + delay, story);
}

/** Writes a truth in the ledger. */
export function tell(stage: Stage, truth: Truth): void {
  stage.told.push({ truth });
}

/**
 * Makes one call now, and writes in the ledger whence it came, whether it failed and whether it was
 * sensitive. Gives its request id.
 */
export function act(stage: Stage, actor: Actor, action: Action, deed: Deed = {}): string {
  const { session, where, person } = actor;
  const { targets = [], outcome = OK } = deed;
  const requestId = stage.random.uuid();
  stage.calls += 1;
  stage.told.push({
    call: {
      requestId,
      time: stage.now,
      session,
      action,
      region: deed.region ?? targets[0]?.region ?? HOME_REGION,
      targets,
      request: deed.request ?? {},
      response: deed.response ?? {},
      outcome,
      delegated: deed.delegated ?? false,
    },
  });

  const told = { requestIds: [requestId], time: stage.now, ...(person !== undefined && { person }) };
  const { product, event } = action;
  tell(stage, { of: 'access', ...told, ip: session.ip, where });
  if (action.sensitive) tell(stage, { of: 'sensitive', ...told, product, event });
  if (outcome.kind !== 'ok') {
    const resource = targets[0]?.id;
    tell(stage, {
      of: 'failure',
      ...told,
      product,
      event,
      layer: outcome.kind === 'denied' ? 'cam' : 'api',
      ...(outcome.kind === 'denied' && { permission: outcome.permission }),
      ...(resource !== undefined && { resource }),
    });
  }
  return requestId;
}
