/** What `stat` and `cat` say of many paths at once, taken apart again. */
import { expect, test } from 'vitest';
import type { Answer } from '../kind.ts';
import { contentLimit, contents } from './gather-contents.ts';
import { paths } from './gather-paths.ts';

const said = (stdout: string, stderr = ''): Answer => ({
  code: 0,
  stdout: Buffer.from(`7 WORD\n${stdout}`, 'latin1'),
  stderr,
  truncated: false,
});
const codes = (answers: readonly (Answer | null)[]): (number | null)[] => answers.map((each) => each?.code ?? null);
const texts = (answers: readonly (Answer | null)[]): (string | undefined)[] => answers.map((each) => each?.stdout.toString());
const stats = '81a4 5 0 0 root root';

test('paths: what is in the list is there, what is not is what stat complained of, in turn', () => {
  const answers = paths.split(
    said(
      `\nWORD rest\n${stats} /a\n${stats} /c\n`,
      "\nWORD rest\nstat: '/b': No such file or directory\nstat: '/d': Permission denied\n",
    ),
    ['/a', '/b', '/c', '/d'],
  );
  expect(codes(answers)).toEqual([0, 1, 0, 1]);
  expect(answers[1]?.stderr).toContain('No such file');
  expect(answers[3]?.stderr).toContain('Permission denied');
});

test('paths: a name with a newline that looks like another line is still one name', () => {
  const odd = `/a\n${stats} /b`;
  const answers = paths.split(said(`\nWORD rest\n${stats} ${odd}\n`, '\nWORD rest\nstat: /b: No such file or directory\n'), [
    odd,
    '/b',
  ]);
  expect(codes(answers)).toEqual([0, 1]);
});

test('paths: a list that does not come out even settles nothing', () => {
  const even = said(`\nWORD rest\n${stats} /a\n`, '\nWORD rest\n');
  expect(codes(paths.split(even, ['/a']))).toEqual([0]);
  expect(codes(paths.split(even, ['/a', '/b']))).toEqual([null, null]);
  expect(codes(paths.split(said(`\nWORD rest\n${stats} /other\n`, '\nWORD rest\nx\n'), ['/a']))).toEqual([null]);
  expect(codes(paths.split(said('\nWORD rest\n', '\nWORD rest\nsh: 9: stat: not found\n'), ['/a']))).toEqual([null]);
  expect(codes(paths.split(said(`\nWORD re`), ['/a']))).toEqual([null]);
});

test('paths: a link is told by itself, and one that could not be read is asked alone', () => {
  const link = 'a1ff 4 0 0 root root';
  const out = `\nWORD 0\n${link}\n-\n/gone\n\nWORD 0\n\nWORD 2\n\nWORD 1\n\nWORD rest\n${stats} /b\n`;
  const err = '\nWORD 0\nstat: No such file\n\nWORD 0\n\nWORD 2\noops\n\nWORD 1\n\nWORD rest\n';
  const answers = paths.split(said(out, err), ['/link', '/b', '/other']);
  expect(texts(answers)).toEqual([`${link}\n-\n/gone\n`, `${stats}\n`, undefined]);
  expect(answers[0]?.stderr).toContain('No such file');
});

test('contents: none where there is no file, a complaint where it may not be read, else the text', () => {
  const answers = contents.split(said('-rxr\nWORDone\nWORDt\xc3\xa9oWORD'), ['/a', '/b', '/c', '/d']);
  expect(texts(answers)).toEqual(['', 'one\n', '', 'téo']);
  expect(codes(answers)).toEqual([0, 0, 1, 0]);
  expect(answers[2]?.stderr).toContain('Permission denied');
});

test('contents: what had no room and what follows it is asked alone', () => {
  expect(codes(contents.split(said('rrr\nWORDoneWORDtw'), ['/a', '/b', '/c']))).toEqual([0, null, null]);
  const long = contents.split(said(`rr\nWORD${'x'.repeat(contentLimit + 1)}WORDWORD`, 'cat: gone'), ['/a', '/b']);
  expect(long[0]).toMatchObject({ truncated: true });
  expect(long[0]?.stdout).toHaveLength(contentLimit);
  expect(long[1]).toBeNull();
});
