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

/** Gives the full name of a region in lower case: `gz` → `ap-guangzhou`; anything else as it is. */
export function expandRegion(region: string): string {
  const code = region.toLowerCase();
  return Object.hasOwn(SHORT_CODES, code) ? (SHORT_CODES[code] ?? code) : code;
}
