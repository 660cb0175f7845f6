import type { Reporter, TestModule } from 'vitest/node';

/**
 * Prints one plain last line, `N passed, N failed`, for whoever reads the output by machine. A file that could not
 * be collected and an error outside of any test count as failed: neither may look like fewer tests.
 */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0;
    let failed = errors.length;
    for (const module of modules) {
      failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed += 1;
        if (state === 'failed') failed += 1;
      }
    }
    process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  }
}
