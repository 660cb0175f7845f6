import { expect, test } from 'vitest';
import { operatorText, whoOf } from '../../../extension/panel/list/row-text.ts';
import { panelEn } from '../../../shared/i18n/panel-en.ts';

const ROLE = { type: 'role', id: '4611686018427903312', name: 'OpsOnCall' } as const;

test.for([
  [{ operator: ROLE }, 'OpsOnCall', ''],
  [{ operator: { ...ROLE, name: '' } }, '4611686018427903312', ''],
  [{ operator: ROLE, person: { name: 'lin.wei', status: 'exact' } }, 'lin.wei', ' › OpsOnCall'],
  [{ operator: ROLE, person: { name: 'lin.wei', status: 'claimed' } }, 'OpsOnCall', ', claims to be lin.wei'],
] as const)('of %j what must be told is %j, and what may be left out is %j', ([row, name, more]) => {
  expect(whoOf(row, panelEn)).toEqual({ name, more });
  expect(operatorText(row, panelEn)).toBe(`${name}${more}`);
});
