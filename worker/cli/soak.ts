import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { readArguments } from './lib/arguments.ts';
import { Fault, runCommand } from './lib/fault.ts';
import { ROOT, resolveTyped } from './lib/places.ts';
import { runVitest } from './lib/run-vitest.ts';

const USAGE = `npm run soak -- [PART OF A FILE NAME…]

Runs the tests that know a full size at that size, and prints what came of each as JSON.

  --json FILE   write the JSON there
`;

const HOUR = 3_600_000;

/** The part of vitest's own JSON that is passed on. */
const Report = v.object({
  numPassedTests: v.number(),
  numFailedTests: v.number(),
  success: v.boolean(),
  testResults: v.array(
    v.object({
      name: v.string(),
      message: v.optional(v.string()),
      assertionResults: v.array(
        v.object({
          fullName: v.string(),
          status: v.string(),
          duration: v.nullish(v.number()),
          failureMessages: v.nullish(v.array(v.string())),
        }),
      ),
    }),
  ),
});

// The tests that know a full size (they import test/support/size.ts) at that size; JSON on standard output,
// or in the file that --json names, and vitest's own account of it on standard error.
await runCommand(async () => {
  const { values, positionals } = readArguments({
    allowPositionals: true,
    options: { json: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const files = globSync('test/**/*.test.ts', { cwd: ROOT }).filter(
    (path) =>
      /from '[^']*\/support\/size\.ts'/.test(readFileSync(join(ROOT, path), 'utf8')) &&
      (positionals.length === 0 || positionals.some((part) => path.includes(part))),
  );
  if (files.length === 0) throw new Fault('No such test has a full size.');
  const report = await soak(files);
  const text = `${JSON.stringify(report, undefined, 2)}\n`;
  if (values.json === undefined) process.stdout.write(text);
  else writeFileSync(resolveTyped(values.json), text);
  return report.ok ? 0 : 1;
});

async function soak(files: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'sidetrail-soak-'));
  const json = join(folder, 'report.json');
  const started = performance.now();
  try {
    const options = [
      `--testTimeout=${HOUR}`,
      `--hookTimeout=${HOUR}`,
      '--reporter=default',
      '--reporter=json',
    ];
    const code = await runVitest([...options, `--outputFile.json=${json}`, ...files], {
      env: { SIDETRAIL_SOAK: '1' },
      output: 'stderr',
    });
    const { numPassedTests, numFailedTests, success, testResults } = v.parse(
      v.pipe(v.string(), v.parseJson(), Report),
      readFileSync(json, 'utf8'),
    );
    return {
      ok: success && code === 0,
      passed: numPassedTests,
      failed: numFailedTests,
      seconds: Math.round((performance.now() - started) / 100) / 10,
      tests: testResults.flatMap(({ name, assertionResults }) =>
        assertionResults.map(({ fullName, status: state, duration, failureMessages }) => ({
          file: name.startsWith(ROOT) ? name.slice(ROOT.length) : name,
          test: fullName,
          state,
          seconds: Math.round(duration ?? 0) / 1000,
          ...(failureMessages?.length ? { errors: failureMessages } : {}),
        })),
      ),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
