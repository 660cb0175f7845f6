import { findBrowser } from './lib/browser.ts';
import { runCheck, staticChecks, type Checked } from './lib/checks.ts';
import { runCommand } from './lib/fault.ts';
import { runVitest } from './lib/run-vitest.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

// Everything runs even where something failed before it, so that one run tells all that there is to mend.
await runCommand(async () => {
  const browser = findBrowser(say);
  say(`browser  ${browser.path ?? '-'} (${browser.from})`);

  const checks = await Promise.all(staticChecks().map((check) => runCheck(check).then(tell)));
  const failed = checks.filter(({ ok }) => !ok).map(({ name }) => name);

  const reporters = ['--reporter=default', '--reporter=./test/support/summary-reporter.ts'];
  const code = await runVitest([...reporters, ...process.argv.slice(2)], {
    env: browser.path === undefined ? {} : { CHROMIUM_PATH: browser.path },
    output: 'inherit',
  });
  if (failed.length > 0) process.stderr.write(`Failed before the tests: ${failed.join(', ')}\n`);
  return code === 0 && failed.length === 0 ? 0 : 1;
});

function tell(checked: Checked): Checked {
  const { name, ok, seconds, output } = checked;
  say(`${ok ? 'ok     ' : 'FAILED '}  ${name} (${seconds.toFixed(1)} s)`);
  if (!ok) say(output.trimEnd());
  return checked;
}
