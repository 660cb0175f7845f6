/** The people, teams, roles and networks of the demo company. The same whatever the seed and the size. */

export interface Person {
  uin: string;
  /** Login name of the sub-account, as records show it. */
  name: string;
  office: string;
  team: string;
  role: string;
  /** Address of the person's home. */
  home: string;
  /** Products that the person's policies do not cover. */
  lacks: readonly string[];
  /** Share of the company's work that this person does, in any unit. */
  activity: number;
}

export interface Role {
  id: string;
  name: string;
}

export interface Team {
  id: string;
  name: string;
  operators: readonly string[];
  lead: string;
}

export interface Office {
  name: string;
  cidrs: readonly string[];
  /** Addresses that the office's traffic leaves from, all within `cidrs`. */
  exits: readonly string[];
  /** First 64 bits of the office's IPv6 addresses, where it has some. */
  v6?: string;
}

/** The root account of the demo company. */
export const ACCOUNT = '100000000000';
export const APP_ID = '1250000000';
export const HOME_REGION = 'ap-guangzhou';

/** Six regions, most used first. */
export const REGIONS = [
  HOME_REGION,
  'ap-shanghai',
  'ap-beijing',
  'ap-hongkong',
  'ap-singapore',
  'ap-chengdu',
] as const;

export const OFFICES: readonly Office[] = [
  {
    name: 'Shenzhen office',
    cidrs: ['119.147.64.32/28', '240e:3b7:40:a00::/56'],
    exits: ['119.147.64.34', '119.147.64.35', '119.147.64.38'],
    v6: '240e:3b7:40:a01',
  },
  { name: 'Shanghai office', cidrs: ['58.247.12.64/28'], exits: ['58.247.12.66', '58.247.12.70'] },
];

const [SHENZHEN, SHANGHAI] = ['Shenzhen office', 'Shanghai office'];

function person(
  number: number,
  name: string,
  [office, team, role]: readonly [string, string, string],
  home: string,
  activity: number,
  lacks: readonly string[] = [],
): Person {
  return {
    uin: `1000314001${String(number).padStart(2, '0')}`,
    name,
    office,
    team,
    role,
    home,
    lacks,
    activity,
  };
}

export const PEOPLE: readonly Person[] = [
  person(1, 'linwei', [SHENZHEN, 'platform', 'head of operations'], '113.87.132.19', 9),
  person(2, '陈静', [SHENZHEN, 'platform', 'operations'], '113.88.14.201', 14, ['finance', 'kms']),
  person(3, 'zhangqiang', [SHENZHEN, 'platform', 'operations'], '14.154.29.77', 16, ['finance', 'billing']),
  person(4, 'wu.min', [SHENZHEN, 'platform', 'network engineer'], '183.14.28.90', 10, ['cdb', 'cam']),
  person(5, 'sre-oncall', [SHENZHEN, 'platform', 'on call'], '116.25.98.4', 7, ['billing']),
  person(6, '刘洋', [SHENZHEN, 'data', 'head of data'], '113.116.48.133', 6, ['clb']),
  person(7, 'huangli', [SHANGHAI, 'data', 'database administrator'], '101.87.211.56', 11, ['cam', 'finance']),
  person(8, 'zhou_jie', [SHANGHAI, 'data', 'data engineer'], '114.86.90.12', 8, ['cvm', 'kms', 'vpc']),
  person(9, '王芳', [SHANGHAI, 'shop', 'head of development'], '180.158.3.240', 6, ['cdb']),
  person(10, 'dev-xu', [SHANGHAI, 'shop', 'developer'], '101.224.60.18', 12, ['cam', 'cdb', 'finance']),
  person(11, 'sunhao', [SHANGHAI, 'shop', 'developer'], '222.64.177.31', 9, ['cvm', 'cam', 'redis']),
  person(12, 'intern.he', [SHANGHAI, 'shop', 'intern'], '115.171.44.9', 4, [
    'cvm',
    'cam',
    'vpc',
    'cos',
    'kms',
  ]),
];

function teamOf(id: string, name: string, lead: number): Team {
  const operators = PEOPLE.filter((one) => one.team === id).map((one) => one.uin);
  return { id, name, operators, lead: personNumber(lead).uin };
}

/** The person with the number `number`, from 1. Throws when there is none. */
export function personNumber(number: number): Person {
  const found = PEOPLE[number - 1];
  if (found === undefined) throw new Error(`no person ${number}`);
  return found;
}

export const ROLES = {
  admin: { id: '4611686018428800101', name: 'ops-admin' },
  deploy: { id: '4611686018428800102', name: 'deploy-pipeline' },
  maintenance: { id: '4611686018428800103', name: 'db-maintenance' },
  readonly: { id: '4611686018428800104', name: 'audit-readonly' },
} satisfies Record<string, Role>;

export const SERVICE_ROLES = {
  tke: { id: '4611686018428500011', name: 'TKE_QCSRole' },
  monitor: { id: '4611686018428500012', name: 'MONITOR_QCSLinkedRoleInAlarm' },
  tat: { id: '4611686018428500013', name: 'TAT_QCSLinkedRoleInCommand' },
  orders: { id: '4611686018428500014', name: 'Billing_QCSLinkedRoleInDelivery' },
} satisfies Record<string, Role>;

/** One person abroad for a while, and the address used there. */
export const TRAVELLER = { uin: personNumber(6).uin, address: '126.233.81.14' };

/** The network that the intruder works from, and whose access key the intruder has. */
export const INTRUDER = { victim: personNumber(10).uin, addresses: ['26.114.7.9', '26.114.7.61'] };

/** The cloud address that the deployment scripts run at: no office's. */
export const BUILD_SERVER = '43.139.201.88';

const lead = personNumber(1);

/** The demo company, independent of seed and size. `lead` is the person that the demo's admin stands for. */
export const company = {
  account: ACCOUNT,
  name: '云舟商贸 Yunzhou Trading',
  people: PEOPLE,
  roles: Object.values<Role>(ROLES),
  teams: [
    teamOf('platform', 'Platform 平台', 1),
    teamOf('data', 'Data 数据', 6),
    teamOf('shop', 'Shop 商城', 9),
  ],
  networks: OFFICES.map(({ name, cidrs }) => ({ name, cidrs })),
  homeNetworks: PEOPLE.map(({ uin, home }) => ({ uin, cidr: `${home}/32` })),
  lead,
};
