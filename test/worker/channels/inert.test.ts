import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { inert } from '../../../worker/alarms/channels/inert.ts';
import { recordText } from '../../support/alert-notice.ts';
import { size } from '../../support/size.ts';
import { signsOfLife } from '../../support/signs-of-life.ts';

test.each([
  ['web-deploy', 'web-deploy'],
  ['王小明', '王小明'],
  ['a  b\tc\r\nd', 'a b c d'],
  ['@all', '＠all'],
  ['alice@corp.example', 'alice＠corp[.]example'],
  ['<!channel>', '＜!channel＞'],
  ['see https://evil.example/x', 'see https[:]//evil[.]example/x'],
  ['www.evil.com', 'www[.]evil[.]com'],
  ['AuthFailure.SignatureFailure', 'AuthFailure[.]SignatureFailure'],
  ['InternalError.HealthCare', 'InternalError[.]HealthCare'],
  ['InvalidParameter', 'InvalidParameter'],
  ['evil。com', 'evil[.]com'],
  ['权限不足。请联系管理员。', '权限不足。请联系管理员。'],
  ['203.0.113.5 10.0.0.0/8 1.2.3', '203.0.113.5 10.0.0.0/8 1.2.3'],
  ['203.0.113.5:80 203.0.113.5/x', '203.0.113[.]5:80 203.0.113[.]5/x'],
  ['qcs::cvm:ap-guangzhou:uin/1:instance/ins-1', 'qcs::cvm:ap-guangzhou:uin/1:instance/ins-1'],
  ['MAILTO:x', 'MAILTO[:]x'],
  ['\u202egnp\u200b.exe', 'gnp [.]exe'],
  ['e\u0301\u0301\u0301\u0301\u0301', 'e\u0301\u0301\u0301'],
])('%j is told as %j', (text, told) => {
  expect(inert(text, 100)).toBe(told);
});

test('what is too long ends in an ellipsis, and no character is cut in half', () => {
  expect(inert('x'.repeat(100), 10)).toBe(`${'x'.repeat(9)}…`);
  expect(inert('😀'.repeat(100), 3)).toBe('😀😀…');
});

test('no text of a record is more than text, however it is cut', () => {
  fc.assert(
    fc.property(recordText, fc.integer({ min: 1, max: 400 }), (text, max) => {
      const told = inert(text, max);
      expect(signsOfLife(told)).toEqual([]);
      expect(told).not.toContain('\n');
      expect(told.isWellFormed()).toBe(true);
    }),
    { numRuns: size(500, 20_000) },
  );
});
