import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './places.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a script of the tests to its end and gives its exit code: it imports what a command may not. It cleans up after
 * itself when it is told to stop, so who calls this waits for it whatever happens. `script` is a path in the project.
 */
export function runScript(
  script: string,
  { args, env = {} }: { args: readonly string[]; env?: NodeJS.ProcessEnv },
): Promise<number> {
  const child = spawn(process.execPath, [join(ROOT, script), ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...env },
  });
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
  process.on('disconnect', () => child.kill('SIGTERM'));
  process.channel?.unref();
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
