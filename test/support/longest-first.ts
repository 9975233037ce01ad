/** The order of test files: those that take long begin first, so that nobody waits for one of them at the end. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take a minute or more, the longest first. */
const LONG = ['zerg-lesson-elsewhere', 'lesson-trial', 'galaxy-lesson', 'host-contract', 'going-back-zerg', 'galaxy-host'];

/** Puts the long ones before all others, which stay in vitest's own order. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const others = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification): number => {
      const found = LONG.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return found < 0 ? LONG.length : found;
    };
    return others.sort((one, other) => rank(one) - rank(other));
  }
}
