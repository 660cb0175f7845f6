import { globSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileOf, runCheck, type Check } from './lib/checks.ts';
import { runCommand } from './lib/fault.ts';
import { ROOT } from './lib/places.ts';

const OUT = '.output';
// Not by its package.json, which this package does not export.
const WXT = join(ROOT, 'node_modules/wxt/bin/wxt.mjs');
const WRANGLER = fileOf('wrangler', 'bin/wrangler.js');

const steps: readonly Check[] = [
  { name: 'Chrome', command: process.execPath, args: [WXT, 'zip', '--browser', 'chrome'] },
  { name: 'Firefox', command: process.execPath, args: [WXT, 'zip', '--browser', 'firefox'] },
  {
    name: 'Worker',
    command: process.execPath,
    args: [WRANGLER, 'deploy', '--dry-run', '--outdir', `${OUT}/worker`],
  },
];

/** Nothing is told to anybody, and no file is left outside the output. */
const QUIET = {
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  WRANGLER_WRITE_LOGS: 'false',
  NO_COLOR: '1',
  FORCE_COLOR: '0',
};

// What is deployed is what lies there after this, so nothing of an earlier build may stay.
await runCommand(async () => {
  Object.assign(process.env, QUIET);
  rmSync(join(ROOT, OUT), { recursive: true, force: true });
  // One after the other: WXT writes its own files for each browser to the same place.
  for (const step of steps) {
    const { ok, output } = await runCheck(step);
    if (ok) continue;
    process.stderr.write(`${output}\nThe build for ${step.name} failed.\n`);
    return 1;
  }
  for (const path of globSync([`${OUT}/*.zip`, `${OUT}/worker/*.js`], { cwd: ROOT }).toSorted()) {
    const { size } = statSync(join(ROOT, path));
    process.stdout.write(`${path}  ${(size / 1000).toFixed(1)} kB\n`);
  }
  return 0;
});
