/** Alerts as messages tell of them. */
import * as fc from 'fast-check';
import type { Alert } from '../../shared/api/alerts.ts';
import type { EventSummary } from '../../shared/event/event.ts';
import type { Notice } from '../../worker/alarms/channels/message.ts';
import { itemOf } from './parcel.ts';
import { record } from './record.ts';

/** An alert about the failures of one operator. */
export function someAlert(changes: Partial<Alert> = {}): Alert {
  return {
    id: 'kq3x7',
    alarm: 'failures',
    name: { en: 'Many calls failed', zh: '大量请求失败' },
    severity: 'high',
    system: false,
    group: { per: 'operator', account: '1250000001', value: '100000000011', label: 'web-deploy' },
    state: 'open',
    opened: '2026-11-22T06:05:00Z',
    first: '2026-11-22T06:00:01Z',
    last: '2026-11-22T06:04:59Z',
    count: 300,
    examples: ['k3vq7x2m5ajc4tznbw6ey2hd7u'],
    ...changes,
  };
}

/** An event of it. */
export function someEvent(changes: Partial<EventSummary> = {}): EventSummary {
  const failure = { code: 'InvalidParameter', message: 'No such image.', layer: 'api' } as const;
  return {
    ...itemOf(record()).summary,
    network: 'outside',
    place: '广州',
    outcome: 'failed',
    error: failure,
    ...changes,
  };
}

export function someNotice(changes: Partial<Notice> = {}): Notice {
  return { id: 'notice-7', told: 'opened', alert: someAlert(), events: [someEvent()], ...changes };
}

/** What attackers put into names, user agents, parameters and errors. */
const NASTY = [
  '@all',
  '@所有人',
  '@here',
  'mail root@evil.example now',
  '<@all>',
  '<!channel>',
  '<!subteam^S1|x>',
  '<@U024BE7LH>',
  '&lt;!channel&gt;',
  '<at user_id="all">所有人</at>',
  '<at id=all></at>',
  '<a href="https://evil.example">x</a>',
  '<https://evil.example|Sidetrail>',
  '[Sidetrail](https://evil.example/)',
  '![x](http://evil.example/x.png)',
  'http://evil.example',
  'HTTPS://EVIL.EXAMPLE/a?b=c',
  'hxxp://x http://[::1]/ //evil.example/x',
  'www.evil.com',
  'evil.com/path',
  'evil。com',
  'evil．com',
  'evil․com',
  'e\u200bvil.c\u200bom',
  '测试.中国',
  '203.0.113.9:8080/x',
  '203.0.113.9/login',
  'mailto:x@evil.com',
  'javascript:alert(1)',
  'dingtalk://dingtalkclient/page/link?url=x',
  'weixin://x',
  '**bold** _it_ ~s~ `code` # h\n> quote\n- li',
  '\n\nWho: somebody else',
  '\r\nSidetrail alert is over',
  '\u202egnp.exe',
  '\u2066x\u2069 \u0000 \u0007 \u001b[31m',
  'Z\u0335\u0321\u031b\u0353\u0324\u035a\u0349a\u0336\u0322\u0321',
  '\ud800 half',
  '长'.repeat(5_000),
  'x'.repeat(20_000),
  'AuthFailure.SignatureFailure',
];

/** Any text that a record may hold. */
export const recordText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...NASTY),
  fc
    .array(fc.constantFrom(...NASTY.filter((text) => text.length < 100)), { maxLength: 4 })
    .map((all) => all.join('')),
  fc
    .array(fc.constantFrom(...NASTY.filter((text) => text.length < 100)), { maxLength: 4 })
    .map((all) => all.join(' ')),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc
    .array(
      fc.constantFrom(
        '.',
        ':',
        '/',
        '@',
        '<',
        '>',
        'a',
        'com',
        'http',
        '。',
        '1',
        ' ',
        '\n',
        '[',
        ']',
        '(',
        ')',
      ),
    )
    .map((all) => all.join('')),
);

/** A notice all of whose record texts are arbitrary. */
export const arbitraryNotice: fc.Arbitrary<Notice> = fc
  .record({
    texts: fc.array(recordText, { minLength: 14, maxLength: 14 }),
    told: fc.constantFrom('opened', 'summary', 'recovered'),
    count: fc.integer({ min: 0, max: 100_000 }),
    system: fc.boolean(),
  })
  .map(({ texts, told, count, system }) => {
    const text = (index: number): string => texts[index] ?? '';
    return someNotice({
      told,
      alert: someAlert({
        name: { en: text(0), zh: text(1) },
        group: { per: 'operator', account: '1250000001', value: text(2), label: text(3) },
        ...(system ? { subject: text(4), note: { en: text(5), zh: text(5) } } : {}),
        count,
        system,
      }),
      events: [
        someEvent({
          operator: { type: 'user', id: text(6), name: text(7) },
          person: { id: text(6), name: text(8), status: 'exact' },
          event: text(9),
          product: text(10),
          resources: [{ id: text(11), name: text(12) }],
          place: text(13),
          error: { layer: 'api', code: text(4), message: text(5) },
        }),
        someEvent({ region: text(8), ip: '' }),
      ],
      before: { count: 1, at: 1_795_300_000 },
    });
  });
