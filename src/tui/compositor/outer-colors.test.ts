import { expect, test, vi } from 'vitest';
import { COLOR_QUESTION, createColorQuestion } from './outer-colors.ts';

const answers = '\x1b]10;rgb:1111/2222/3333\x1b\\\x1b]11;rgb:ff/ff/dd\x07\x1b[?1;2c';

function asked() {
  const written: string[] = [];
  const late: string[] = [];
  const question = createColorQuestion(
    (text) => written.push(text),
    (bytes) => late.push(bytes.toString('latin1')),
  );
  question.ask();
  const take = (text: string) => question.take(Buffer.from(text, 'latin1')).toString('latin1');
  return { question, written, late, take };
}

test('is asked once, and is answered wherever the answer is cut', () => {
  for (let cut = 1; cut < answers.length; cut++) {
    const { question, written, take } = asked();
    question.ask();
    expect(written).toEqual([COLOR_QUESTION]);
    expect(take(answers.slice(0, cut)) + take(answers.slice(cut)), `cut at ${cut}`).toBe('');
    expect(question.colors).toEqual({ foreground: '#112233', background: '#ffffdd' });
    expect(question.open).toBe(false);
  }
});

test('keys that are pressed meanwhile are left to others, in order', () => {
  const { take } = asked();
  expect(take(`ls${answers}\r\x1b[A`)).toBe('ls\r\x1b[A');
});

test('an Escape is a key after a moment, not the beginning of an answer', async () => {
  const { take, late } = asked();
  expect(take('\x1b')).toBe('');
  await vi.waitFor(() => expect(late).toEqual(['\x1b']));
  expect(take('\x1bOA')).toBe('\x1bOA');
});

test('a terminal that tells nothing of colours has none, and nobody waits longer than asked for', async () => {
  const { question, take } = asked();
  expect(take('\x1b[?62;4c')).toBe('');
  expect(question.colors).toBeNull();
  await question.settled(60_000);
  const silent = asked().question;
  await silent.settled(1);
  silent.close();
});

test.each([
  ['rgb:f/0/8', '#ff0088'],
  ['rgba:ffff/0000/8080/ffff', '#ff0080'],
  ['#AbCdEf', '#abcdef'],
])('%s is understood', (answer, color) => {
  const { question, take } = asked();
  take(`\x1b]10;${answer}\x07\x1b]11;${answer}\x07\x1b[?1c`);
  expect(question.colors).toEqual({ foreground: color, background: color });
});

test.each(['red', 'rgb:1/2', '\x9brgb:1/2/3', ''])('%j is no colour', (answer) => {
  const { question, take } = asked();
  take(`\x1b]10;${answer}\x07\x1b]11;${answer}\x07\x1b[?1c`);
  expect(question.colors).toBeNull();
});
