/** Short region codes that old records and resource descriptions still use. */
const SHORT_CODES: { [code: string]: string } = {
  gz: 'ap-guangzhou',
  sh: 'ap-shanghai',
  bj: 'ap-beijing',
  cd: 'ap-chengdu',
  cq: 'ap-chongqing',
  nj: 'ap-nanjing',
  szx: 'ap-shenzhen',
};

/** Numbers that the console and old interfaces use for regions. Numbers for billing only are not among them. */
const NUMBERS: { [number: string]: string } = {
  1: 'ap-guangzhou',
  4: 'ap-shanghai',
  5: 'ap-hongkong',
  6: 'na-toronto',
  7: 'ap-shanghai-fsi',
  8: 'ap-beijing',
  9: 'ap-singapore',
  11: 'ap-shenzhen-fsi',
  12: 'ap-guangzhou-open',
  13: 'ap-shanghai-ysx',
  15: 'na-siliconvalley',
  16: 'ap-chengdu',
  17: 'eu-frankfurt',
  18: 'ap-seoul',
  19: 'ap-chongqing',
  21: 'ap-mumbai',
  22: 'na-ashburn',
  23: 'ap-bangkok',
  24: 'eu-moscow',
  25: 'ap-tokyo',
  31: 'ap-jinan-ec',
  32: 'ap-hangzhou-ec',
  33: 'ap-nanjing',
  34: 'ap-fuzhou-ec',
  35: 'ap-wuhan-ec',
  36: 'ap-tianjin',
  37: 'ap-shenzhen',
  39: 'ap-taipei',
  45: 'ap-changsha-ec',
  46: 'ap-beijing-fsi',
  47: 'ap-others',
  53: 'ap-shijiazhuang-ec',
  54: 'ap-qingyuan',
  55: 'ap-hefei-ec',
  56: 'ap-shenyang-ec',
  57: 'ap-xian-ec',
  58: 'ap-xibei-ec',
  71: 'ap-zhengzhou-ec',
  72: 'ap-jakarta',
  73: 'ap-qingyuan-xinan',
  74: 'sa-saopaulo',
  76: 'ap-guiyang',
  78: 'ap-shanghai-adc',
};

const NAME = /^(?:ap|na|eu|sa|me)-[a-z]+(?:-[a-z0-9]+)*$/;
const MAX_NAME = 40;

/** Gives the full name of a region in lower case: `gz` → `ap-guangzhou`; anything else as it is. */
export function expandRegion(region: string): string {
  const code = region.toLowerCase();
  return Object.hasOwn(SHORT_CODES, code) ? (SHORT_CODES[code] ?? code) : code;
}

/** Gives the name of the region that a decimal number stands for; undefined where it stands for none. */
export function regionOfNumber(number: string): string | undefined {
  return Object.hasOwn(NUMBERS, number) ? NUMBERS[number] : undefined;
}

/** Whether a text has the form of a region's full name, in lower case. New regions need no entry here. */
export function isRegionName(text: string): boolean {
  return text.length <= MAX_NAME && NAME.test(text);
}
