import { describe, expect, test } from 'vitest';
import { readShellMark, type ShellMark } from './shell-marks.ts';
import { applyMark, initialShellState, type ShellNews } from './shell-state.ts';

const end = (code: number | null, serial: number | null): ShellMark => ({ type: 'end', code, serial });
const promptStart: ShellMark = { type: 'prompt-start' };
const promptEnd: ShellMark = { type: 'prompt-end' };
const start: ShellMark = { type: 'start' };
const continuation: ShellMark = { type: 'continuation' };
const prompt = (code: number | null, serial: number | null) => [end(code, serial), promptStart, promptEnd];

function fold(...marks: readonly ShellMark[]) {
  let state = initialShellState;
  const news: ShellNews[] = [];
  for (const mark of marks) {
    const next = applyMark(state, mark);
    state = next.state;
    news.push(...next.news);
  }
  return { state, news: news.map((each) => (each.type === 'command-ended' ? `ended ${each.code}` : each.type)) };
}

describe('the shell is followed by its marks', () => {
  test('the first prompt ends no command', () => {
    expect(fold(...prompt(0, 1))).toMatchObject({ state: { phase: 'prompt', prompts: 1 }, news: ['prompt'] });
  });
  test('a command starts, ends with its code, and the prompt is back', () => {
    const { state, news } = fold(...prompt(0, 1), start, ...prompt(7, 2));
    expect(news).toEqual(['prompt', 'command-started', 'ended 7', 'prompt']);
    expect(state).toMatchObject({ phase: 'prompt', code: 7, prompts: 2 });
  });
  test('several commands on one line are one run', () => {
    expect(fold(...prompt(0, 1), start, start, ...prompt(1, 2)).news).toEqual(['prompt', 'command-started', 'ended 1', 'prompt']);
  });
  test('an empty line or Ctrl-C brings a new prompt and no command', () => {
    const { state, news } = fold(...prompt(0, 1), ...prompt(130, 2));
    expect(news).toEqual(['prompt']);
    expect(state).toMatchObject({ prompts: 2, code: 130 });
  });
  test('a prompt that is drawn again is the same prompt', () => {
    expect(fold(...prompt(0, 1), ...prompt(0, 1), promptEnd).state.prompts).toBe(1);
  });
  test('a prompt drawn again while a command runs does not end it', () => {
    expect(fold(...prompt(0, 1), start, ...prompt(0, 1)).state.phase).toBe('running');
  });
  test('a shell that does not count its prompts is believed each time', () => {
    expect(fold(...prompt(null, null), start, ...prompt(null, null)).news).toEqual([
      'prompt',
      'command-started',
      'ended null',
      'prompt',
    ]);
  });
  test('the rest of a command is waited for', () => {
    const { state, news } = fold(...prompt(0, 1), continuation, continuation, start);
    expect(state).toMatchObject({ phase: 'running', continuations: 2 });
    expect(news).toEqual(['prompt', 'command-started']);
  });
  test('Ctrl-C in the middle of a command brings the prompt back', () => {
    expect(fold(...prompt(0, 1), continuation, ...prompt(130, 2))).toMatchObject({
      state: { phase: 'prompt' },
      news: ['prompt', 'prompt'],
    });
  });
  test('without a C mark (a syntax error) the code is still told by the prompt', () => {
    expect(fold(...prompt(0, 1), ...prompt(2, 2)).state).toMatchObject({ code: 2, prompts: 2 });
  });
});

describe('marks are read from OSC 133', () => {
  const key = 'abc123';
  test.each<[string, ShellMark]>([
    [`D;0;lockstep=${key};serial=12`, end(0, 12)],
    [`D;130;lockstep=${key}`, end(130, null)],
    [`D;$?;lockstep=${key};serial=$((n))`, end(null, null)],
    [`A;lockstep=${key}`, promptStart],
    [`B;lockstep=${key}`, promptEnd],
    [`C;lockstep=${key}`, start],
    [`P;k=s;lockstep=${key}`, continuation],
    [`S;17;lockstep=${key}`, { type: 'stashed', length: 17 }],
  ])('%s', (payload, mark) => {
    expect(readShellMark(payload, key)).toEqual(mark);
  });
  test.each([
    'A',
    'D;0',
    'C;lockstep=',
    'C;lockstep=abc12',
    'C;lockstep=abc1234',
    'D;0;lockstep=ABC123',
    `lockstep=${key}`,
    `Z;lockstep=${key}`,
    '',
    ';;;;;;;',
  ])('a mark without the key is nobody’s: %j', (payload) => {
    expect(readShellMark(payload, key)).toBeNull();
  });
});
