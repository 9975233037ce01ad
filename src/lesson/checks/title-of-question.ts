/** Titles for checks whose author gave none: the question as a short statement that is true when the check passes. */
import type { Question, Timing } from '../../model/check.ts';
import { cut, joined, patternText } from './statement-parts.ts';
import { systemStatement } from './system-statements.ts';

type Ask<K extends Question['kind']> = Extract<Question, { readonly kind: K }>;

/**
 * The statement that a check makes, without a full stop, e.g. `/srv/galaxy/var is a directory owned by galaxy`.
 * @param question what is asked.
 * @param timing when it must hold.
 */
export function titleOfQuestion(question: Question, timing: Timing = {}): string {
  if (timing.never) return `it never happens that ${statement(question)}`;
  const stable = timing.stableForMs === undefined ? '' : `, for ${durationText(timing.stableForMs)} without a break`;
  const once = timing.once ? ' at some moment' : '';
  return statement(question) + stable + once;
}

/**
 * A duration as people write it: `200 ms`, `3 s`, `2 min`.
 * @param ms milliseconds.
 */
function durationText(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  if (ms % 3_600_000 === 0) return `${ms / 3_600_000} h`;
  return ms % 60_000 === 0 ? `${ms / 60_000} min` : `${ms / 1000} s`;
}

function statement(question: Question): string {
  switch (question.kind) {
    case 'file':
      return fileStatement(question);
    case 'ini':
      return iniStatement(question);
    case 'json':
    case 'yaml':
      return dataStatement(question);
    case 'process':
      return processStatement(question);
    case 'port':
      return `${question.absent ? 'nothing' : 'something'} listens on ${question.address === undefined ? 'port ' : `${question.address}:`}${question.port}`;
    case 'socket':
      return `${question.absent ? 'nothing' : 'something'} listens on ${question.path}`;
    case 'http':
      return httpStatement(question);
    case 'supervisor':
      return supervisorStatement(question);
    case 'service':
    case 'package':
    case 'user':
    case 'group':
      return systemStatement(question);
    case 'command':
      return commandStatement(question);
    case 'script':
      return `${question.name} is satisfied`;
    case 'uwsgi':
      return uwsgiStatement(question);
    case 'monitor':
      return monitorStatement(question);
    case 'answer':
      return question.ask;
    case 'all':
      return joined(question.of.map(statement), 'and');
    case 'any':
      return joined(question.of.map(statement), 'or');
    case 'not':
      return notStatement(question.of);
  }
}

const TYPE_NAMES: Readonly<Record<NonNullable<Ask<'file'>['type']>, string>> = {
  file: 'a file',
  directory: 'a directory',
  fifo: 'a FIFO',
  socket: 'a socket',
  symlink: 'a symbolic link',
  device: 'a device',
};

function fileStatement(question: Ask<'file'>): string {
  if (question.absent) return `${question.path} does not exist`;
  const type = question.type === undefined ? '' : TYPE_NAMES[question.type];
  const facts = [
    ownerFact(question),
    question.mode === undefined ? '' : `with mode ${question.mode}`,
    question.target === undefined ? '' : `pointing to ${question.target}`,
    sizeFact(question),
    question.contains === undefined ? '' : `that contains ${joined(question.contains.map(patternText), 'and')}`,
    question.lacks === undefined ? '' : `without ${joined(question.lacks.map(patternText), 'and')}`,
  ].filter((fact) => fact !== '');
  if (type === '' && facts.length === 0) return `${question.path} exists`;
  return [`${question.path} is`, type === '' ? 'there,' : type, ...facts].join(' ');
}

function ownerFact({ owner, group }: Ask<'file'>): string {
  if (owner === undefined) return group === undefined ? '' : `of group ${group}`;
  return `owned by ${owner}${group === undefined ? '' : `:${group}`}`;
}

function sizeFact({ minSize, maxSize }: Ask<'file'>): string {
  if (minSize === undefined) return maxSize === undefined ? '' : `of at most ${maxSize} bytes`;
  return maxSize === undefined ? `of at least ${minSize} bytes` : `of ${minSize} to ${maxSize} bytes`;
}

function iniStatement(question: Ask<'ini'>): string {
  const name = baseName(question.path);
  const has = Object.entries(question.has ?? {}).map(([section, keys]) => {
    const settings = Object.entries(keys).map(([key, values]) => `${key} = ${values.map(patternText).join(', ')}`);
    return settings.length === 0 ? `[${section}]` : `[${section}] with ${limited(settings)}`;
  });
  const lacks = (question.lacks ?? []).map(({ section, key }) => (key === undefined ? `[${section}]` : `${key} in [${section}]`));
  const parts = [has.length === 0 ? '' : `has ${limited(has)}`, lacks.length === 0 ? '' : `has no ${limited(lacks, 'or')}`];
  return `${name} ${parts.filter((part) => part !== '').join(' and ')}`;
}

function dataStatement(question: Ask<'json' | 'yaml'>): string {
  const has = Object.entries(question.has ?? {}).map(([path, values]) => `${path} = ${values.map(patternText).join(', ')}`);
  const lacks = question.lacks ?? [];
  const parts = [has.length === 0 ? '' : `has ${limited(has)}`, lacks.length === 0 ? '' : `has no ${limited(lacks, 'or')}`];
  return `${baseName(question.path)} ${parts.filter((part) => part !== '').join(' and ')}`;
}

function processStatement({ match, user, absent, min, max }: Ask<'process'>): string {
  const of = user === undefined ? '' : ` of user ${user}`;
  const what = patternText(match);
  if (absent || max === 0) return `no process${of} matches ${what}`;
  if (min !== undefined && min === max) return `${processes(min, of, what)}`;
  if (max !== undefined)
    return min === undefined ? `at most ${processes(max, of, what)}` : `${min} to ${processes(max, of, what)}`;
  return min === undefined || min === 1 ? `a process${of} matches ${what}` : `at least ${processes(min, of, what)}`;
}

function processes(count: number, of: string, what: string): string {
  return count === 1 ? `1 process${of} matches ${what}` : `${count} processes${of} match ${what}`;
}

function httpStatement({ url, status, body, headers }: Ask<'http'>): string {
  const parts = [
    status === undefined ? '' : String(status),
    body === undefined ? '' : joined(body.map(patternText), 'and'),
    headers === undefined ? '' : limited(Object.entries(headers).map(([name, value]) => `${name}: ${patternText(value)}`)),
  ].filter((part) => part !== '');
  return parts.length === 0 ? `${url} answers` : `${url} answers with ${joined(parts, 'and')}`;
}

function supervisorStatement({ program, state, minUptimeMs }: Ask<'supervisor'>): string {
  const since = minUptimeMs === undefined ? '' : ` and has run for ${durationText(minUptimeMs)}`;
  const absent = state.length === 1 && state[0] === 'ABSENT';
  return absent ? `supervisord does not know ${program}` : `${program} is ${joined(state, 'or')}${since}`;
}

function commandStatement({ run, exit, stdout, stderr }: Ask<'command'>): string {
  const name = `\`${cut(run)}\``;
  const parts = [
    exit === undefined || exit === 0 ? '' : `ends with exit code ${exit}`,
    stdout === undefined ? '' : `prints ${joined(stdout.map(patternText), 'and')}`,
    stderr === undefined ? '' : `reports ${joined(stderr.map(patternText), 'and')}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? `${name} succeeds` : `${name} ${joined(parts, 'and')}`;
}

function uwsgiStatement({ stats, version, minWorkers, accepting }: Ask<'uwsgi'>): string {
  const parts = [
    version === undefined ? '' : `version ${patternText(version)}`,
    minWorkers === undefined ? '' : `at least ${minWorkers} worker${minWorkers === 1 ? '' : 's'}`,
    accepting === undefined ? '' : accepting ? 'a worker that takes requests' : 'no worker that takes requests',
  ].filter((part) => part !== '');
  return parts.length === 0 ? `uWSGI reports on ${stats}` : `uWSGI on ${stats} reports ${joined(parts, 'and')}`;
}

function monitorStatement({ minServed, maxFailed }: Ask<'monitor'>): string {
  const failed = maxFailed === 0 ? 'no request fails' : `at most ${maxFailed} request${maxFailed === 1 ? ' fails' : 's fail'}`;
  if (minServed === 0) return failed;
  return `at least ${minServed} request${minServed === 1 ? ' is' : 's are'} served and ${failed}`;
}

function notStatement(question: Question): string {
  return `it is not so that ${statement(question)}`;
}

function limited(parts: readonly string[], word: 'and' | 'or' = 'and'): string {
  return parts.length <= 3 ? joined(parts, word) : `${parts.slice(0, 2).join(', ')} ${word} ${parts.length - 2} more`;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1) || path;
}
