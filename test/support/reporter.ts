/**
 * Writes down what a vitest run came to, for scripts/test.mjs: how many passed and failed, which were skipped and why.
 * Where to is said by LOCKSTEP_TEST_REPORT; without it nothing is written.
 */
import { writeFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

interface Named {
  readonly name: string;
  readonly reason: string;
}

/** vitest loads reporters by their default export. */
export default class TotalsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly { readonly message?: string }[]): void {
    const path = process.env['LOCKSTEP_TEST_REPORT'];
    if (path === undefined) return;
    const files = modules.map(resultsOf);
    const stray = unhandled.map((error) => ({ name: 'unhandled error', reason: error.message ?? 'unknown' }));
    writeFileSync(path, JSON.stringify({ files, stray }));
  }
}

/** What one file came to. */
function resultsOf(module: TestModule) {
  const tests = [...module.children.allTests()];
  return {
    file: module.relativeModuleId,
    passed: tests.filter((test) => test.result().state === 'passed').length,
    failures: [...tests.flatMap(failedTest), ...brokenModule(module)],
    skipped: tests.flatMap(skippedTest),
  };
}

/** A file that could not be loaded, or whose hooks failed, has no failed test to show for it. */
function brokenModule(module: TestModule): Named[] {
  const suites = [module, ...module.children.allSuites()];
  return suites.flatMap((suite) =>
    suite.errors().map((error) => ({
      name: suite.type === 'module' ? suite.relativeModuleId : `${module.relativeModuleId}: ${suite.fullName}`,
      reason: error.message,
    })),
  );
}

function failedTest(test: TestCase): Named[] {
  const result = test.result();
  return result.state === 'failed' ? [{ name: nameOf(test), reason: result.errors[0]?.message ?? 'failed' }] : [];
}

function skippedTest(test: TestCase): Named[] {
  const result = test.result();
  // A test whose suite broke before it could run is neither: the suite's own failure is counted.
  if (result.state === 'pending') return [{ name: nameOf(test), reason: 'did not come to run' }];
  return result.state === 'skipped' ? [{ name: nameOf(test), reason: result.note ?? 'gives no reason' }] : [];
}

function nameOf(test: TestCase): string {
  return `${test.module.relativeModuleId}: ${test.fullName}`;
}
