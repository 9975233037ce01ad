/**
 * `lockstep test` as authors run it: our own lessons pass, with every wrong answer found out for its own reason; and
 * lessons that are spoilt on purpose do not pass, each for what was spoilt. Most of the time a trial waits for services:
 * our own lessons are tried beside everything else.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readLesson } from '../../src/lesson/lesson.ts';
import type { TestCase } from '../../src/report/test-case.ts';
import { runProgram, runProgramBeside } from '../support/test-state.ts';

const ownLessons = ['tour', 'uwsgi-zerg-mode'];
let folder = '';
let ours: readonly Promise<Tried>[] = [];
beforeAll(() => {
  ours = ownLessons.map((name) => tryLessons('--wrong', name));
  folder = mkdtempSync('/var/tmp/lockstep-test-author-');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What `lockstep test` told. */
interface Tried {
  readonly code: number;
  readonly cases: readonly TestCase[];
}

async function tryLessons(...args: readonly string[]): Promise<Tried> {
  const { code, out, err } = await runProgramBeside(['test', '--format', 'json', ...args]);
  if (!out.startsWith('{')) throw new Error(`lockstep test ${args.join(' ')} ended with ${code}: ${out}${err}`);
  const { cases } = JSON.parse(out) as { readonly cases: readonly TestCase[] };
  return { code, cases };
}

const described = (cases: readonly TestCase[], status: TestCase['status']): readonly string[] =>
  cases
    .filter((each) => each.status === status)
    .map(({ section, mode, name, sentence }) => `${section} ${mode} ${name}: ${sentence}`);

/** A lesson on the bare host; each section is a block and what lesson.yaml says of it. */
function lessonOf(
  name: string,
  sections: readonly { readonly block: string; readonly sheet: readonly string[] }[],
  wrong: Readonly<Record<string, string>> = {},
): string {
  const dir = join(folder, name);
  mkdirSync(join(dir, 'wrong'), { recursive: true });
  const text = sections.map(({ block }, index) => `## Part ${index + 1}\n\n\`\`\`console\n${block}\n\`\`\`\n`);
  writeFileSync(join(dir, 'lesson.md'), `# ${name}\n\n${text.join('\n')}`);
  const sheets = sections.map(({ sheet }, index) => [`  part-${index + 1}:`, ...sheet.map((line) => `    ${line}`)].join('\n'));
  writeFileSync(join(dir, 'lesson.yaml'), `version: 1\nhost: bare\nsections:\n${sheets.join('\n')}\n`);
  for (const [file, script] of Object.entries(wrong)) writeFileSync(join(dir, 'wrong', file), script);
  return dir;
}

const made = (path: string): readonly string[] => ['checks:', `  - { file: ${path}, title: it is there, hint: make it }`];

describe('a spoilt lesson does not pass:', () => {
  test('a check that holds before anything was done is not discriminating', async () => {
    const dir = lessonOf('untouched', [
      { block: 'touch ~/a', sheet: [...made('/home/ubuntu/a'), '  - { file: /etc/passwd, title: it was there }'] },
    ]);
    const { code, cases } = await tryLessons(dir);
    expect(code).toBe(1);
    expect(described(cases, 'failed')).toEqual([
      expect.stringMatching(/^part-1 whole fails before: it was there: .*not discriminating/),
    ]);
  });

  test('blocks that do not do what the checks ask for, and what comes after is not tried', async () => {
    const dir = lessonOf('undone', [
      { block: 'touch ~/b', sheet: made('/home/ubuntu/a') },
      { block: 'touch ~/c', sheet: made('/home/ubuntu/c') },
    ]);
    const { code, cases } = await tryLessons('--settle', '6s', dir);
    expect(code).toBe(1);
    expect(described(cases, 'failed')).toEqual([
      expect.stringMatching(
        /^part-1 whole passes after: it is there: Still so 6\.0 s after the last block: \/home\/ubuntu\/a is not there/,
      ),
      expect.stringMatching(
        /^part-1 whole the section is done by what it says: Part 1 is not done 6 s after its last block: it is/,
      ),
    ]);
    expect(described(cases, 'skipped')).toEqual([expect.stringMatching(/^part-2 whole .*"Part 1" was not done/)]);
  });

  test('a block that fails', async () => {
    const dir = lessonOf('failing', [{ block: 'touch /etc/a', sheet: made('/etc/a') }]);
    const { cases } = await tryLessons(dir);
    expect(described(cases, 'failed')[0]).toMatch(/runs `touch \/etc\/a`: .*exit code 1/);
  });

  test('a section that needs what only the shell of the one before it has, when it is tried alone', async () => {
    const dir = lessonOf('together', [
      { block: 'export GREETING=hello; touch ~/a', sheet: made('/home/ubuntu/a') },
      {
        block: 'echo "$GREETING" > ~/b',
        sheet: ['checks:', '  - { file: /home/ubuntu/b, contains: hello, title: it greets, hint: h }'],
      },
    ]);
    const { cases } = await tryLessons('--isolated', '--budget', '3s', dir);
    const failed = described(cases, 'failed');
    expect(failed.filter((each) => each.includes(' whole '))).toEqual([]);
    expect(failed[0]).toMatch(/^part-2 alone passes after: it greets/);
  });

  test('wrong answers that are right, fail for another reason, or cannot be tried', async () => {
    const header = (reason: string, from = 'done'): string =>
      `# section: part-1\n# from: ${from}\n# check: it is there\n# reason: ${reason}\n`;
    const asked = '# section: part-1\n# check: Which is it?\n# answer: b\n# reason: wrong-answer\n';
    const sheet = [...made('/home/ubuntu/a'), '  - { answer: "Which is it?", choices: [a, b], right: a, hint: the first }'];
    const dir = lessonOf('wrong', [{ block: 'touch ~/a', sheet }], {
      '1-found.sh': `# Gone.\n${header('file-missing')}rm ~/a\n`,
      '2-other.sh': `# Gone.\n${header('wrong-owner')}rm ~/a\n`,
      '3-broken.sh': `# No such command.\n${header('file-missing')}rm ~/no-such-file\n`,
      '4-nothing.sh': `# Not begun, which is no mistake of its own.\n${header('file-missing', 'open')}touch ~/b\n`,
      '5-answer.sh': `# The other one.\n${asked}`,
      '6-right.sh': `# It is right.\n${asked.replace('answer: b', 'answer: a')}`,
    });
    const { code, cases } = await tryLessons('--wrong', '--budget', '3s', dir);
    expect(code).toBe(1);
    const wrong = cases.filter(({ phase }) => phase === 'wrong');
    expect(wrong.map(({ status }) => status)).toEqual(['passed', 'failed', 'failed', 'failed', 'passed', 'failed']);
    expect(wrong[3]?.sentence).toMatch(/Before the script it comes out just the same, so it proves nothing/);
    expect(wrong[5]?.sentence).toMatch(/Expected "Which is it\?" to fail with wrong-answer, but "Which is it\?" passes/);
    expect(wrong[1]?.sentence).toMatch(/Expected "it is there" to fail with wrong-owner, but .*\(file-missing\)/);
    expect(wrong[2]?.sentence).toMatch(/The script itself ended with 1: .*no-such-file/);
  });
});

test('a solution is typed where the blocks alone do not do; runs are numbered; nothing is left behind', async () => {
  const dir = lessonOf('solved', [{ block: 'nano ~/a', sheet: ['solution: "touch ~/a"', ...made('/home/ubuntu/a')] }]);
  const { code, cases } = await tryLessons('--repeat', '2', dir);
  expect(described(cases, 'failed')).toEqual([]);
  expect(code).toBe(0);
  expect([...new Set(cases.map(({ run }) => run))]).toEqual([1, 2]);
  expect(runProgram(['doctor']).code).toBe(0);
});

test('what a page that is only read prepares is there for the next one, also when that is tried alone', async () => {
  const dir = join(folder, 'prepared');
  mkdirSync(dir, { recursive: true });
  const write = (name: string, text: string): void => writeFileSync(join(dir, name), text);
  const steps = [{ title: 'End it', text: 'step.md', verify: 'verify.sh' }];
  write('index.json', JSON.stringify({ title: 'T', details: { intro: { text: 'intro.md', background: 'b.sh' }, steps } }));
  write('intro.md', 'Read.\n');
  write('b.sh', 'nohup sleep 86397 >/dev/null 2>&1 &\n');
  write('verify.sh', "! pgrep -f 'sleep 86397' >/dev/null\n");
  write('step.md', 'It runs.\n\n```\npkill -f "sleep 86397"; true\n```{{exec}}\n');
  const { code, cases } = await tryLessons('--isolated', dir);
  expect([...described(cases, 'failed'), ...described(cases, 'skipped')]).toEqual([]);
  expect(new Set(cases.map(({ mode }) => mode))).toEqual(new Set(['whole', 'alone']));
  expect(code).toBe(0);
});

describe('our own lessons', () => {
  let tried: Tried;
  beforeAll(async () => {
    const all = await Promise.all(ours);
    tried = { code: Math.max(...all.map(({ code }) => code)), cases: all.flatMap(({ cases }) => cases) };
  }, 900_000);

  test('fail before and pass after, and every wrong answer is found out for its own reason', () => {
    expect([...described(tried.cases, 'failed'), ...described(tried.cases, 'skipped')]).toEqual([]);
    expect(tried.code).toBe(0);
  });

  test.each(ownLessons)('%s was tried whole: each check before and after, each block', async (name) => {
    const read = await readLesson(`lessons/${name}`);
    if (!read.ok) throw new Error('bad lesson');
    const own = tried.cases.filter(({ lesson }) => lesson === name);
    const named = (phase: TestCase['phase']): number => own.filter((each) => each.phase === phase).length;
    const checks = read.lesson.sections.flatMap((section) => section.checks).length;
    expect([named('before'), named('after')]).toEqual([checks, checks]);
    expect(named('step')).toBe(read.lesson.sections.flatMap((section) => section.blocks).length);
  });

  test('the zerg lesson has at least ten wrong answers', () => {
    const wrong = tried.cases.filter(({ lesson, phase }) => lesson === 'uwsgi-zerg-mode' && phase === 'wrong');
    expect(wrong.length).toBeGreaterThanOrEqual(10);
  });
});
