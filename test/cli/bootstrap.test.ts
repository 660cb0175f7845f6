import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from './temporary.ts';

const BOOTSTRAP = fileURLToPath(new URL('../../worker/cli/bootstrap.mjs', import.meta.url));
const LOCK = JSON.stringify({
  packages: { '': {}, 'node_modules/node': { version: '1.0.0', integrity: 'x' } },
});
const MARKER = 'node_modules/.sidetrail-lock-hash';

/** A small project with one command, and a stand-in for npm that notes each call and installs a Node. */
function project(command: string) {
  const folder = temporaryFolder();
  const at = (path: string): string => join(folder.path, path);
  mkdirSync(at('worker/cli'), { recursive: true });
  copyFileSync(BOOTSTRAP, at('worker/cli/bootstrap.mjs'));
  writeFileSync(at('worker/cli/hello.ts'), command);
  writeFileSync(at('package.json'), '{"type":"module"}');
  writeFileSync(at('package-lock.json'), LOCK);
  writeFileSync(
    at('npm.js'),
    `const fs = require('node:fs');
     fs.appendFileSync('npm-calls', process.argv.slice(2).join(' ') + '\\n');
     fs.mkdirSync('node_modules/.bin', { recursive: true });
     fs.rmSync('node_modules/.bin/node', { force: true });
     fs.symlinkSync(${JSON.stringify(process.execPath)}, 'node_modules/.bin/node');`,
  );
  const { npm_lifecycle_event: _, ...inherited } = process.env;
  const env = { ...inherited, npm_execpath: at('npm.cjs') };
  copyFileSync(at('npm.js'), at('npm.cjs'));
  return {
    at,
    args: [at('worker/cli/bootstrap.mjs'), 'hello'],
    env,
    calls: () =>
      existsSync(at('npm-calls')) ? readFileSync(at('npm-calls'), 'utf8').trim().split('\n') : [],
    run: (...args: string[]) =>
      spawnSync(process.execPath, [at('worker/cli/bootstrap.mjs'), ...args], { env, encoding: 'utf8' }),
    [Symbol.dispose]: () => folder[Symbol.dispose](),
  };
}

const ECHO = `console.log(process.argv.slice(2).join(','), process.execPath); process.exitCode = 3;`;

test('a fresh clone is installed once, quietly on standard output', () => {
  using fresh = project(ECHO);
  const first = fresh.run('hello', 'a', '--b');
  expect(first.stdout).toMatch(/^a,--b /);
  expect(first.stderr).toContain('Installing packages');
  expect(fresh.run('hello').stderr).toBe('');
  expect(fresh.calls()).toHaveLength(1);
});

test('the command’s exit code is passed on', () => {
  using fresh = project(ECHO);
  expect(fresh.run('hello').status).toBe(3);
});

test('a changed lock file is installed again', () => {
  using fresh = project(ECHO);
  fresh.run('hello');
  writeFileSync(fresh.at('package-lock.json'), `${LOCK}\n`);
  fresh.run('hello');
  expect(fresh.calls()).toHaveLength(2);
});

test('what npm itself installed from this lock file is taken as it is', () => {
  using fresh = project(ECHO);
  mkdirSync(fresh.at('node_modules/.bin'), { recursive: true });
  symlinkSync(process.execPath, fresh.at('node_modules/.bin/node'));
  writeFileSync(fresh.at('node_modules/.package-lock.json'), LOCK.replace('"":{},', ''));
  expect(fresh.run('hello').status).toBe(3);
  expect(fresh.calls()).toEqual([]);
  expect(readFileSync(fresh.at(MARKER), 'utf8')).toBe(createHash('sha256').update(LOCK).digest('hex'));
});

test('what npm installed from another lock file is not', () => {
  using fresh = project(ECHO);
  fresh.run('hello');
  rmSync(fresh.at(MARKER));
  writeFileSync(
    fresh.at('node_modules/.package-lock.json'),
    LOCK.replace('1.0.0', '0.9.0').replace('"":{},', ''),
  );
  fresh.run('hello');
  expect(fresh.calls()).toHaveLength(2);
});

test('of several commands started at once on a fresh clone one installs and all run', async () => {
  using fresh = project(ECHO);
  const all = Array.from({ length: 4 }, () =>
    spawn(process.execPath, fresh.args, { env: fresh.env, stdio: 'ignore' }),
  );
  const codes = await Promise.all(all.map(async (child) => (await once(child, 'exit'))[0]));
  expect(codes).toEqual([3, 3, 3, 3]);
  expect(fresh.calls()).toHaveLength(1);
});

test('an install that was killed does not block the next', () => {
  using fresh = project(ECHO);
  mkdirSync(fresh.at('.wrangler'));
  writeFileSync(fresh.at('.wrangler/install.lock'), String(2 ** 22 + 1));
  expect(fresh.run('hello').status).toBe(3);
});

test('a failed install is told and not taken for done', () => {
  using fresh = project(ECHO);
  writeFileSync(fresh.at('npm.cjs'), 'process.exit(1)');
  const { status, stderr } = fresh.run('hello');
  expect(status).toBe(1);
  expect(stderr).toContain('The packages could not be installed');
  copyFileSync(fresh.at('npm.js'), fresh.at('npm.cjs'));
  expect(fresh.run('hello').status).toBe(3);
});

test('an unknown command is told with those that there are', () => {
  using fresh = project(ECHO);
  const { status, stderr } = fresh.run('../hello');
  expect(status).toBe(1);
  expect(stderr).toContain('hello');
  expect(fresh.calls()).toEqual([]);
});

test('a command of two words is in a file with a hyphen, and is told with its colon', () => {
  using fresh = project(ECHO);
  copyFileSync(fresh.at('worker/cli/hello.ts'), fresh.at('worker/cli/hello-again.ts'));
  expect(fresh.run('hello:again', 'a').status).toBe(3);
  expect(fresh.run('hello-again').stderr).toContain('hello:again');
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s reaches the command, which ends as it likes',
  async (signal) => {
    using fresh = project(
      `process.on('${signal}', () => process.exit(5)); setInterval(() => {}, 1000); console.log('up');`,
    );
    fresh.run('none');
    const child = spawn(process.execPath, fresh.args, {
      env: fresh.env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(child.stdout, 'data');
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([5, null]);
  },
);

test('a command learns that its starter was killed outright', async () => {
  using fresh = project(
    `import { writeFileSync } from 'node:fs';
     process.on('disconnect', () => { writeFileSync(process.argv[2], 'alone'); process.exit(); });
     console.log('up');`,
  );
  const note = fresh.at('note');
  const child = spawn(process.execPath, [...fresh.args, note], {
    env: fresh.env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await expect.poll(() => existsSync(note), { timeout: 10_000 }).toBe(true);
});
