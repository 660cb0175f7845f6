/** A page of alerts at the background's door, and alerts as the Worker lists them. */
import type { AlertsPort } from '../../extension/background/alerts/ports.ts';
import type { PortSender } from '../../extension/background/panel-ports.ts';
import {
  type AlertsStanding,
  FIRST_DEPTHS,
  type FromAlertsPage,
  type KnownAlerts,
  type ListedAlert,
  type ToAlertsPage,
} from '../../extension/protocol/alerts.ts';

export const ALERTS_PAGE = 'chrome-extension://own/alerts.html';

/** The page as the extension opens it. */
export const IN_TAB: PortSender = { id: 'own', url: ALERTS_PAGE, frameId: 0, tab: { id: 7 } };

export interface PageEnd {
  port: AlertsPort;
  told: (ToAlertsPage | 'closed')[];
  say: (message: unknown) => void;
  end: () => void;
  /** What was told last of how things stand. */
  standing: () => AlertsStanding | undefined;
}

/** A port as the background sees it; `say` and `end` are the page's side. */
export function pageFrom(sender: PortSender, name = 'alerts'): PageEnd {
  const told: PageEnd['told'] = [];
  const said: ((message: unknown) => void)[] = [];
  const ended: (() => void)[] = [];
  return {
    told,
    port: {
      name,
      sender,
      postMessage(message) {
        if (told.includes('closed')) throw new Error('the port is closed');
        told.push(message);
      },
      disconnect: () => void told.push('closed'),
      onMessage: { addListener: (listener) => void said.push(listener) },
      onDisconnect: { addListener: (listener) => void ended.push(listener) },
    },
    say(message) {
      for (const listener of said) listener(message);
    },
    end() {
      told.push('closed');
      for (const listener of ended) listener();
    },
    standing: () =>
      told.flatMap((one) => (one !== 'closed' && one.kind === 'standing' ? [one.standing] : [])).at(-1),
  };
}

export const HELLO: FromAlertsPage = { kind: 'hello', depths: FIRST_DEPTHS, owner: null };

let made = 0;

/** An open alert about an operator, with what a test wants different. */
export function alertOf(changes: Partial<ListedAlert> = {}): ListedAlert {
  made += 1;
  return {
    id: `alert-${made}`,
    alarm: 'keys',
    name: { en: 'Access key created', zh: '创建了访问密钥' },
    severity: 'high',
    system: false,
    group: { per: 'operator', account: '1250000001', value: '100000000011', label: 'lin-wei' },
    state: 'open',
    opened: '2026-11-20T06:03:00.000Z',
    first: '2026-11-20T06:01:00.000Z',
    last: '2026-11-20T06:02:00.000Z',
    count: 2,
    examples: [],
    events: [],
    ...changes,
  };
}

/** What is known of alerts, with what a test wants different. */
export function knownOf(
  alerts: readonly ListedAlert[] = [],
  changes: Partial<KnownAlerts> = {},
): KnownAlerts {
  const inState = (state: ListedAlert['state']) => ({
    alerts: alerts.filter((alert) => alert.state === state),
    more: false,
  });
  return {
    kind: 'known',
    owner: 'me',
    asked: Date.parse('2026-11-20T06:03:10Z'),
    lists: {
      open: inState('open'),
      acknowledged: inState('acknowledged'),
      recovered: inState('recovered'),
    },
    policies: 5,
    mayAct: true,
    hidden: null,
    ...changes,
  };
}
