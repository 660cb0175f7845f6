import type { JsonObject } from '../../../shared/event/json.ts';
import type { Answer } from './answer.ts';
import type { Archive } from './archive.ts';
import type { Rules } from './parameters.ts';
import type { CloudAccount, CloudKey, CloudLog, CloudTopic, CreatedThing } from './types.ts';

/** What all services share. */
export interface State {
  archive: Archive;
  order: 'newest' | 'oldest';
  tokens: 'exact' | 'any';
  endIncluded: boolean;
  regions: ReadonlySet<string>;
  accounts: Map<string, CloudAccount>;
  topics: Map<string, CloudTopic>;
  /** Whether `Offset` of orders counts pages, as the vendor's text says, or orders, as its name does. */
  dealOffset: 'pages' | 'deals';
  /** What topics received, by id. */
  logs: Map<string, CloudLog[]>;
  alarms: Map<string, CreatedThing>;
  notices: Map<string, CreatedThing>;
}

/** One call whose signature and permission are good. */
export interface Asked {
  state: State;
  key: CloudKey;
  region: string;
  /** The cloud's time, unix ms. */
  now: number;
  parameters: JsonObject;
  /** Makes ids. */
  uuid: () => string;
}

export interface Action {
  parameters: Rules;
  /** Whether the region must be named: not at all, any, or one that serves CloudAudit. */
  region: 'none' | 'any' | 'audit';
  answer(asked: Asked): Answer;
}

export interface Service {
  name: string;
  /** What CAM calls it, where that is another name. */
  checkedAs?: string;
  version: string;
  actions: Readonly<Record<string, Action>>;
}

/** What an account has; it begins with nothing. */
export function accountOf({ accounts }: State, uin: string): CloudAccount {
  const account = accounts.get(uin) ?? { users: [], roles: [], deals: [] };
  accounts.set(uin, account);
  return account;
}
