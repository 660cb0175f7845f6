import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

/**
 * What each place may import besides itself. Order is the architecture: a place only knows places below it.
 * A key is a folder (or file); the longest key that fits a path is its place.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  'worker/env.ts': ['worker/wake.ts'],
  'worker/store': ['shared'],
  'worker/access': ['worker/store', 'shared'],
  'worker/ingest': ['worker/store', 'worker/tencent', 'shared'],
  'worker/query': ['worker/store', 'shared'],
  'worker/http': [
    'worker/tracks',
    'worker/alarms',
    'worker/ingest',
    'worker/query',
    'worker/access',
    'worker/store',
    'worker/tencent',
    'worker/env.ts',
    'shared',
  ],
  'worker/tencent': ['shared'],
  'worker/tracks': ['worker/query', 'worker/access', 'worker/store', 'worker/tencent', 'shared'],
  'worker/alarms': ['worker/query', 'worker/access', 'worker/store', 'worker/tencent', 'shared'],
  'worker/report.ts': ['worker/access', 'shared'],
  'worker/wake.ts': ['worker/report.ts', 'worker/env.ts'],
  'worker/work.ts': ['worker/access', 'worker/store', 'worker/report.ts', 'worker/env.ts'],
  'worker/readers.ts': ['worker/ingest', 'worker/store', 'worker/work.ts', 'worker/wake.ts'],
  'worker/deliverers.ts': ['worker/tracks', 'worker/access', 'worker/store', 'worker/work.ts'],
  'worker/notifier.ts': ['worker/alarms', 'worker/access', 'worker/work.ts', 'worker/wake.ts'],
  'worker/follow.ts': [
    'worker/notifier.ts',
    'worker/readers.ts',
    'worker/deliverers.ts',
    'worker/alarms',
    'worker/ingest',
    'worker/work.ts',
    'worker/wake.ts',
    'worker/env.ts',
  ],
  'worker/tick.ts': [
    'worker/store',
    'worker/ingest',
    'worker/readers.ts',
    'worker/deliverers.ts',
    'worker/follow.ts',
    'worker/work.ts',
    'worker/env.ts',
  ],
  'worker/index.ts': [
    'worker/http',
    'worker/access',
    'worker/store',
    'worker/tick.ts',
    'worker/follow.ts',
    'worker/wake.ts',
    'worker/report.ts',
    'worker/env.ts',
    'worker/work.ts',
  ],
  'extension/console': ['shared'],
  'extension/protocol': ['shared'],
  'extension/cache': ['shared'],
  'extension/background': ['extension/cache', 'extension/console', 'extension/protocol', 'shared'],
  'extension/panel': ['extension/protocol', 'shared'],
  'extension/alerts': ['extension/panel', 'extension/protocol', 'shared'],
  'extension/entrypoints': [
    'extension/alerts',
    'extension/cache',
    'extension/background',
    'extension/console',
    'extension/panel',
    'extension/protocol',
    'shared',
  ],
  'worker/cli': ['shared', 'test/support/cloud', 'test/support/company'],
  'test/support/cloud': ['shared', 'test/support/company'],
  'test/support/company': ['shared'],
};

const PLACES = Object.keys(MAY_IMPORT).toSorted((one, other) => other.length - one.length);

function placeOf(path: string): string | undefined {
  return PLACES.find((place) => path === place || path.startsWith(`${place}/`));
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => /\.(ts|tsx|mjs)$/.test(path) && !path.endsWith('.d.ts'));
}

function importsOf(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, target]) =>
    normalize(join(dirname(path), target ?? '')),
  );
}

const files = [
  ...sources('shared'),
  ...sources('worker'),
  ...sources('extension'),
  ...sources('test/support/cloud'),
  ...sources('test/support/company'),
];

test('imports go one way', () => {
  const wrong = files.flatMap((path) => {
    const place = placeOf(path) ?? path;
    return importsOf(path)
      .filter((target) => {
        const other = placeOf(target) ?? target;
        return other !== place && !MAY_IMPORT[place]?.includes(other);
      })
      .map((target) => `${path} → ${target}`);
  });
  expect(wrong).toEqual([]);
});

test('every source file of the Worker and the shared code has a place', () => {
  expect(files.filter((path) => placeOf(path) === undefined)).toEqual([]);
});

test('SQL is written in worker/store only', () => {
  const sql = /\b(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|\.prepare\()\b/s;
  const wrong = files.filter(
    (path) => !path.startsWith('worker/store/') && sql.test(readFileSync(path, 'utf8')),
  );
  expect(wrong).toEqual([]);
});

test('shared code has no clock, no randomness and no way out', () => {
  const impure = /\b(Date\.now\(|new Date\(\)|Math\.random\(|fetch\(|process\.|globalThis\b|setTimeout\()/;
  const wrong = sources('shared').filter((path) => impure.test(readFileSync(path, 'utf8')));
  expect(wrong).toEqual([]);
});
