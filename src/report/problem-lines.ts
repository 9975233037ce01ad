/** What is wrong with a lesson, for people, for programs, and as annotations of a CI run. Pure. */
import { describePlace, type Problem } from '../model/problem.ts';

/** How problems can be written. */
export const problemFormats = ['text', 'json', 'github'] as const;

/** One of them. */
export type ProblemFormat = (typeof problemFormats)[number];

/**
 * The problems written down.
 * @param problems in the order to tell them.
 * @param format how.
 */
export function problemText(problems: readonly Problem[], format: ProblemFormat): string {
  switch (format) {
    case 'json':
      return JSON.stringify(problems, null, 2);
    case 'github':
      return problems.map(githubLine).join('\n');
    default:
      return problems.map(textLine).join('\n');
  }
}

function textLine({ place, severity, rule, message, suggestion }: Problem): string {
  return `${describePlace(place)}: ${severity} ${rule}: ${message}${suggestion === undefined ? '' : ` ${suggestion}`}`;
}

/** A workflow command: https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
function githubLine({ place, severity, rule, message, suggestion }: Problem): string {
  const { file, line, column } = place;
  const properties = `file=${property(file)},line=${line},col=${column},title=${property(rule)}`;
  return `::${severity} ${properties}::${data(suggestion === undefined ? message : `${message} ${suggestion}`)}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
