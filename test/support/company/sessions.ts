import { localText } from './calendar.ts';
import type { Session } from './call.ts';
import { ACCOUNT, APP_ID, BUILD_SERVER, type Person, type Role } from './people.ts';
import type { Random } from './rng.ts';
import type { Actor, Stage } from './stage.ts';

/** How long the vendor's session tokens live, in seconds. */
export const SESSION_SECONDS = 7200;

const BROWSER_AGENTS = ['SDK_NODEJS_0.2.1', 'SDK_NODEJS_4.0.1031', 'SDK_NODEJS_4.0.1031'];
const SCRIPT_AGENTS = [
  'SDK_GO_1.0.1034',
  'SDK_PYTHON_3.0.1217',
  'terraform-provider-tencentcloud/1.81.140 SDK_GO_1.0.1034',
  'tccli/3.0.1220 SDK_PYTHON_3.0.1220',
  '"><svg/onload=fetch(1)> SDK_GO_1.0.1034',
];

/** The access key id of an identity: always the same, and plainly made up. */
function keyId(identity: string): string {
  return `AKIDdemo${identity.repeat(3)}`.slice(0, 36);
}

interface ContextFacts {
  ip: string;
  uin: string;
  mfa: boolean;
  extra: object;
}

/** The vendor's `sessionContext`: JSON text with a token that must never be kept. */
function sessionContext(stage: Stage, { ip, uin, mfa, extra }: ContextFacts): string {
  const { random, now } = stage;
  // Ids are bare numbers in here, as the vendor writes them.
  return JSON.stringify({
    token: `fake${random.text(160)}`,
    ua: random.uuid().replaceAll('-', ''),
    userIp: ip,
    uin: Number(uin),
    ownerUin: Number(ACCOUNT),
    appId: Number(APP_ID),
    expireTime: localText(now + SESSION_SECONDS),
    mfa: mfa ? 1 : 0,
    mfaExpireTime: mfa ? localText(now + SESSION_SECONDS) : '0000-00-00 00:00:00',
    hasPolicyFilter: 0,
    extraInfo: JSON.stringify(extra),
  });
}

/** A person in the console at `ip`. */
export function consoleSession(stage: Stage, person: Person, ip: string): Session {
  const { random } = stage;
  return {
    type: 'CAMUser',
    principalId: person.uin,
    userName: person.name,
    secretId: '',
    context: sessionContext(stage, {
      ip,
      uin: person.uin,
      mfa: person.team === 'platform' || random.chance(0.4),
      extra: { dictId: random.text(20), sessionUin: person.uin },
    }),
    ip,
    agent: random.pick(BROWSER_AGENTS),
    via: random.chance(0.02) ? 'MiniProgramCall' : 'ConsoleCall',
  };
}

/** The root account in the console at `ip`. */
export function rootActor(stage: Stage, ip: string, where: string): Actor {
  const context = sessionContext(stage, { ip, uin: ACCOUNT, mfa: true, extra: { sessionUin: ACCOUNT } });
  const identity = { type: 'Root' as const, principalId: ACCOUNT, userName: 'root', secretId: '' };
  return {
    session: { ...identity, context, ip, agent: stage.random.pick(BROWSER_AGENTS), via: 'ConsoleCall' },
    person: ACCOUNT,
    where,
  };
}

/** A program with a person's access key. */
export function scriptActor(random: Random, person: Person, ip: string, where: string): Actor {
  return {
    session: {
      type: 'CAMUser',
      principalId: person.uin,
      // Some records name a sub-account by its id.
      userName: random.chance(0.3) ? person.uin : person.name,
      secretId: keyId(person.uin),
      context: '{}',
      ip,
      agent: random.pick(SCRIPT_AGENTS),
      via: 'ApiCall',
    },
    person: person.uin,
    where,
  };
}

/** A role's credentials, and what the vendor was told of who took them on. */
interface RoleFacts {
  role: Role;
  secretId: string;
  sessionName: string;
  /** Uin of who assumed it, where the vendor records it. */
  assumer?: string;
}

/** A person who works as a role from the address of `from`. */
export function roleActor(stage: Stage, from: Actor, facts: RoleFacts): Actor {
  const { role, secretId, sessionName, assumer } = facts;
  const extra = {
    roleOwnerUin: ACCOUNT,
    ...(assumer !== undefined && {
      assumerUin: assumer,
      assumerOwnerUin: ACCOUNT,
      assumerOwnerAppId: APP_ID,
      userUin: assumer,
    }),
    roleSessionName: sessionName,
    roleName: role.name,
    roleType: 2,
  };
  const { ip } = from.session;
  return {
    ...from,
    session: {
      type: 'AssumedRole',
      principalId: role.id,
      userName: 'roleUser',
      secretId,
      roleSessionName: sessionName,
      context: sessionContext(stage, { ip, uin: assumer ?? ACCOUNT, mfa: false, extra }),
      ip,
      agent: stage.random.pick(SCRIPT_AGENTS),
      via: 'ApiCall',
    },
  };
}

/** A service of the vendor's that acts under its own role in the account. */
export function serviceActor(stage: Stage, role: Role): Actor {
  const { random } = stage;
  const ip = random.chance(0.5) ? `9.${random.between(1, 9)}.${random.between(1, 254)}.18` : '';
  const sessionName = role.name.slice(0, role.name.indexOf('_')).toLowerCase();
  const extra = { roleOwnerUin: ACCOUNT, roleSessionName: sessionName, roleName: role.name, roleType: 3 };
  return {
    session: {
      type: 'TencentCloudService',
      principalId: role.id,
      userName: role.name,
      secretId: `AKIDdemo${random.text(40)}`,
      roleSessionName: sessionName,
      context: sessionContext(stage, { ip, uin: ACCOUNT, mfa: false, extra }),
      ip,
      agent: 'SDK_GO_1.0.374',
      via: 'ApiCall',
    },
    where: 'service',
  };
}

/** A pipeline's actor on the build server, before it takes on a role. */
export function buildServerActor(random: Random, person: Person): Actor {
  return scriptActor(random, person, BUILD_SERVER, 'outside');
}
