// Runs one of the commands beside this file: makes sure that the installed packages fit package-lock.json,
// then starts the command with the Node that is one of those packages. Plain JavaScript without
// dependencies, because it has to run on the machine's own Node, before anything is installed.

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const modules = join(root, 'node_modules');
const bin = join(modules, '.bin');
const node = join(bin, 'node');
const marker = join(modules, '.sidetrail-lock-hash');
const lockFile = join(root, '.wrangler', 'install.lock');

/** True when packages are installed from exactly this package-lock.json. */
function isInstalled(hash) {
  return readIf(marker) === hash && existsSync(node);
}

/** True when npm's own note of what it installed agrees with package-lock.json: someone ran npm themselves. */
function isInstalledByNpm() {
  const installed = readIf(join(modules, '.package-lock.json'));
  if (installed === undefined || !existsSync(node)) return false;
  const has = JSON.parse(installed).packages;
  const wants = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const isSame = (name) =>
    has[name].version === wants[name]?.version && has[name].integrity === wants[name].integrity;
  return (
    Object.keys(has).every(isSame) &&
    Object.keys(wants).every((name) => name === '' || wants[name].optional || name in has)
  );
}

/** Installs what is missing. Only one process installs at a time; the others wait for it. */
async function install(hash) {
  await takeLock();
  const problem = isInstalled(hash) || isInstalledByNpm() ? undefined : npmInstall();
  if (problem === undefined) writeFileSync(marker, hash);
  rmSync(lockFile, { force: true });
  if (problem !== undefined) fail(problem);
}

/**
 * Installs the locked versions and leaves package-lock.json as it is; gives what went wrong. Not `npm ci`: that
 * refuses a lock file without the optional packages of every other system, which not every registry serves.
 */
function npmInstall() {
  process.stderr.write('Installing packages (a minute or so the first time) …\n');
  const args = ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = /\.c?js$/.test(process.env.npm_execpath ?? '')
    ? [process.execPath, [process.env.npm_execpath, ...args]]
    : ['npm', args];
  // npm's output goes to stderr: stdout belongs to the command.
  const { status, error } = spawnSync(npm[0], npm[1], { cwd: root, stdio: ['ignore', 2, 2] });
  if (error) return `npm could not be started: ${error.message}`;
  if (status !== 0) return 'The packages could not be installed: npm failed (its message is above).';
  return existsSync(node)
    ? undefined
    : 'npm left no Node in node_modules: was its install script not allowed to run?';
}

async function takeLock() {
  mkdirSync(join(root, '.wrangler'), { recursive: true });
  while (!writeNew(lockFile, String(process.pid))) {
    if (isAbandoned(lockFile)) rmSync(lockFile, { force: true });
    else await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function writeNew(path, text) {
  try {
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** True when the process that took the lock is gone. A lock without a number yet was taken just now. */
function isAbandoned(path) {
  try {
    const owner = Number(readFileSync(path, 'utf8'));
    if (owner > 0) process.kill(owner, 0);
    else return Date.now() - statSync(path).mtimeMs > 10_000;
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function readIf(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** Starts the command and ends as it ends. */
function run(command, args) {
  // The channel closes when this process dies, however it dies, so that a server can end itself.
  const child = spawn(node, [command, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` },
  });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, () => child.kill(signal));

  // npm that is killed outright takes its script with it.
  const npm = npmProcess();
  const watch = setInterval(() => npmProcess() !== npm && child.kill('SIGTERM'), 1000);
  if (process.env.npm_lifecycle_event === undefined) clearInterval(watch);

  child.on('error', (error) => fail(`Node could not be started: ${error.message}`));
  child.on('exit', (code, signal) => {
    clearInterval(watch);
    if (signal === null) process.exit(code);
    for (const name of signals) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
}

/** The process that started this one, seen past the shell that npm runs its scripts with. */
function npmProcess() {
  const parent = `/proc/${process.ppid}`;
  const viaShell = readIf(`${parent}/cmdline`)?.includes('bootstrap.mjs');
  const outer = viaShell ? readIf(`${parent}/status`)?.match(/^PPid:\s*(\d+)$/m) : undefined;
  return Number(outer?.[1] ?? process.ppid);
}

const [name = '', ...args] = process.argv.slice(2);
// `bench:panel` is in bench-panel.ts: not every system has files with a colon in their names.
const command = fileURLToPath(new URL(`./${name.replace(':', '-')}.ts`, import.meta.url));
if (!/^[a-z]+(:[a-z]+)?$/.test(name) || !existsSync(command)) {
  const names = readdirSync(fileURLToPath(new URL('.', import.meta.url)))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -3).replace('-', ':'));
  fail(`There is no command "${name}": ${names.join(', ')}.`);
}
const hash = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');
if (!isInstalled(hash)) await install(hash);
run(command, args);
