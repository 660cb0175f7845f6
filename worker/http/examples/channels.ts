/** Channels, by which alerts are told. */
import { TIME } from './common.ts';
import type { Example, Examples } from './example.ts';

const channel: Example<'Channel'> = {
  id: 'ops',
  kind: 'wecom',
  name: 'Operations',
  url: 'qyapi.weixin.qq.com/…0001',
  signed: false,
  language: 'zh-CN',
  created: TIME,
  health: 'ok',
  lastSent: TIME,
  waiting: 0,
  dead: 0,
};

export const channelExamples: Examples = {
  Channels: { channels: [channel] },
  Channel: channel,
  NewChannel: {
    kind: 'wecom',
    name: 'Operations',
    url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=6b0f1f0e-0000-4000-8000-000000000001',
    language: 'zh-CN',
  },
  ChannelChange: { language: 'en' },
  ChannelHistory: {
    changes: [{ at: TIME, by: 'mei', kind: 'created', what: { kind: 'wecom', name: 'Operations' } }],
    next: null,
  },
  ChannelTest: {
    ok: false,
    problem: { kind: 'gone', status: 200, code: '93000', text: 'invalid webhook url' },
  },
};
