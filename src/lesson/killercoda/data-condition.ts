/** `json` and `yaml` checks as a condition of a shell script: python3 reads the file. Pure. */
import type { Question } from '../../model/check.ts';
import { readDataPath } from '../../model/data-path.ts';
import { quote } from './shell-text.ts';

/**
 * The condition.
 * @param question what is asked.
 */
export function dataCondition({ kind, path, has = {}, lacks = [] }: Extract<Question, { kind: 'json' | 'yaml' }>): string {
  const steps = (each: string) => readDataPath(each) ?? [];
  const question = { has: Object.entries(has).map(([key, patterns]) => [steps(key), patterns]), lacks: lacks.map(steps) };
  return `data_holds ${kind} ${quote(path)} ${quote(JSON.stringify(question))}`;
}
