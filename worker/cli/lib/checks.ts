import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ROOT } from './places.ts';

/** A program that must end with 0. */
export interface Check {
  name: string;
  command: string;
  args: string[];
}

export interface Checked {
  name: string;
  ok: boolean;
  seconds: number;
  output: string;
}

const resolve = createRequire(import.meta.url).resolve;

/** The path of a file inside an installed package. */
export function fileOf(packageName: string, file: string): string {
  return resolve(`${packageName}/package.json`).replace(/package\.json$/, file);
}

/** What can be said of the sources without running them: types of each part, lint, format. */
export function staticChecks(): Check[] {
  const projects = globSync('{*,worker/**/*,test/**/*,extension/**/*}', {
    cwd: ROOT,
    exclude: (name) => /^(node_modules|\..*)$/.test(name),
  }).filter((path) => /(^|\/)tsconfig[^/]*\.json$/.test(path));
  const node = process.execPath;
  return [
    ...projects.toSorted().map((path) => ({
      name: `types ${path}`,
      command: node,
      args: [fileOf('typescript', 'bin/tsc'), '-p', path],
    })),
    { name: 'lint', command: node, args: [fileOf('oxlint', 'bin/oxlint'), '--type-aware'] },
    { name: 'format', command: node, args: [fileOf('oxfmt', 'bin/oxfmt'), '--check'] },
  ];
}

/** Runs a check to its end and keeps what it prints. */
export function runCheck({ name, command, args }: Check): Promise<Checked> {
  const started = performance.now();
  const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  return new Promise((resolveChecked) => {
    const end = (ok: boolean): void =>
      resolveChecked({ name, ok, output, seconds: (performance.now() - started) / 1000 });
    child.on('error', (error) => {
      output += error.message;
      end(false);
    });
    child.on('close', (code) => end(code === 0));
  });
}
