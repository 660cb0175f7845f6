import { runCommand } from './fault.ts';
import { runScript } from './run-script.ts';

/** Runs a bench as a command, with those arguments. `script` is a path in the project. */
export async function runBench(
  script: string,
  args: readonly string[] = process.argv.slice(2),
): Promise<void> {
  await runCommand(() => runScript(script, { args }));
}
