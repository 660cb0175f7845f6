import type { AlertCallTexts, AlertsTexts } from './alerts-en.ts';

const severities: AlertsTexts['severities'] = {
  info: '提示',
  low: '低危',
  medium: '中危',
  high: '高危',
  critical: '严重',
};

const per: AlertsTexts['per'] = {
  operator: '操作者',
  event: '事件',
  resource: '资源',
  error: '错误',
  region: '地域',
};

/** 工具栏按钮与桌面通知的简体中文文本. */
export const alertCallZhCN: AlertCallTexts = {
  severities,
  per,
  worst: severities,
  of: ({ en, zh }) => zh ?? en,
  badge: (count, shown, worst) =>
    count === 1
      ? `打开 Sidetrail。1 条未处理告警：${worst}`
      : `打开 Sidetrail。${shown} 条未处理告警，最高级别：${worst}`,
  title: (severity, name) => `${severity}：${name}`,
  group: (what, value) => `${what}${value}`,
  events: (count) => `${count} 个事件`,
  several: (count) => `${count} 条新告警`,
  others: (count) => `另有 ${count} 条`,
};

/** 告警页面的简体中文文本. */
export const alertsZhCN: AlertsTexts = {
  title: '告警',
  heading: '告警',
  severities,
  severity: (word) => `级别：${word}`,
  per,
  of: ({ en, zh }) => zh ?? en,
  show: '显示',
  states: { open: '未处理', acknowledged: '已确认', recovered: '已恢复' },
  all: '全部',
  loading: '正在查询告警…',
  asked: (time) => `查询于 ${time}`,
  askNow: '立即查询',
  options: '选项',
  openOptions: '打开选项',
  tryAgain: '重试',
  setUp: '开始设置',

  summary: (count, shown) => (count === 0 ? '没有未处理的告警' : `${shown} 条未处理告警`),
  quiet: (_count, shown) => `另有 ${shown} 条已静音或属于预期`,
  atLeast: (count) => `至少 ${count}`,
  noneOf: { open: '没有未处理的告警', acknowledged: '没有已确认的告警', recovered: '尚无已恢复的告警' },
  none: '没有告警',
  askedWith: (time, policies) => `查询于 ${time}；${policies}。`,
  policies: (count, shown) =>
    count === 0 ? '没有启用任何策略，因此不会发现任何问题，管理员可以启用策略' : `已启用 ${shown} 条策略`,
  policiesUnknown: '审计员和管理员可以查看启用了哪些策略',
  more: (state) => `显示更早的：${state}`,
  deepest: (count) => `仅显示最新的 ${count} 条。`,
  hidden: {
    lead: '仅显示全部事件都属于您的告警；负责人、审计员或管理员可能看到更多。',
    auditor: '仅显示全部事件都属于您团队的告警；审计员或管理员可能看到更多。',
    admin: '关于 Sidetrail 自身的告警仅向管理员显示。',
  },
  mayNotAct: '告警由审计员和管理员处理。',

  about: '关于 Sidetrail 自身',
  account: (id) => `账号 ${id}`,
  events: (_count, shown) => `${shown} 个事件`,
  counted: (events, when) => `${events}，${when}`,
  at: (time) => `发生于 ${time}`,
  between: (first, last) => `${first} 至 ${last}`,
  noticed: (time) => `发现于 ${time}`,
  acknowledgedBy: (who, time) => `${who} 于 ${time} 确认`,
  recoveredAt: (time) => `已于 ${time} 恢复`,
  mutedUntil: (who, time) => `${who} 已静音至 ${time}`,
  expectedBy: (who, time) => `${who} 于 ${time} 标记为预期`,

  examples: '该告警的事件',
  openEvent: (sentence) => `打开事件：${sentence}`,
  moreExamples: (_count, shown) => `另外 ${shown} 个事件`,
  noExamples: '其事件已不再保存。',
  examplesFailed: '未能读取其事件。',

  acknowledge: '确认',
  unacknowledge: '撤销确认',
  mute: '静音…',
  unmute: '取消静音',
  expect: '标记为预期',
  unexpect: '取消预期',
  muteTitle: '静音至',
  muteHint: '在此之前不会就该分组通知任何人。',
  hours: { '1': '1 小时', '8': '8 小时', '24': '24 小时', '168': '7 天' },
  date: '日期和时间',
  muteUntil: '静音至该时间',
  cancel: '取消',
  badDate: '请选择将来的时间，最长 90 天。',
  on: (action, name) => `${action}：${name}`,

  done: {
    acknowledge: (name) => `已确认：${name}`,
    unacknowledge: (name) => `重新打开：${name}`,
    mute: (name) => `已静音：${name}`,
    unmute: (name) => `已取消静音：${name}`,
    expect: (name) => `今后属于预期：${name}`,
    unexpect: (name) => `不再属于预期：${name}`,
  },
  forbidden: '未能完成：告警由审计员和管理员处理。',
  gone: '未能完成：该告警已不存在，或您不再有权查看。',
  notDone: (why) => `未能完成。${why}`,

  offline: (time) => `无法连接。显示的是 ${time} 的内容；在此期间无法更改。`,
  asOf: (time) => `显示的是 ${time} 的内容。`,
  failed: '未能查询告警',
  offlineTitle: '无法连接',
  offlineHint: 'Worker 没有应答。恢复应答后，告警会显示在这里。',
  notPermitted: '该令牌无权读取告警',
  notConnected: '尚未连接',
  notConnectedHint: '输入贵公司 Sidetrail 的地址和您的令牌，告警随后会显示在这里。',
  refused: '该页面不是由 Sidetrail 打开的',
  refusedHint: '为了您的安全，这里不显示任何内容。',
  lost: 'Sidetrail 已更新',
  lostHint: '请重新加载此页面以继续。',

  keys: '按键',
  keyNames: {
    move: '下一条、上一条告警',
    open: '打开其最新事件',
    acknowledge: '确认、撤销确认',
    mute: '静音、取消静音',
    expect: '标记或取消预期',
    ask: '立即查询',
  },

  notices: '告警',
  noticesLabel: '新告警的桌面通知',
  noticesHint: '浏览器会询问是否允许 Sidetrail 显示通知。每条告警只通知一次。',
  noticesRefused: '浏览器或贵公司的策略另有决定。',
  noticesOn: '开启',
  noticesOff: '关闭',
  openAlerts: '打开告警页面',
};
