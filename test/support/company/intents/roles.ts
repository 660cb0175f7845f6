import { action } from '../actions.ts';
import type { Story } from '../agenda.ts';
import { localStamp } from '../calendar.ts';
import { ACCOUNT, type Person, ROLES } from '../people.ts';
import { roleActor } from '../sessions.ts';
import { act, type Actor, type Stage } from '../stage.ts';
import { atDesk, somebody } from './desk.ts';
import { look, pageOf, readOf, writeTo } from './perform.ts';

interface Taking {
  role: keyof typeof ROLES;
  sessionName: string;
}

/** Takes on a role by a call that CloudAudit records, and goes on as that role. */
export function* takeRole(
  stage: Stage,
  from: Actor,
  { role, sessionName }: Taking,
): Generator<number, Actor, void> {
  const { random, now } = stage;
  const secretId = `AKIDdemo${random.text(56)}`;
  act(stage, from, action('sts:AssumeRole'), {
    request: {
      RoleArn: `qcs::cam::uin/${ACCOUNT}:roleName/${ROLES[role].name}`,
      RoleSessionName: sessionName,
      DurationSeconds: 7200,
    },
    response: {
      Credentials: {
        TmpSecretId: secretId,
        TmpSecretKey: `fake${random.text(28)}`,
        Token: `fake${random.text(60)}`,
      },
      Expiration: localStamp(now + 7200),
      ExpiredTime: now + 7200,
    },
  });
  yield random.between(1, 4);
  const assumer = from.session.principalId;
  return roleActor(stage, from, { role: ROLES[role], secretId, sessionName, assumer });
}

/** As a role of which the vendor knows only the session name, which its user chose. */
export function claimedRole(stage: Stage, from: Actor, { role, sessionName }: Taking): Actor {
  const secretId = `AKIDdemo${stage.random.text(56)}`;
  return roleActor(stage, from, { role: ROLES[role], secretId, sessionName });
}

/** What each role is for. */
const DUTIES = [
  { role: 'admin', team: 'platform', products: ['cvm', 'cbs', 'vpc', 'clb', 'cam'] },
  { role: 'maintenance', team: 'data', products: ['cdb', 'redis', 'cbs'] },
  { role: 'readonly', team: 'shop', products: ['cloudaudit', 'cam', 'cos', 'billing'] },
] as const;

/** The name that a person gives a role session: mostly their own, at times another's or nonsense. */
function sessionNameOf(stage: Stage, person: Person): string {
  const { random } = stage;
  if (random.chance(0.08)) return somebody(random).name;
  return random.chance(0.03) ? '<img src=x onerror=alert(1)>' : person.name;
}

/** Somebody does a piece of work as a role. */
export function* roleWork(stage: Stage): Story {
  const { random, estate } = stage;
  const { role, team, products } = random.pick(DUTIES);
  const person = somebody(random, team);
  const desk = yield* atDesk(stage, person);
  const taking = { role, sessionName: sessionNameOf(stage, person) };
  const actor = random.chance(0.6) ? yield* takeRole(stage, desk, taking) : claimedRole(stage, desk, taking);
  const page = pageOf(random, random.pick(products));
  const steps = random.between(2, 7);
  for (let done = 0; done < steps; done += 1) {
    const { kind } = page;
    const focus = kind !== undefined && random.chance(0.6) ? [estate.pick(kind)] : [];
    const writes = role === 'readonly' || kind === undefined ? [] : page.everyday;
    if (writes.length > 0 && random.chance(0.35)) {
      writeTo(stage, actor, random.pick(writes), focus[0] ? focus : [estate.pick(kind ?? 'instance')]);
    } else {
      look(stage, actor, readOf(stage, page), focus);
    }
    yield random.between(1, 25);
  }
}
