/** A background without a browser: answers a panel from events in memory, in whatever state a test wants. */
import type { EventSummary, Json } from '../../../shared/event/event.ts';
import { matches } from '../../../shared/query/matches.ts';
import { parseQuery } from '../../../shared/query/parse.ts';
import { resolveQuery } from '../../../shared/query/resolve.ts';
import { rowOfEvent } from '../../../extension/background/panel/rows.ts';
import { clockOf } from '../../../extension/panel/clock.ts';
import type { Problem } from '../../../extension/protocol/connection.ts';
import type { Preferences } from '../../../extension/protocol/preferences.ts';
import type {
  FromBackground,
  FromPanel,
  ListMessage,
  ListQuestion,
  PageBeside,
  PanelPreferences,
  ServerSearch,
  Window,
} from '../../../extension/protocol/panel.ts';
import { eventOf, NOW } from './events.ts';
import { heardTo, standingIn, type State } from './standings.ts';

export interface FakeOptions {
  state: State;
  events: number;
  page: PageBeside | null;
  language: Preferences['language'];
  theme: Preferences['theme'];
  say: (message: FromBackground) => void;
}

export interface FakeBackground {
  hear: (message: FromPanel) => void;
  /** So many new events come in. */
  arrive: (count: number) => void;
  /** What the panel said, in order. */
  heard: FromPanel[];
}

/** Why no event can be read whole, in the states in which none can. */
const DETAILS_PROBLEMS: Partial<Record<State, Problem>> = {
  offline: { kind: 'unreachable' },
  'not-signed-in': { kind: 'token-refused' },
};

export function createFake({ state, events, page, language, theme, say }: FakeOptions): FakeBackground {
  const store: EventSummary[] = [];
  for (let number = 0; store.length < events; number += 1) {
    const event = eventOf(number);
    if (Date.parse(event.time) <= heardTo(state)) store.push(event);
  }
  const heard: FromPanel[] = [];
  let panel: PanelPreferences = { utc: false, singleKeys: true };
  let asked:
    | { generation: number; question: ListQuestion; window: Window; found: EventSummary[] }
    | undefined;
  let revision = 0;
  let arrived = 0;

  const find = (question: ListQuestion): EventSummary[] => search(store, question);

  const sendList = (): void => {
    if (!asked || state === 'loading') return;
    say(listMessage(asked, revision, state));
  };

  const ask = (message: Extract<FromPanel, { kind: 'list' }>): void => {
    const { generation, question, window } = message;
    asked = { generation, question, window, found: state === 'error' ? [] : find(question) };
    revision += 1;
    sendList();
  };

  const hear = (message: FromPanel): void => {
    heard.push(message);
    switch (message.kind) {
      case 'hello':
        say({ kind: 'preferences', reading: { language, theme }, panel });
        say({ kind: 'page', page });
        if (state !== 'loading') say({ kind: 'standing', standing: standingIn(state, store) });
        return;
      case 'list':
        return ask(message);
      case 'window':
        if (asked?.generation !== message.generation) return;
        asked.window = message.window;
        return sendList();
      case 'details': {
        const event = store.find(({ id }) => id === message.id);
        const problem = DETAILS_PROBLEMS[state];
        if (problem) {
          say({ kind: 'details', id: message.id, outcome: { kind: 'problem', problem } });
        } else if (event) {
          say({ kind: 'details', id: message.id, outcome: { kind: 'event', event: whole(event) } });
        }
        return;
      }
      case 'count':
        say({
          kind: 'count',
          request: message.request,
          count: { events: find(message.question).length, complete: true },
        });
        return;
      case 'values': {
        const names = ['lin.wei', 'li.na@nanfeng', 'chen.hao', 'cls-agent', 'OpsOnCall'];
        const values = names
          .filter((name) => name.toLowerCase().includes(message.typed.toLowerCase()))
          .map((value, i) => ({ value, events: 212 - i * 31 }));
        say({ kind: 'values', request: message.request, values });
        return;
      }
      case 'prefer':
        panel = message.preferences;
        return;
      case 'further':
      case 'sync':
      case 'open-options':
      case 'open-alerts':
      case 'open-tab':
      case 'close':
    }
  };

  return {
    heard,
    hear: (message) => void Promise.resolve().then(() => hear(message)),
    arrive(count) {
      for (let i = 0; i < count; i += 1) {
        arrived += 1;
        store.unshift(eventOf(-arrived));
      }
      if (!asked) return;
      asked.found = find(asked.question);
      revision += 1;
      sendList();
    },
  };
}

function search(store: readonly EventSummary[], { q, tz, by }: ListQuestion): EventSummary[] {
  const parsed = parseQuery(q);
  if (!parsed.ok) throw new Error(`the panel asked what cannot be read: ${q}`);
  const resolved = resolveQuery(parsed.query, { now: NOW, tz, names: new Map(), spans: parsed.spans });
  if (!resolved.ok) throw new Error(`the panel asked what cannot be resolved: ${q}`);
  const ids = by && new Set(by.map(({ id }) => id));
  const isTheirs = ({ operator, person }: EventSummary): boolean =>
    !ids || ids.has(operator.id) || (person?.status === 'exact' && ids.has(person.id ?? ''));
  return store.filter((event) => isTheirs(event) && matches(resolved.query, event));
}

interface AskedList {
  generation: number;
  question: ListQuestion;
  window: Window;
  found: readonly EventSummary[];
}

/** Days of lists that were counted. */
const counted = new WeakMap<readonly EventSummary[], ListMessage['days']>();

function daysOf(found: readonly EventSummary[], tz: string): ListMessage['days'] {
  const known = counted.get(found);
  if (known) return known;
  const dates = clockOf('en', tz);
  const days: ListMessage['days'] = [];
  for (const { time } of found) {
    const date = dates.date(Date.parse(time));
    const last = days.at(-1);
    if (last?.date === date) last.rows += 1;
    else days.push({ date, rows: 1 });
  }
  counted.set(found, days);
  return days;
}

function listMessage(
  { generation, question, window, found }: AskedList,
  revision: number,
  state: State,
): ListMessage {
  const server = serverIn(state);
  const kept = window.keep.flatMap((id): [string, number][] => {
    const at = found.findIndex((event) => event.id === id);
    return at < 0 ? [] : [[id, at]];
  });
  return {
    kind: 'list',
    generation,
    revision,
    count: found.length,
    complete: server.kind === 'idle',
    days: daysOf(found, question.tz),
    window: {
      from: window.from,
      rows: found.slice(window.from, window.to).map((event) => rowOfEvent(event, question.about)),
    },
    kept: Object.fromEntries(kept),
    server,
  };
}

function serverIn(state: State): ServerSearch {
  if (state === 'error') return { kind: 'failed', problem: { kind: 'worker-failed', id: '8f21-77c0' } };
  if (state === 'offline') return { kind: 'failed', problem: { kind: 'unreachable' } };
  if (state === 'partial') return { kind: 'partial', through: NOW / 1000 - 40 * 86_400 };
  return { kind: 'idle' };
}

/** Under which names requests have ids. */
const ID_FIELDS: Record<string, string> = {
  instance: 'InstanceIds',
  disk: 'DiskIds',
  sg: 'SecurityGroupIds',
  user: 'TargetUins',
  bucket: 'Buckets',
};

/** What was asked for; of instances with all that can be hard to show. */
function requestOf({ region, resources }: EventSummary): Json {
  const type = resources[0]?.type ?? '';
  const field = ID_FIELDS[type];
  if (field === undefined) return null;
  return {
    Region: region,
    [field]: resources.map(({ id }) => id),
    ...(type === 'instance' && {
      InstanceType: 'S5.LARGE8',
      LoginSettings: { KeepImageLogin: true, Password: '«redacted:password»' },
      UserData: '«redacted:userdata»',
      DataDisks: [],
      Note: 'one line\nand another with \u202ehidden\u202c turns',
      Description: 'long '.repeat(200),
      Count: 0,
    }),
  };
}

const IDENTITIES = {
  user: 'CAMUser',
  role: 'AssumedRole',
  root: 'Root',
  federated: 'FederatedUser',
  service: 'Service',
} as const;

/** The event as the Worker answers it, as text. */
function whole(event: EventSummary): string {
  const request = requestOf(event);
  const record = {
    eventID: event.eventId,
    eventName: event.event,
    eventSource: `${event.product}.tencentcloudapi.com`,
    eventTime: Date.parse(event.time) / 1000,
    requestID: event.requestId,
    resourceType: event.product,
    sourceIPAddress: event.ip,
    userAgent: event.agent,
    userIdentity: {
      type: IDENTITIES[event.operator.type],
      principalId: event.operator.id,
      sessionContext: 'UIN',
    },
    requestParameters: JSON.stringify(request),
  };
  const json = JSON.stringify({ ...event, request, response: { RequestId: event.requestId }, record });
  // A number that a double cannot hold.
  return json.replace('"UIN"', '{"uin":4611686018429146108}');
}
