// Runs a command in a process group of its own and ends the whole group when the command ends, when this
// process gets SIGTERM, or when whoever started it is gone, however it went: the pipe to our standard input
// closes then. (A server ended with SIGKILL cannot end its own children.) Ends as the command ended.

import { spawn } from 'node:child_process';

const PATIENCE = 5000;

const [command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], detached: true });

child.on('error', () => process.exit(1));
child.on('exit', (code) => {
  signalGroup('SIGKILL');
  process.exit(code ?? 1);
});

process.on('SIGTERM', stop);
process.stdin.on('error', stop).on('close', stop).resume();

function stop(): void {
  signalGroup('SIGTERM');
  setTimeout(() => signalGroup('SIGKILL'), PATIENCE);
}

function signalGroup(signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Nobody is left in it.
  }
}
