/**
 * Questions as conditions of a shell script, for scenarios whose player knows scripts only. What a shell cannot say is
 * null, and its author is told. Every value goes in quoted. Pure.
 */
import type { Pattern, Question } from '../../model/check.ts';
import { dataCondition } from './data-condition.ts';
import { found, quote } from './shell-text.ts';
import { systemCondition } from './system-conditions.ts';

type Ask<K extends Question['kind']> = Extract<Question, { readonly kind: K }>;

/**
 * A condition that holds where the question's answer is yes; null where a shell cannot say it.
 * @param question what is asked.
 */
export function conditionOf(question: Question): string | null {
  switch (question.kind) {
    case 'file':
      return fileCondition(question);
    case 'ini':
      return iniCondition(question);
    case 'json':
    case 'yaml':
      return dataCondition(question);
    case 'process':
      return processCondition(question);
    case 'port':
      return portCondition(question);
    case 'socket':
      return negate(`ss -Hlx | awk '{ print $5 }' | grep -qxF -- ${quote(question.path)}`, question.absent);
    case 'http':
      return httpCondition(question);
    case 'supervisor':
      return supervisorCondition(question);
    case 'service':
    case 'package':
    case 'user':
    case 'group':
      return systemCondition(question);
    case 'command':
      return commandCondition(question);
    case 'script':
      return `( cd; f=$(mktemp); printf '%s\\n' ${quote(question.source.trimEnd())} >"$f"; bash "$f"; x=$?; rm -f "$f"; exit "$x" )`;
    case 'all':
    case 'any':
      return joined(question.of.map(conditionOf), question.kind === 'all' ? ' && ' : ' || ');
    case 'not': {
      const inner = conditionOf(question.of);
      return inner === null ? null : `! ${inner}`;
    }
    default:
      // A stats socket's JSON and a monitor's counts are beyond a shell.
      return null;
  }
}

function joined(parts: readonly (string | null)[], operator: string): string | null {
  return parts.includes(null) ? null : `{ ${parts.join(operator)}; }`;
}

function negate(condition: string, absent: boolean | undefined): string {
  return absent ? `! { ${condition}; }` : `{ ${condition}; }`;
}

const TYPE_TESTS = { file: '-f', directory: '-d', fifo: '-p', socket: '-S', symlink: '-L' } as const;

function fileCondition(question: Ask<'file'>): string {
  const path = quote(question.path);
  if (question.absent) return `{ [ ! -e ${path} ] && [ ! -L ${path} ]; }`;
  const { type, owner, group, mode, target, minSize, maxSize, contains = [], lacks = [] } = question;
  const is = (format: string, wanted: string) => `[ "$(stat -c ${format} -- ${path})" = ${quote(wanted)} ]`;
  const tests = [
    type === undefined ? `{ [ -e ${path} ] || [ -L ${path} ]; }` : typeTest(type, path),
    owner === undefined ? '' : is('%U', owner),
    group === undefined ? '' : is('%G', group),
    mode === undefined ? '' : is('%a', mode.replace(/^0+(?=\d)/, '')),
    target === undefined ? '' : `[ "$(readlink -- ${path})" = ${quote(target)} ]`,
    minSize === undefined ? '' : `[ "$(stat -c %s -- ${path})" -ge ${minSize} ]`,
    maxSize === undefined ? '' : `[ "$(stat -c %s -- ${path})" -le ${maxSize} ]`,
    // A FIFO must not be opened.
    contains.length + lacks.length === 0 ? '' : `[ -f ${path} ]`,
    ...contains.map((pattern) => `${found(pattern)} <${path}`),
    ...lacks.map((pattern) => `! ${found(pattern)} <${path}`),
  ];
  return `{ ${tests.filter((each) => each !== '').join(' && ')}; }`;
}

function typeTest(type: NonNullable<Ask<'file'>['type']>, path: string): string {
  return type === 'device' ? `{ [ -b ${path} ] || [ -c ${path} ]; }` : `[ ${TYPE_TESTS[type]} ${path} ]`;
}

function iniCondition({ path, has = {}, lacks = [] }: Ask<'ini'>): string {
  const file = quote(path);
  const tests = Object.entries(has).flatMap(([section, keys]) => [
    `ini_section ${file} ${quote(section)}`,
    ...Object.entries(keys).map(([key, values]) => valuesTest(`ini_values ${file} ${quote(section)} ${quote(key)}`, values)),
  ]);
  const missing = lacks.map(({ section, key }) =>
    key === undefined
      ? `! ini_section ${file} ${quote(section)}`
      : `[ -z "$(ini_values ${file} ${quote(section)} ${quote(key)})" ]`,
  );
  return `{ ${[`[ -f ${file} ]`, ...tests, ...missing].join(' && ')}; }`;
}

/** One value: the last one counts; several: these, in this order, and no others. */
function valuesTest(values: string, wanted: readonly Pattern[]): string {
  const count = wanted.length > 1 ? [`[ "$(${values} | wc -l)" -eq ${wanted.length} ]`] : [];
  const each = wanted.map((pattern, index) => {
    const one = wanted.length > 1 ? `${values} | sed -n ${index + 1}p` : `${values} | tail -n 1`;
    return 'text' in pattern ? `[ "$(${one})" = ${quote(pattern.text.trim())} ]` : `${one} | ${found(pattern)}`;
  });
  return [...count, ...each].join(' && ');
}

function processCondition({ match, user, absent, min, max }: Ask<'process'>): string {
  const regex = 'text' in match ? match.text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : match.regex;
  const ignore = 'flags' in match && match.flags.includes('i') ? 'i' : '';
  const count = `$(pgrep -fc${ignore} ${user === undefined ? '' : `-u ${quote(user)} `}-- ${quote(regex)})`;
  if (absent) return `[ "${count}" -eq 0 ]`;
  const upper = max === undefined ? '' : ` && [ "${count}" -le ${max} ]`;
  return `{ [ "${count}" -ge ${min ?? (max === undefined ? 1 : 0)} ]${upper}; }`;
}

function portCondition({ port, address, absent }: Ask<'port'>): string {
  const filter = `ss -Hltn 'sport = :${port}' | awk '{ print $4 }'`;
  const match = address === undefined ? 'grep -q .' : `grep -qF -- ${quote(`${address}:${port}`)}`;
  return negate(`${filter} | ${match}`, absent);
}

function httpCondition({ url, status, body = [], headers = {} }: Ask<'http'>): string {
  const fetch = `curl -s -m 5 ${quote(url)}`;
  const tests = [
    status === undefined ? `${fetch} -o /dev/null` : `[ "$(${fetch} -o /dev/null -w '%{http_code}')" = ${status} ]`,
    ...body.map((pattern) => `${fetch} | ${found(pattern)}`),
    ...Object.entries(headers).map(
      ([name, pattern]) => `${fetch} -o /dev/null -D - | tr -d '\\r' | grep -i ${quote(`^${name}:`)} | ${found(pattern)}`,
    ),
  ];
  return `{ ${tests.join(' && ')}; }`;
}

function supervisorCondition({ program, state, minUptimeMs }: Ask<'supervisor'>): string | null {
  if (minUptimeMs !== undefined) return null;
  const is = `$(supervisorctl status ${quote(program)} 2>/dev/null | awk 'NR == 1 { print /no such/ ? "ABSENT" : $2 }')`;
  return `printf '%s\\n' "${is}" | grep -qxE ${quote(state.join('|'))}`;
}

function commandCondition({ run, exit, stdout = [], stderr = [] }: Ask<'command'>): string {
  const shell = `sh -c ${quote(run)}`;
  const code = exit === undefined ? [] : [`{ ${shell} >/dev/null 2>&1; [ $? -eq ${exit} ]; }`];
  const tests = [
    ...code,
    ...stdout.map((pattern) => `${shell} 2>/dev/null | ${found(pattern)}`),
    ...stderr.map((pattern) => `${shell} 2>&1 >/dev/null | ${found(pattern)}`),
  ];
  return `{ ${tests.length === 0 ? `${shell} >/dev/null 2>&1` : tests.join(' && ')}; }`;
}
