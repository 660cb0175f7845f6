import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import type { Log } from './log.ts';
import { ROOT } from './places.ts';
import type { StateFiles } from './state.ts';
import { inert } from './terminal.ts';

const WRANGLER = createRequire(import.meta.url)
  .resolve('wrangler/package.json')
  .replace(/package\.json$/, 'bin/wrangler.js');
const KEEPER = fileURLToPath(new URL('./keeper.ts', import.meta.url));
const DEV_VARS = join(ROOT, '.dev.vars');
const ENV_FILE = 'worker.env';

/** Credentials of the environment that the Worker may see. */
const TENCENT = [
  'TENCENT_SECRET_ID',
  'TENCENT_SECRET_KEY',
  'TENCENT_TOKEN',
  'TENCENT_REGION',
  'TENCENT_ENDPOINT',
  'TENCENT_BUCKETS',
  'TENCENT_ACCOUNTS',
];

export type Vars = Readonly<Record<string, string>>;

/** What the user's own `.dev.vars` sets; wrangler reads the file itself, this is for knowing what is in it. */
export function devVars(): Vars {
  return existsSync(DEV_VARS) ? definedOnly(parseEnv(readFileSync(DEV_VARS, 'utf8'))) : {};
}

/** Tencent Cloud credentials of the environment; they go before those of `.dev.vars`. */
export function tencentVars(env: NodeJS.Dict<string>): Vars {
  return definedOnly(Object.fromEntries(TENCENT.map((name) => [name, env[name] || undefined])));
}

function definedOnly(values: NodeJS.Dict<string>): Vars {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/**
 * One `NAME=value` line that wrangler reads back as `value`: it takes the quotes off and then expands `$`.
 * The value has one line and lacks at least one of the two quotes.
 */
export function envLine(name: string, value: string): string {
  const quote = value.includes("'") ? '`' : "'";
  return `${name}=${quote}${value.replaceAll('$', String.raw`\$`)}${quote}`;
}

/** A wrangler under way. */
export interface Running {
  /** The process that leads it; undefined where none could be started. */
  pid: number | undefined;
  /** Ends it and all that it started; resolves when they are gone. */
  stop(): Promise<void>;
  /** Resolves with its exit code when it has ended, asked or not. */
  ended: Promise<number | null>;
}

/** Starts bringing the local D1 up to date; ends with 0 when that is done. */
export function startMigration(state: StateFiles, log: Log): Running {
  return startWrangler(state, log, ['d1', 'migrations', 'apply', 'DB', '--local']);
}

/**
 * Starts the Worker on loopback. `vars` go over the user's own, and are for `removeVars` to take away.
 * They travel by file, because arguments can be read by every user of the machine.
 */
export function startDev(state: StateFiles, log: Log, port: number, vars: Vars): Running {
  state.write(
    ENV_FILE,
    Object.entries(vars)
      .map(([name, value]) => envLine(name, value))
      .join('\n'),
  );
  const envFiles = [...(existsSync(DEV_VARS) ? [DEV_VARS] : []), state.path(ENV_FILE)];
  return startWrangler(state, log, [
    'dev',
    '--local',
    '--ip=127.0.0.1',
    `--port=${port}`,
    '--inspector-port=0',
    '--show-interactive-dev-session=false',
    ...envFiles.flatMap((path) => ['--env-file', path]),
  ]);
}

/** Removes the file that `startDev` wrote; wrangler reads it again whenever it reloads. */
export function removeVars(state: StateFiles): void {
  state.remove(ENV_FILE);
}

function startWrangler(state: StateFiles, log: Log, args: readonly string[]): Running {
  const command = [process.execPath, WRANGLER, ...args, '--persist-to', state.folder];
  const child = spawn(process.execPath, [KEEPER, ...command], {
    cwd: ROOT,
    env: wranglerEnv(state),
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => log.add(text));
  }
  const ended = new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(null));
    child.on('close', (code) => resolve(code));
  });
  return {
    pid: child.pid,
    ended,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** A sentence, and below it the end of wrangler's log. */
export function withTail(sentence: string, state: StateFiles, log: Log): string {
  return [
    sentence,
    ...log.tail().map((line) => `  ${inert(line)}`),
    `The whole log is ${state.path('worker.log')}.`,
  ].join('\n');
}

/** No telemetry, no look for updates, nothing written outside the state folder, no page that shows the data. */
function wranglerEnv(state: StateFiles): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(SIDETRAIL_|TENCENT_|CLOUDFLARE_ENV$)/.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    WRANGLER_SEND_METRICS: 'false',
    WRANGLER_HIDE_BANNER: 'true',
    WRANGLER_WRITE_LOGS: 'false',
    WRANGLER_REGISTRY_PATH: state.path('registry'),
    WRANGLER_CACHE_DIR: state.path('cache'),
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    CLOUDFLARE_INCLUDE_PROCESS_ENV: 'false',
    CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV: 'true',
    X_LOCAL_EXPLORER: 'false',
    X_LOCAL_OBSERVABILITY: 'false',
    NO_COLOR: '1',
    FORCE_COLOR: '0',
  };
}
