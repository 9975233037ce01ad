/** `file`: what is at a path. Asked by `stat`, so a FIFO is never opened; only a regular file's text is read. */
import {
  contentFact,
  contentLimit,
  type PathFacts,
  type PathStat,
  type PathType,
  pathFact,
  readPath,
  troubleReading,
} from '../../checks/facts/path.ts';
import { type Answer, fail, type Judgement, type LeafKind, pass, type QuestionOf, trouble } from '../../checks/kind.ts';
import { foundIn, oneLine, showPattern } from '../../checks/pattern.ts';

type FileQuestion = QuestionOf<'file'>;

/** What each type is called in a sentence. */
export const typeNames: Readonly<Record<PathType, string>> = {
  file: 'a regular file',
  directory: 'a directory',
  fifo: 'a FIFO',
  socket: 'a socket',
  symlink: 'a symbolic link',
  device: 'a device',
};

/** Links are followed unless the question is about the link itself. */
export const file: LeafKind<FileQuestion> = {
  facts: (question) => (wantsText(question) ? [pathFact(question.path), contentFact(question.path)] : [pathFact(question.path)]),
  judge(question, [path, content]) {
    if (!path) return trouble('answer-lost', 'The host’s answer was lost.');
    const facts = readPath(path, question.path);
    if (facts.status === 'untold') return facts.judgement;
    if (question.absent) return judgeAbsent(question.path, facts);
    const stat = statToJudge(question, facts);
    if (stat === null) return missing(question, facts);
    return (
      judgeType(question, stat) ??
      judgeOwner(question, stat) ??
      judgeMode(question, stat) ??
      judgeSize(question, stat) ??
      judgeTarget(question, facts) ??
      (content ? judgeText(question, stat, content) : pass)
    );
  },
  describe(question) {
    if (question.absent) return `there is nothing at ${question.path}`;
    const what = question.type === undefined ? 'is there' : `is ${typeNames[question.type]}`;
    const whose = question.owner === undefined ? '' : ` of ${question.owner}`;
    return `${question.path} ${what}${whose}`;
  },
};

function wantsText(question: FileQuestion): boolean {
  return !question.absent && (question.contains !== undefined || question.lacks !== undefined);
}

function judgeAbsent(path: string, facts: PathFacts): Judgement {
  if (facts.status !== 'there') return pass;
  const actual = typeNames[facts.own.type];
  return fail('file-present', 'nothing', actual, `${path} should not be there, but there is ${actual}.`);
}

function statToJudge(question: FileQuestion, facts: PathFacts): PathStat | null {
  if (facts.status !== 'there') return null;
  return question.type === 'symlink' || question.target !== undefined ? facts.own : facts.final;
}

function missing(question: FileQuestion, facts: PathFacts): Judgement {
  const expected = question.type === undefined ? 'something' : typeNames[question.type];
  if (facts.status === 'there') {
    const actual = `a link to ${oneLine(facts.target ?? '')}, which is not there`;
    return fail('file-missing', expected, actual, `${question.path} is ${actual}.`);
  }
  return fail('file-missing', expected, 'nothing', `${question.path} is not there yet.`);
}

function judgeType({ path, type }: FileQuestion, stat: PathStat): Judgement | null {
  if (type === undefined || stat.type === type) return null;
  const actual = typeNames[stat.type];
  return fail(`not-a-${type}`, typeNames[type], actual, `${path} should be ${typeNames[type]}, but it is ${actual}.`);
}

function judgeOwner({ path, owner, group }: FileQuestion, stat: PathStat): Judgement | null {
  if (owner !== undefined && owner !== stat.owner && owner !== stat.uid)
    return fail('wrong-owner', owner, stat.owner, `${path} should belong to ${owner}, but it belongs to ${stat.owner}.`);
  if (group !== undefined && group !== stat.group && group !== stat.gid)
    return fail('wrong-group', group, stat.group, `${path} should belong to the group ${group}, but its group is ${stat.group}.`);
  return null;
}

function judgeMode({ path, mode }: FileQuestion, stat: PathStat): Judgement | null {
  if (mode === undefined) return null;
  const expected = octal(Number.parseInt(mode, 8));
  const actual = octal(stat.mode);
  if (expected === actual) return null;
  return fail('wrong-mode', expected, actual, `${path} should have mode ${expected}, but it has ${actual}.`);
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

function judgeSize({ path, minSize, maxSize }: FileQuestion, stat: PathStat): Judgement | null {
  if (minSize !== undefined && stat.size < minSize) {
    const is = stat.size === 0 ? 'is empty' : `has ${bytes(stat.size)}`;
    return fail(
      'too-small',
      `at least ${bytes(minSize)}`,
      bytes(stat.size),
      `${path} ${is}, but should have at least ${bytes(minSize)}.`,
    );
  }
  if (maxSize !== undefined && stat.size > maxSize)
    return fail(
      'too-big',
      `at most ${bytes(maxSize)}`,
      bytes(stat.size),
      `${path} has ${bytes(stat.size)}, but may have at most ${bytes(maxSize)}.`,
    );
  return null;
}

function bytes(count: number): string {
  return count === 1 ? '1 byte' : `${count} bytes`;
}

function judgeTarget({ path, target }: FileQuestion, facts: PathFacts): Judgement | null {
  if (target === undefined || facts.status !== 'there') return null;
  if (facts.target === undefined) {
    const actual = typeNames[facts.own.type];
    return fail('not-a-symlink', `a link to ${target}`, actual, `${path} should be a link to ${target}, but it is ${actual}.`);
  }
  if (facts.target === target) return null;
  const actual = oneLine(facts.target);
  return fail('wrong-target', target, actual, `${path} should point to ${target}, but it points to ${actual}.`);
}

function judgeText(question: FileQuestion, stat: PathStat, content: Answer): Judgement {
  const { path, contains = [], lacks = [] } = question;
  if (stat.type !== 'file')
    return fail(
      'not-a-file',
      typeNames.file,
      typeNames[stat.type],
      `${path} should be a regular file, but it is ${typeNames[stat.type]}.`,
    );
  if (content.code !== 0) return troubleReading(content, path, 'head');
  const text = content.stdout.toString('utf8');
  const unwanted = lacks.find((pattern) => foundIn(pattern, text));
  if (unwanted) {
    const shown = showPattern(unwanted);
    return fail('unwanted-text', `no ${shown}`, shown, `${path} should not contain ${shown}, but it does.`);
  }
  const lacking = contains.find((pattern) => !foundIn(pattern, text));
  if (content.truncated && (lacking || lacks.length > 0))
    return trouble(
      'too-much',
      `${path} is longer than ${contentLimit / 1024} KiB; only its beginning was read, which does not settle it.`,
    );
  if (!lacking) return pass;
  const shown = showPattern(lacking);
  return fail(
    'text-missing',
    shown,
    stat.size === 0 ? 'an empty file' : 'other text',
    `${path} should contain ${shown}, but it does not.`,
  );
}
