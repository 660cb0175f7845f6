import { onTestFailed } from 'vitest';
import { createRandom, type Random } from './company/rng.ts';

/** Chance that is another at each run, unless SIDETRAIL_SEED says which; a test that fails with it tells. */
export function freshSeed(): { seed: number; random: Random } {
  const seed = Number(process.env['SIDETRAIL_SEED'] ?? Math.floor(Math.random() * 1e9));
  onTestFailed(() => {
    process.stderr.write(`It failed with SIDETRAIL_SEED=${seed}\n`);
  });
  return { seed, random: createRandom(seed) };
}
