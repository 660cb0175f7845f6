import { expect, test } from 'vitest';
import { openAlertsPorts } from '../../../extension/background/alerts/ports.ts';
import type { PortSender } from '../../../extension/background/panel-ports.ts';
import type { FromAlertsPage } from '../../../extension/protocol/alerts.ts';
import { ALERTS_PAGE, HELLO, IN_TAB, type PageEnd, pageFrom } from '../../support/alerts-page.ts';

/** A page at the door, and what was heard of it. */
function knock(sender: PortSender, name?: string): PageEnd & { heard: string[] } {
  const heard: string[] = [];
  const accept = openAlertsPorts({
    id: 'own',
    page: ALERTS_PAGE,
    onPage(tabId, send) {
      heard.push(`tab ${tabId}`);
      return {
        heard(message: FromAlertsPage) {
          heard.push(message.kind);
          send({ kind: 'standing', standing: { kind: 'asking' } });
        },
        gone: () => void heard.push('gone'),
      };
    },
  });
  const page = pageFrom(sender, name);
  accept(page.port);
  return { ...page, heard };
}

test('our own page in a tab of its own is heard from its hello on, until it goes', () => {
  const page = knock({ ...IN_TAB, url: `${ALERTS_PAGE}?a#b` });
  page.say({ kind: 'open-options' });
  page.say(HELLO);
  page.say({ kind: 'open-options' });
  page.say(HELLO);
  expect(page.heard).toEqual(['tab 7', 'hello', 'open-options', 'hello']);
  page.end();
  page.say({ kind: 'open-options' });
  expect(page.heard.slice(4)).toEqual(['gone', 'open-options']);
  expect(page.told.at(-1)).toBe('closed');
});

test.for<[string, PortSender]>([
  ['another extension', { ...IN_TAB, id: 'other' }],
  ['another page', { ...IN_TAB, url: 'chrome-extension://own/panel.html' }],
  ['a frame', { ...IN_TAB, frameId: 5 }],
  ['the console', { ...IN_TAB, url: 'https://console.cloud.tencent.com/' }],
  ['no tab', { id: 'own', url: ALERTS_PAGE, frameId: 0 }],
])('a port from %s is refused at once', ([, sender]) => {
  const page = knock(sender);
  page.say(HELLO);
  expect(page.told).toEqual([{ kind: 'standing', standing: { kind: 'refused' } }, 'closed']);
  expect(page.heard).toEqual([]);
});

test('ports of other names are left to others, and what is no message is not heard', () => {
  const other = knock(IN_TAB, 'panel');
  const ours = knock(IN_TAB);
  for (const said of [{ kind: 'no such' }, null, 'hello', { kind: 7 }]) ours.say(said);
  other.say(HELLO);
  expect([other.heard, other.told, ours.heard, ours.told]).toEqual([[], [], [], []]);
});
