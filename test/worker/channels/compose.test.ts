/** Whatever records hold: what is sent has no mention, no link but ours, no markup but ours, and fits. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHANNEL_KINDS, type AlertLanguage, type ChannelKind } from '../../../shared/api/channels.ts';
import { CHANNELS } from '../../../worker/alarms/channels/kinds.ts';
import { messageOf, type Notice } from '../../../worker/alarms/channels/message.ts';
import { arbitraryNotice, someAlert, someEvent, someNotice } from '../../support/alert-notice.ts';
import { ROBOT_SECRETS } from '../../support/robots.ts';
import { signsOfLife } from '../../support/signs-of-life.ts';
import { size } from '../../support/size.ts';

const NOW = Date.UTC(2026, 10, 22, 8);
const ORIGIN = 'https://sidetrail.example';
const LINK = `${ORIGIN}/e/k3vq7x2m5ajc4tznbw6ey2hd7u`;
const runs = { numRuns: size(150, 5_000) };

async function sent(kind: ChannelKind, notice: Notice, language: AlertLanguage = 'en') {
  const message = messageOf(notice, { language, zone: 'Asia/Shanghai', origin: ORIGIN });
  const to = { url: 'https://robot.example/x?key=y', secret: ROBOT_SECRETS.webhook };
  const { body, headers, url } = await CHANNELS[kind].compose(message, to, NOW);
  return { body, headers, url, json: JSON.parse(body) };
}

/** Arbitrary notices, each in one of the languages. */
const cases = [arbitraryNotice, fc.constantFrom<AlertLanguage>('en', 'zh-CN')] as const;

/** A text that chats look through for addresses: our link is its last line, and there is nothing else. */
function expectOnlyOurLink(text: string): void {
  const lines = text.split('\n');
  expect(lines.pop()).toBe(LINK);
  for (const line of lines) expect(signsOfLife(line)).toEqual([]);
}

test.each(['wecom', 'dingtalk'] as const)('%s gets text, and nobody is called', async (kind) => {
  await fc.assert(
    fc.asyncProperty(...cases, async (notice, language) => {
      const { json, body } = await sent(kind, notice, language);
      expect(Object.keys(json).toSorted()).toEqual(
        kind === 'wecom' ? ['msgtype', 'text'] : ['at', 'msgtype', 'text'],
      );
      expect(json.msgtype).toBe('text');
      expect(Object.keys(json.text)).toEqual(['content']);
      const nobody = { atMobiles: [], atUserIds: [], isAtAll: false };
      expect(json.at).toEqual(kind === 'dingtalk' ? nobody : undefined);
      expectOnlyOurLink(json.text.content);
      const bytes = kind === 'wecom' ? Buffer.byteLength(json.text.content) : Buffer.byteLength(body);
      expect(bytes).toBeLessThanOrEqual(kind === 'wecom' ? 2048 : 20_000);
    }),
    runs,
  );
});

test('Feishu gets a post of texts and our link', async () => {
  await fc.assert(
    fc.asyncProperty(...cases, async (notice, language) => {
      const { json, body } = await sent('feishu', notice, language);
      const { title, content } = json.content.post.zh_cn;
      const [link] = content.pop();
      expect(link).toMatchObject({ tag: 'a', href: LINK });
      expect(Object.keys(link).toSorted()).toEqual(['href', 'tag', 'text']);
      for (const [element, ...more] of content) {
        expect(more).toEqual([]);
        expect(Object.keys(element).toSorted()).toEqual(['tag', 'text']);
        expect(element.tag).toBe('text');
        expect(signsOfLife(element.text)).toEqual([]);
      }
      expect(signsOfLife(title)).toEqual([]);
      expect(Buffer.byteLength(body)).toBeLessThanOrEqual(20 * 1024);
    }),
    runs,
  );
});

test('Slack gets blocks of plain text and our link', async () => {
  await fc.assert(
    fc.asyncProperty(...cases, async (notice, language) => {
      const { json } = await sent('slack', notice, language);
      const [plain, link, ...more] = json.blocks;
      expect(more).toEqual([]);
      expect(plain).toMatchObject({ type: 'section', text: { type: 'plain_text', emoji: false } });
      expect(link.text.text).toMatch(/^<https:\/\/sidetrail\.example\/e\/\w+\|[^<>&|]+>$/);
      expect(json).toMatchObject({ parse: 'none', link_names: false, mrkdwn: false });
      for (const text of [json.text, plain.text.text]) {
        // Every control character of Slack stands escaped.
        expect(text).not.toMatch(/[<>]|&(?!(amp|lt|gt);)/);
        for (const line of text.split('\n')) expect(signsOfLife(line)).toEqual([]);
      }
      expect(plain.text.text.length).toBeLessThanOrEqual(3000);
    }),
    runs,
  );
});

test('a webhook gets the alert as it is, as data, and beside it as inert text', async () => {
  await fc.assert(
    fc.asyncProperty(...cases, async (notice, language) => {
      const { json, headers } = await sent('webhook', notice, language);
      const { alert, events } = notice;
      expect(json.data.alert).toEqual(JSON.parse(JSON.stringify({ ...alert, events })));
      expect(headers['idempotency-key']).toBe(notice.id);
      expectOnlyOurLink(json.data.text);
    }),
    runs,
  );
});

test('what is long is cut, and the link is there all the same', async () => {
  const long = '很长的名字'.repeat(100);
  const event = someEvent({
    operator: { type: 'user', id: '100000000011', name: long },
    resources: [1, 2, 3, 4].map((index) => ({ id: `ins-${index}`, name: long })),
    error: { layer: 'api', code: 'X', message: long },
  });
  for (const kind of ['wecom', 'dingtalk'] as const) {
    const { json } = await sent(kind, someNotice({ events: [event] }), 'zh-CN');
    const lines: string[] = json.text.content.split('\n');
    expect(lines.at(-1)).toBe(LINK);
    expect(lines.filter((line) => line.endsWith('…')).length).toBeGreaterThan(2);
    expect(lines).toContain('告警编号：kq3x7');
  }
});

test('every channel says that it is Sidetrail, so that a robot may insist on that word', async () => {
  for (const kind of CHANNEL_KINDS) {
    for (const language of ['en', 'zh-CN'] as const) {
      const notice = someNotice({ alert: someAlert({ name: { en: 'x' } }) });
      expect((await sent(kind, notice, language)).body).toContain('Sidetrail');
    }
  }
});
