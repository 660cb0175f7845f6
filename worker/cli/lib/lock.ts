import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Fault } from './fault.ts';
import type { StateFiles } from './state.ts';

/**
 * Takes the state folder for this process: two Workers on one database would harm it. A `Fault` where another
 * one has it. Gives the function that lets it go. A lock whose process is gone counts for nothing.
 */
export function lockState(state: StateFiles): () => void {
  const path = state.path('pid');
  const owner = Number(state.read('pid'));
  if (owner > 0 && owner !== process.pid && isStart(owner)) {
    const where = state.url();
    throw new Fault(`Sidetrail is already running with ${state.folder}${where ? ` on ${where}` : ''}.`);
  }
  rmSync(path, { force: true });
  try {
    writeFileSync(path, String(process.pid), { mode: 0o600, flag: 'wx' });
  } catch {
    throw new Fault(`Sidetrail is already starting with ${state.folder}.`);
  }
  return () => {
    if (state.read('pid') === String(process.pid)) state.remove('pid');
  };
}

/** True when that process lives and is this command: its number may have gone to another program since. */
function isStart(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('start.ts');
  } catch {
    return true;
  }
}
