import { spawnSync } from 'node:child_process';
import { findBrowser } from './lib/browser.ts';
import { fileOf, runCheck, staticChecks, type Checked } from './lib/checks.ts';
import { runCommand } from './lib/fault.ts';
import { ROOT } from './lib/places.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

// Everything runs even where something failed before it, so that one run tells all that there is to mend.
await runCommand(async () => {
  const browser = findBrowser(say);
  say(`browser  ${browser.path ?? '-'} (${browser.from})`);

  const checks = await Promise.all(staticChecks().map((check) => runCheck(check).then(tell)));
  const failed = checks.filter(({ ok }) => !ok).map(({ name }) => name);

  const reporters = ['--reporter=default', '--reporter=./test/support/summary-reporter.ts'];
  const vitest = spawnSync(
    process.execPath,
    [fileOf('vitest', 'vitest.mjs'), 'run', ...reporters, ...process.argv.slice(2)],
    {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, ...(browser.path === undefined ? {} : { CHROMIUM_PATH: browser.path }) },
    },
  );
  if (failed.length > 0) process.stderr.write(`Failed before the tests: ${failed.join(', ')}\n`);
  return vitest.status === 0 && failed.length === 0 ? 0 : 1;
});

function tell(checked: Checked): Checked {
  const { name, ok, seconds, output } = checked;
  say(`${ok ? 'ok     ' : 'FAILED '}  ${name} (${seconds.toFixed(1)} s)`);
  if (!ok) say(output.trimEnd());
  return checked;
}
