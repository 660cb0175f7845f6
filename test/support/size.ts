/** True under `npm run soak`: the same tests at full size. */
export const soak: boolean = process.env['SIDETRAIL_SOAK'] === '1';

/** How much a test does: `normal` under `npm test`, `full` under `npm run soak`. */
export function size(normal: number, full: number): number {
  return soak ? full : normal;
}
