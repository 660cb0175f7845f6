import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import { inert } from './terminal.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const INSTALL_WITHIN = 300_000;

/** A Chromium for the tests, and where it came from. `path` is undefined where none could be had. */
export interface Browser {
  path: string | undefined;
  from: string;
}

/**
 * Finds a Chromium: the one that `CHROMIUM_PATH` names, one on the PATH, Playwright's; else installs
 * Playwright's, else (as root) the system's package. An install takes up to five minutes.
 */
export function findBrowser(say: (text: string) => void): Browser {
  const there = installed();
  if (there) return there;
  say('No Chromium here: installing Playwright’s …');
  const playwright = createRequire(import.meta.url).resolve('playwright-core/package.json');
  const cli = playwright.replace(/package\.json$/, 'cli.js');
  if (runs(process.execPath, [cli, 'install', 'chromium'])) {
    const path = playwrightPath();
    if (path !== undefined) return { path, from: 'installed by Playwright' };
  }
  if (process.getuid?.() === 0) {
    say('Playwright has none for this machine: installing the system’s package …');
    if (runs('apt-get', ['update', '-q']) && runs('apt-get', ['install', '-y', '-q', 'chromium'])) {
      const path = onPath();
      if (path !== undefined) return { path, from: 'installed by apt-get' };
    }
  }
  return { path: undefined, from: 'none could be installed' };
}

function installed(): Browser | undefined {
  const named = process.env['CHROMIUM_PATH'];
  if (named && isProgram(named)) return { path: named, from: 'CHROMIUM_PATH' };
  const path = onPath();
  if (path !== undefined) return { path, from: 'the PATH' };
  const cached = playwrightPath();
  return cached === undefined ? undefined : { path: cached, from: 'Playwright' };
}

function onPath(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

function playwrightPath(): string | undefined {
  const path = chromium.executablePath();
  return existsSync(path) && startsUp(path) ? path : undefined;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return startsUp(path);
  } catch {
    return false;
  }
}

/** A download whose system libraries are missing is no browser. */
function startsUp(path: string): boolean {
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
}

/** Runs a program; where it fails, the end of what it printed goes to stderr. */
function runs(command: string, args: readonly string[]): boolean {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: INSTALL_WITHIN,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    encoding: 'utf8',
  });
  if (status === 0) return true;
  const lines = `${stdout}\n${stderr}\n${error?.message ?? ''}`
    .split('\n')
    .filter((line) => line.trim() !== '');
  process.stderr.write(
    lines
      .slice(-3)
      .map((line) => `  ${inert(line)}\n`)
      .join(''),
  );
  return false;
}
