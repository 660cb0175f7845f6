import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { runCommand } from './lib/fault.ts';
import { ROOT } from './lib/places.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

// The bench belongs to the tests: it imports the Worker's own code, which a command may not. It cleans up
// after itself when it is told to stop, so this process waits for it whatever happens.
await runCommand(() => {
  const child = spawn(process.execPath, [join(ROOT, 'test/bench/main.ts'), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
  process.on('disconnect', () => child.kill('SIGTERM'));
  process.channel?.unref();
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
});
