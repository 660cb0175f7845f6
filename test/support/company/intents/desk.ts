import { action } from '../actions.ts';
import { isWeekend, localHour, shiftOf } from '../calendar.ts';
import { OFFICES, PEOPLE, type Person, TRAVELLER } from '../people.ts';
import type { Random } from '../rng.ts';
import { consoleSession, SESSION_SECONDS } from '../sessions.ts';
import { act, type Actor, type Desk, type Stage } from '../stage.ts';

/** Each person as often as they are active. */
const BY_ACTIVITY = PEOPLE.flatMap((one) => Array.from({ length: one.activity }, () => one));

/** Somebody, the active ones more often; of one team where one is named. */
export function somebody(random: Random, team?: string): Person {
  for (;;) {
    const found = random.pick(BY_ACTIVITY);
    if (team === undefined || found.team === team) return found;
  }
}

interface Place {
  ip: string;
  where: string;
}

/** An address of the person's office. */
export function officePlace(random: Random, person: Person): Place {
  const office = OFFICES.find(({ name }) => name === person.office);
  if (office === undefined) throw new Error(`${person.name} has no office`);
  if (office.v6 !== undefined && random.chance(0.08)) {
    return { ip: `${office.v6}::${person.uin.slice(-2)}`, where: office.name };
  }
  return { ip: random.pick(office.exits), where: office.name };
}

/** Whether the traveller is away: for a while in the second third of the range. */
function isAway(stage: Stage): boolean {
  const { start, end } = stage.scope;
  const progress = (stage.now - start) / (end - start);
  return progress > 0.36 && progress < 0.48;
}

/** Where a person works from today. */
function placeOf(stage: Stage, person: Person): Place {
  const { random, now } = stage;
  if (person.uin === TRAVELLER.uin && isAway(stage)) return { ip: TRAVELLER.address, where: 'outside' };
  const hour = localHour(now);
  const offTime = isWeekend(now) || hour < 8 || hour >= 20;
  return random.chance(offTime ? 0.75 : 0.07)
    ? { ip: person.home, where: 'outside' }
    : officePlace(random, person);
}

/** The person in the console, signed in where this is the first time in a day or a night. */
export function* atDesk(stage: Stage, person: Person): Generator<number, Actor, void> {
  const { desks, now, random } = stage;
  const shift = shiftOf(now);
  const desk = desks.get(person.uin);
  if (desk !== undefined && desk.shift === shift) return stillThere(stage, person, desk);

  const { ip, where } = placeOf(stage, person);
  const actor = { session: consoleSession(stage, person, ip), person: person.uin, where };
  desks.set(person.uin, { shift, renews: now + SESSION_SECONDS, actor });
  if (random.chance(0.06)) {
    signIn(stage, actor, false);
    yield random.between(4, 30);
  }
  signIn(stage, actor, true);
  yield random.between(2, 12);
  return actor;
}

/** The session goes on from the same address, with a new token every two hours. */
function stillThere(stage: Stage, person: Person, desk: Desk): Actor {
  if (stage.now >= desk.renews) {
    desk.actor = { ...desk.actor, session: consoleSession(stage, person, desk.actor.session.ip) };
    desk.renews = stage.now + SESSION_SECONDS;
  }
  return desk.actor;
}

/** One attempt to sign in to the console. */
export function signIn(stage: Stage, actor: Actor, ok: boolean): void {
  const method = stage.random.pick(['password', 'password', 'wechat', 'mail']);
  act(stage, actor, action('account:ConsoleLogin'), {
    request: { loginType: method, loginFrom: 'console', Referer: 'https://console.cloud.tencent.com/' },
    response: { result: 'success', mfaType: 'stoken' },
    ...(!ok && { outcome: { kind: 'failed', code: 'AuthFailure.PasswordError', message: '密码错误' } }),
  });
}
