import { expect, test } from 'vitest';
import { whereAmI } from '../../../extension/console/where/where.ts';

function regionAt(path: string): string | undefined {
  return whereAmI(`https://console.cloud.tencent.com${path}`)?.region;
}

const NUMBERED: [number, string | undefined][] = [
  [1, 'ap-guangzhou'],
  [3, undefined],
  [4, 'ap-shanghai'],
  [5, 'ap-hongkong'],
  [6, 'na-toronto'],
  [7, 'ap-shanghai-fsi'],
  [8, 'ap-beijing'],
  [9, 'ap-singapore'],
  [11, 'ap-shenzhen-fsi'],
  [12, 'ap-guangzhou-open'],
  [13, 'ap-shanghai-ysx'],
  [15, 'na-siliconvalley'],
  [16, 'ap-chengdu'],
  [17, 'eu-frankfurt'],
  [18, 'ap-seoul'],
  [19, 'ap-chongqing'],
  [21, 'ap-mumbai'],
  [22, 'na-ashburn'],
  [23, 'ap-bangkok'],
  [24, 'eu-moscow'],
  [25, 'ap-tokyo'],
  [31, 'ap-jinan-ec'],
  [32, 'ap-hangzhou-ec'],
  [33, 'ap-nanjing'],
  [34, 'ap-fuzhou-ec'],
  [35, 'ap-wuhan-ec'],
  [36, 'ap-tianjin'],
  [37, 'ap-shenzhen'],
  [39, 'ap-taipei'],
  [41, undefined],
  [42, undefined],
  [43, undefined],
  [44, undefined],
  [45, 'ap-changsha-ec'],
  [46, 'ap-beijing-fsi'],
  [47, 'ap-others'],
  [53, 'ap-shijiazhuang-ec'],
  [54, 'ap-qingyuan'],
  [55, 'ap-hefei-ec'],
  [56, 'ap-shenyang-ec'],
  [57, 'ap-xian-ec'],
  [58, 'ap-xibei-ec'],
  [71, 'ap-zhengzhou-ec'],
  [72, 'ap-jakarta'],
  [73, 'ap-qingyuan-xinan'],
  [74, 'sa-saopaulo'],
  [76, 'ap-guiyang'],
  [77, undefined],
  [78, 'ap-shanghai-adc'],
  [79, undefined],
  [81, undefined],
  [999, undefined],
  [1001, undefined],
  [1010, undefined],
  [2009, undefined],
  [2010, undefined],
];

test.each(NUMBERED)('region number %i is %s', (number, region) => {
  expect(regionAt(`/cvm/instance/index?rid=${number}`)).toBe(region);
  expect(regionAt(`/eb?regionId=${number}`)).toBe(region);
  expect(regionAt(`/cvm/instance/index?searchParams=rid%3D${number}`)).toBe(region);
});

test.each<[string, string | undefined]>([
  ['/eb?regionId=ap-beijing', 'ap-beijing'],
  ['/cls/topic?region=AP-Beijing', 'ap-beijing'],
  ['/cls/topic?region=me-newplace-2', 'me-newplace-2'],
  ['/cls/topic?region=gz', 'ap-guangzhou'],
  ['/cls/topic?region=8', 'ap-beijing'],
  ['/cynosdb/mysql/AP-Beijing/cluster', 'ap-beijing'],
  ['/cynosdb/mysql#/ap-beijing/cluster', 'ap-beijing'],
  ['/redis#/?rid=8', 'ap-beijing'],
  ['/cvm/cbs?searchParams=rid%253D8', 'ap-beijing'],
  ['/cvm/cbs?searchParams=tab%3Dall%26rid%3D8', 'ap-beijing'],
  ['/cvm/cbs?rid=%20%38%20', 'ap-beijing'],
  ['/cvm/cbs', undefined],
])('%s is in %s', (path, region) => {
  expect(regionAt(path)).toBe(region);
});

test.each([
  ['rid before regionId', '/cvm/cbs?region=ap-tokyo&regionId=4&rid=1'],
  ['regionId before region', '/cvm/cbs?region=ap-tokyo&regionId=1'],
  ['region before the path', '/cynosdb/mysql/ap-tokyo/cluster?region=ap-guangzhou'],
  ['the path before the state of the list', '/cynosdb/mysql/ap-guangzhou/cluster?searchParams=rid%3D8'],
  ['the first value that is one', '/cvm/cbs?rid=undefined&rid=1&rid=8'],
])('of several regions: %s', (_what, path) => {
  expect(regionAt(path)).toBe('ap-guangzhou');
});

test.each([
  'rid=',
  'rid=undefined',
  'rid=null',
  'rid=NaN',
  'rid=0',
  'rid=-1',
  'rid=01',
  'rid=1.0',
  'rid=1e0',
  'rid=26',
  'rid=constructor',
  'rid=__proto__',
  'rid=%',
  'rid[]=1',
  'region=all',
  'region=ap-',
  'region=apguangzhou',
  'region=xx-guangzhou',
  'region=ap-guangzhou-',
  `region=ap-${'a'.repeat(60)}`,
  'searchParams=rid',
  'searchParams=%25',
  'searchParams=rid%3Dundefined',
])('%s names no region', (query) => {
  expect(regionAt(`/cvm/cbs?${query}`)).toBeUndefined();
});
