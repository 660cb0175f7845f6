import { spawn } from 'node:child_process';
import { fileOf } from './checks.ts';
import { ROOT } from './places.ts';

/**
 * Runs vitest to its end and gives its exit code. A signal to this process goes on to it, so that nobody who stops
 * a command leaves a run behind.
 */
export function runVitest(
  args: readonly string[],
  { env, output }: { env: NodeJS.ProcessEnv; output: 'inherit' | 'stderr' },
): Promise<number> {
  const child = spawn(process.execPath, [fileOf('vitest', 'vitest.mjs'), 'run', ...args], {
    cwd: ROOT,
    stdio: output === 'inherit' ? 'inherit' : ['ignore', 2, 2],
    env: { ...process.env, ...env },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
