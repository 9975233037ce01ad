import { describe, expect, test } from 'vitest';
import { FakeEngine, FakeTerminal } from '../../test/support/tui/fake-engine.ts';
import { judged, moments, now, viewAt } from '../../test/support/tui/views.ts';
import type { View } from '../session/view.ts';
import { createKeyBook } from './key-book.ts';
import { keyTable } from './keys.ts';
import { performKey } from './perform-key.ts';
import { createScreen } from './screen.ts';
import type { Situation } from './situation.ts';
import { createTheme } from './theme.ts';
import { initialUi, reduceUi, type UiState } from './ui-state.ts';

const screen = createScreen({
  theme: createTheme({}),
  keys: createKeyBook(),
  version: '1.0.0',
  where: '',
  place: '',
  time: String,
});

/** A learner at the keys: the screen's state moves on with each of them. */
class Learner {
  ui: UiState;
  view: View;
  readonly engine: FakeEngine;
  readonly size: readonly [number, number];

  constructor(
    view: View,
    options: { readonly ui?: Partial<UiState>; readonly shells?: number; readonly size?: readonly [number, number] } = {},
  ) {
    this.view = view;
    this.ui = { ...initialUi, ...options.ui };
    this.engine = new FakeEngine(
      view,
      Array.from({ length: options.shells ?? 1 }, () => new FakeTerminal()),
    );
    this.size = options.size ?? [120, 34];
  }

  get situation(): Situation {
    const [cols, rows] = this.size;
    const situation = screen.situation({
      view: this.view,
      ui: this.ui,
      tabs: this.engine.tabs,
      cols,
      rows,
      settled: true,
      noticeAfter: 0,
    });
    if (!situation) throw new Error('too small');
    return situation;
  }

  /** Presses keys; tells what the last one asked for. */
  press(...keys: readonly string[]) {
    return keys
      .map((key) => {
        const { actions, effects } = performKey(key, this.situation);
        for (const action of actions) this.ui = reduceUi(this.ui, action);
        return effects;
      })
      .at(-1);
  }
}

const asked = (intent: object) => [{ type: 'ask', intent }];

describe('the marked step', () => {
  test('is the first one that is not done, and Enter runs it', () => {
    expect(new Learner(viewAt(1)).press('Enter')).toEqual(asked({ type: 'run', block: 's1:1' }));
  });

  test('is another one after Tab, and Enter writes it', () => {
    expect(new Learner(viewAt(1)).press('Tab', 'Enter')).toEqual(asked({ type: 'write', block: 's1:2' }));
  });

  test('is acted on only once it can be seen', () => {
    const learner = new Learner(viewAt(1), { size: [60, 20] });
    learner.press('End');
    expect(learner.situation.reading.markSeen).toBe(false);
    expect(learner.press('Enter')).toEqual([]);
    expect(learner.situation.reading.markSeen).toBe(true);
    expect(learner.press('Enter')).toEqual(asked({ type: 'run', block: 's1:1' }));
  });

  test('is brought into sight by Tab', () => {
    const learner = new Learner(viewAt(3), { size: [60, 20] });
    for (const _ of [1, 2]) {
      learner.press('Tab');
      expect(learner.situation.reading.markSeen).toBe(true);
    }
    expect(learner.situation.reading.marked).toBe('s3:3');
    learner.press('Shift-Tab', 'Shift-Tab');
    expect(learner.situation.reading.marked).toBe('s3:1');
  });

  test('is left alone while it runs', () => {
    expect(new Learner(moments['section 3 while a step runs']).press('Enter')).toEqual([]);
  });

  test('can be run again once it is done', () => {
    const learner = new Learner(moments['section 3 with a step that failed, and a regression']);
    expect(learner.press('Shift-Tab', 'Enter')).toEqual(asked({ type: 'run', block: 's3:1' }));
    expect(learner.situation.reading.marked).toBe('s3:2');
  });
});

describe('going on', () => {
  test('shows what happened first, and then the next section', () => {
    const learner = new Learner(moments['section 2 is done']);
    expect(learner.press('Enter')).toEqual([]);
    expect(learner.situation.reading.markSeen).toBe(true);
    expect(learner.press('Enter')).toEqual(asked({ type: 'advance' }));
  });

  test('reads a section page by page, and then leads on', () => {
    const learner = new Learner(viewAt(0), { size: [60, 20] });
    let pages = 0;
    while (learner.press('Enter')?.length === 0 && pages < 20) pages += 1;
    expect(pages).toBeGreaterThan(2);
    expect(learner.press('Enter')).toEqual(asked({ type: 'advance' }));
  });

  test('is not possible while there is work to do', () => {
    expect(new Learner(viewAt(2)).press('n')).toEqual([]);
  });

  test('leads back to earlier sections and from there to where the work is', () => {
    const learner = new Learner(viewAt(2));
    expect(learner.press('p')).toEqual(asked({ type: 'view', section: 'section-1---configure-supervisor' }));
    learner.view = viewAt(2, { shown: 1 });
    expect(learner.press('Esc')).toEqual(asked({ type: 'view', section: 'section-2---configure-galaxy' }));
  });

  test('to a locked section is refused', () => {
    const learner = new Learner(viewAt(2));
    expect(learner.press('g', '↓', 'Enter')).toEqual([]);
    expect(learner.ui.overlay?.type).toBe('sections');
    expect(learner.press('↑', '↑', 'Enter')).toEqual(asked({ type: 'view', section: 'section-1---configure-supervisor' }));
    expect(learner.ui.overlay).toBeNull();
  });
});

describe('reading', () => {
  test('never goes beyond the text', () => {
    const learner = new Learner(viewAt(1), { size: [60, 20] });
    learner.press('End', 'PgDn', '↓');
    expect(learner.situation.reading.top).toBe(learner.situation.reading.lastTop);
    learner.press('Home', '↑', 'PgUp');
    expect(learner.situation.reading.top).toBe(0);
  });

  test('keeps a line of the page before', () => {
    const learner = new Learner(viewAt(1), { size: [60, 20] });
    learner.press('Space');
    expect(learner.situation.reading.top).toBe(learner.situation.reading.height - 1);
  });

  test('stays at about the same text when the screen gets wider', () => {
    const narrow = new Learner(viewAt(1), { size: [60, 20] });
    narrow.press('Tab');
    const line = narrow.situation.reading.top / narrow.situation.reading.document.lines.length;
    const wide = new Learner(viewAt(1), { size: [90, 22], ui: narrow.ui });
    const { top, document } = wide.situation.reading;
    expect(Math.abs(top / document.lines.length - line)).toBeLessThan(0.1);
  });

  test('stays where it is when a step runs and a section is done', () => {
    const learner = new Learner(viewAt(2), { size: [80, 24] });
    learner.press('↓', '↓');
    learner.view = moments['section 2 is done'];
    expect(learner.situation.reading.top).toBe(2);
  });
});

describe('hints', () => {
  test('are asked for the first failing check that has one', () => {
    expect(new Learner(moments['section 2 with a check that fails']).press('?')).toEqual(asked({ type: 'hint', check: 's2/2' }));
  });

  test('of the section come when no check has one', () => {
    expect(new Learner(viewAt(1)).press('?')).toEqual(asked({ type: 'hint', check: null }));
    expect(new Learner(viewAt(2)).press('?')).toEqual([]);
  });

  test('are shown over the panes where the panel has no room for them', () => {
    const learner = new Learner(moments['section 2 with a check that fails'], { size: [80, 24] });
    learner.press('?');
    expect(learner.ui.overlay?.type).toBe('checks');
  });
});

describe('questions', () => {
  test('are answered by y and n and nothing else', () => {
    const view = moments['writing a file is confirmed'];
    expect(new Learner(view).press('Enter')).toEqual([]);
    expect(new Learner(view).press('q')).toEqual([]);
    expect(new Learner(view).press('y')).toEqual(asked({ type: 'confirm' }));
    expect(new Learner(view).press('n')).toEqual(asked({ type: 'cancel' }));
    expect(new Learner(view).press('Esc')).toEqual(asked({ type: 'cancel' }));
  });

  test('that are long can be read to their end', () => {
    const learner = new Learner(moments['writing a file is confirmed'], { size: [80, 24] });
    learner.press('↓', '↓');
    expect(learner.ui.questionTop).toBe(2);
    learner.press('n');
    expect(learner.ui.questionTop).toBe(0);
  });
});

describe('leaving', () => {
  test('needs no question while nothing runs', () => {
    expect(new Learner(viewAt(2)).press('q')).toEqual([{ type: 'quit' }]);
  });

  test('is asked about while a step or a program runs', () => {
    const running = new Learner(moments['section 3 while a step runs']);
    expect(running.press('q')).toEqual([]);
    expect(running.press('n')).toEqual([]);
    expect(running.ui.overlay).toBeNull();
    const busy = new Learner(viewAt(2));
    (busy.engine.tabs[0]?.terminal as FakeTerminal).atPrompt = false;
    expect(busy.press('q')).toEqual([]);
    expect(busy.press('y')).toEqual([{ type: 'quit' }]);
  });
});

describe('terminals', () => {
  test('get the keys by the prefix, and give them back by it', () => {
    const learner = new Learner(viewAt(2));
    learner.press('Ctrl-]');
    expect(learner.ui.focus).toBe('shell');
    learner.press('Ctrl-]');
    expect(learner.ui.focus).toBe('lesson');
  });

  test('get no keys while there is none', () => {
    const learner = new Learner(moments['the first start, while the host is prepared'], { shells: 0 });
    learner.press('Ctrl-]', 'Esc');
    expect(learner.ui.focus).toBe('lesson');
    expect(learner.press('t')).toEqual([]);
  });

  test('are chosen by their number', () => {
    const learner = new Learner(viewAt(2), { shells: 2 });
    learner.press('2');
    expect(learner.ui).toMatchObject({ tab: 2, focus: 'shell' });
    learner.press('9');
    expect(learner.ui.tab).toBe(2);
  });

  test('are closed but for the last one', () => {
    expect(new Learner(viewAt(2), { shells: 2, ui: { tab: 2 } }).press('x')).toEqual([{ type: 'close-tab', tab: 2 }]);
    expect(new Learner(viewAt(2)).press('x')).toEqual([]);
  });

  test('can be sent the prefix itself', () => {
    expect(new Learner(viewAt(2)).press(']')).toEqual([{ type: 'send', text: '\x1d' }]);
  });
});

test('a notice is read with the next key', () => {
  const learner = new Learner(viewAt(2, { notice: { sentence: 'Wait.', tone: 'info', at: now } }));
  learner.press('↓');
  expect(learner.ui.noticeRead).toBe(now);
});

test('a run is stopped by Ctrl-C, which does nothing else', () => {
  expect(new Learner(moments['section 3 while a step runs']).press('Ctrl-C')).toEqual(asked({ type: 'stop-run' }));
  expect(new Learner(viewAt(2)).press('Ctrl-C')).toEqual([]);
});

test('skipping is asked for only where there is something to skip', () => {
  expect(new Learner(viewAt(2)).press('s')).toEqual(asked({ type: 'skip' }));
  expect(new Learner(viewAt(0)).press('s')).toEqual([]);
});

test('a check that has no hint left is not offered one', () => {
  const view = viewAt(2, {}, { checks: judged(2, [{ status: 'fail' }, { status: 'fail', hint: 'here' }]) });
  expect(new Learner(view).press('?')).toEqual([]);
});

describe('the key table', () => {
  test('has no key twice in one place', () => {
    for (const scopes of [['anywhere', 'lesson'], ['question']]) {
      const keys = keyTable()
        .filter((each) => scopes.includes(each.scope))
        .flatMap((each) => each.keys);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  test('can have another prefix', () => {
    const keys = createKeyBook('ctrl-o');
    expect(keys.keyFor('help', 'shell')).toBe('^O h');
    expect(keys.keyFor('help', 'lesson')).toBe('h');
    expect(keys.prefixByte).toBe('\x0f');
  });

  test.each(['ctrl-c', 'ctrl-m', 'x', 'alt-x', 'ctrl-[', ''])('refuses %j as a prefix', (prefix) => {
    expect(() => createKeyBook(prefix)).toThrow(/cannot lead from the shell/);
  });
});
