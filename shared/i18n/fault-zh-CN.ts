import type { FaultTexts, ValueForm } from '../query/fault.ts';

const FORMS: { readonly [K in ValueForm]: (stars: number) => string } = {
  pattern: (stars) => `一个值中最多 ${stars} 个 *`,
  prefix: () => '* 只能在值的末尾',
  text: () => '不能含 *',
  digits: () => '只能是数字',
  network: () => '应为地址或网段，例如 10.1.2.3、10.0.0.0/8 或 2001:db8::/32',
  moment: () =>
    '应为时间（如 2026-11-22T14:03:00+08:00）、日期（如 2026-11-22），或距今多久（如 15m、4h、7d、2w）',
};

/** 查询语句的错误，简体中文。 */
export const faultZhCN: FaultTexts = {
  'long-query': ({ most }) => `查询最多 ${most} 个字符`,
  'many-terms': ({ most }) => `查询最多 ${most} 个条件`,
  'many-values': ({ most }) => `一个条件最多 ${most} 个值`,
  'long-value': ({ most }) => `一个值最多 ${most} 个字符`,
  'lone-minus': () => '- 之后没有内容',
  'no-key': () => '冒号前缺少条件名',
  'bare-word': () => '以 - 开头或含有冒号的词须加引号',
  'no-value': () => '此处缺少值',
  'empty-value': () => '值为空',
  'quote-open': () => '缺少右引号',
  'after-quote': () => '右引号之后须为逗号或空格',
  'quote-inside': () => String.raw`含有引号的值须加引号："a \"b\" c"`,
  backslash: () => String.raw`引号内的反斜杠只能在 "、\ 或 * 之前`,
  'unknown-key': ({ keys }) => `没有这个条件名；可用的有 ${keys.join('、')}。含有冒号的词须加引号`,
  negated: ({ key }) => `${key} 不能取反`,
  twice: ({ key }) => `${key} 出现了两次`,
  'one-value': ({ key }) => `${key} 只取一个值`,
  tag: ({ key }) => `${key} 的写法为 key=value；* 只能在等号之后`,
  choice: ({ key, choices }) => `${key} 的取值为 ${choices.join('、')} 之一`,
  form: ({ key, form, stars }) => `${key === undefined ? '词' : `${key} 的值`}：${FORMS[form](stars)}`,
  range: () => 'to 须晚于 from',
  other: ({ message }) => message,
};
