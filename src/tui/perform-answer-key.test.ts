import { expect, test } from 'vitest';
import { FakeEngine, FakeTerminal } from '../../test/support/tui/fake-engine.ts';
import { check, viewAt } from '../../test/support/tui/views.ts';
import type { CheckView, View } from '../session/view.ts';
import { createKeyBook } from './key-book.ts';
import { pasteInAnswer } from './perform-answer-key.ts';
import { performKey } from './perform-key.ts';
import { createScreen } from './screen.ts';
import { withoutAnswered } from './situation.ts';
import { createTheme } from './theme.ts';
import { initialUi, reduceUi, type UiState } from './ui-state.ts';

type Asks = NonNullable<CheckView['asks']>;

const asks = (more: Partial<Asks>): Asks => ({
  ask: 'Which?',
  how: 'one',
  choices: ['x', 'y', 'z'],
  given: [],
  wrong: 0,
  ...more,
});
const question = (own: Asks, more: Partial<CheckView> = {}) => check('q', 'Which?', { status: 'unknown', asks: own, ...more });
const viewOf = (own: CheckView): View => viewAt(2, {}, { steps: [], checks: [own] });

/** Somebody at the keys, in front of one question. */
function learner(own: Asks, more: Partial<CheckView> = {}) {
  let ui: UiState = initialUi;
  let view = viewOf(question(own, more));
  const engine = new FakeEngine(view, [new FakeTerminal()]);
  const screen = createScreen({
    theme: createTheme({}),
    keys: createKeyBook(),
    version: '1',
    where: '',
    place: '',
    time: String,
  });
  return {
    get overlay() {
      return withoutAnswered(view, ui).overlay;
    },
    show: (next: CheckView) => {
      view = viewOf(next);
    },
    press(...keys: readonly string[]) {
      return keys.flatMap((key) => {
        const moment = {
          view,
          ui: withoutAnswered(view, ui),
          tabs: engine.tabs,
          cols: 120,
          rows: 34,
          settled: true,
          noticeAfter: 0,
        };
        const situation = screen.situation(moment);
        if (situation === null) throw new Error('too small');
        const { actions, effects } = performKey(key, situation);
        for (const action of actions) ui = reduceUi(ui, action);
        return effects.map((effect) => (effect.type === 'ask' ? effect.intent : effect));
      });
    },
  };
}

const answered = (...given: readonly string[]) => [{ type: 'answer', check: 'q', given }];

test('one of several is chosen by arrows or its number, and answered with Enter', () => {
  expect(learner(asks({})).press('a', '↓', 'Enter')).toEqual(answered('y'));
  expect(learner(asks({})).press('a', '3', 'Enter')).toEqual(answered('z'));
  expect(learner(asks({})).press('a', '↓', '↓', '↓', '↓', 'k', '9', 'Enter')).toEqual(answered('y'));
});

test('Enter leads to the question where there is nothing else to do', () => {
  const { press, overlay } = learner(asks({}));
  expect(overlay).toBe(null);
  expect(press('Enter', 'Enter')).toEqual(answered('x'));
});

test('several are picked by number or Space, in any order; nothing picked answers nothing', () => {
  const several = asks({ how: 'several' });
  expect(learner(several).press('a', 'Enter')).toEqual([]);
  expect(learner(several).press('a', '3', '1', 'Enter')).toEqual(answered('x', 'z'));
  expect(learner(several).press('a', 'Space', '↓', 'Space', '1', 'Enter')).toEqual(answered('y'));
});

test('words are typed, any letter is one of them, and a wrong answer leaves an empty line', () => {
  const { press } = learner(asks({ how: 'text', choices: [] }));
  expect(press('a', 'Enter')).toEqual([]);
  expect(press('q', 'j', '1', '?', 'Space', 'ü', 'x', 'Backspace', 'Enter')).toEqual(answered('qj1? ü'));
  expect(press('a', 'b', 'Space', 'c', 'Ctrl-W', '↑', 'F1', 'Enter')).toEqual(answered('ab '.slice(0, 3)));
  expect(press('x', 'Ctrl-U', 'Enter')).toEqual([]);
});

test('a hint is to be had once an answer was wrong', () => {
  const own = asks({ how: 'text', choices: [] });
  expect(learner(own, { hasHint: true }).press('a', '?', 'Enter')).toEqual(answered('?'));
  expect(learner(own, { hasHint: true, status: 'fail' }).press('a', '?')).toEqual([{ type: 'hint', check: 'q' }]);
  expect(learner(asks({}), { hasHint: true, status: 'fail' }).press('a', '?')).toEqual([{ type: 'hint', check: 'q' }]);
});

test('it is left with Esc, and goes by itself once it was answered', () => {
  const one = learner(asks({}));
  one.press('a', 'Esc');
  expect(one.overlay).toBe(null);
  one.press('a');
  expect(one.overlay).toMatchObject({ type: 'answer', check: 'q' });
  one.show(question(asks({}), { status: 'pass' }));
  expect(one.overlay).toBe(null);
  expect(one.press('h')).toEqual([]);
  expect(one.overlay).toMatchObject({ type: 'help' });
});

test('what is pasted goes into words only, its first line', () => {
  const sheet = { type: 'answer', check: 'q', at: 0, picked: [], text: 'a ' } as const;
  const words = viewOf(question(asks({ how: 'text' })));
  expect(pasteInAnswer('b\u001b\nc', words, sheet)?.text).toMatch(/^a b.?$/);
  expect(pasteInAnswer('b', viewOf(question(asks({}))), sheet)).toBe(null);
  expect(pasteInAnswer('b', words, null)).toBe(null);
});
