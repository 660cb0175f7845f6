import { runCommand } from './fault.ts';
import { runScript } from './run-script.ts';

/** Runs a bench as a command, with its arguments. `script` is a path in the project. */
export async function runBench(script: string): Promise<void> {
  await runCommand(() => runScript(script, { args: process.argv.slice(2) }));
}
