import { describe, expect, test } from 'vitest';
import type { StepView, View } from '../session/view.ts';
import type { Engine, Intent } from './engine.ts';
import { play, swift } from './pilot.ts';

const never = new AbortController().signal;

function step(block: string, extra: Partial<StepView> = {}): StepView {
  return { block, kind: 'run', status: 'todo', optional: false, commands: ['true'], finished: 0, ...extra };
}

function sectionView(id: string, extra: Partial<View['sections'][number]> = {}): View['sections'][number] {
  return {
    id,
    title: id,
    shortTitle: id,
    kind: 'work',
    number: 1,
    status: 'open',
    body: [],
    explain: [],
    steps: [],
    checks: [],
    hints: [],
    hintCount: 0,
    ...extra,
  };
}

function viewOf(sections: View['sections']): View {
  return {
    lesson: { id: 'l', title: 'L', introduction: [] },
    host: { status: 'ready', kind: 'sandbox' },
    sections,
    shown: 0,
    open: 0,
    workTotal: 1,
    workDone: 0,
    finished: false,
    unlocked: null,
    question: null,
    running: null,
    notice: null,
    startedAt: 0,
  };
}

/** An engine whose answers are written down beforehand: each intent leads to the next view. */
function scripted(first: View, answer: (intent: Intent, view: View) => View) {
  let view = first;
  const asked: Intent[] = [];
  const listeners = new Set<() => void>();
  const engine = {
    get view() {
      return view;
    },
    ask(intent: Intent) {
      asked.push(intent);
      queueMicrotask(() => {
        view = answer(intent, view);
        for (const listener of listeners) listener();
      });
    },
    onChange(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return { engine: engine as unknown as Engine, asked };
}

function withStep(view: View, block: string, status: StepView['status'], sentence?: string): View {
  const sections = view.sections.map((each) => ({
    ...each,
    steps: each.steps.map((own) =>
      own.block === block ? { ...own, status, ...(sentence === undefined ? {} : { sentence }) } : own,
    ),
  }));
  return { ...view, sections };
}

function finished(view: View): View {
  return { ...view, finished: true, sections: view.sections.map((each) => ({ ...each, status: 'done' })) };
}

describe('a lesson that plays by itself', () => {
  test('runs each block in order and ends when the lesson is finished', async () => {
    const first = viewOf([sectionView('s', { steps: [step('s:1'), step('s:2')] })]);
    const { engine, asked } = scripted(first, (intent, view) => {
      if (intent.type !== 'run') return view;
      const next = withStep(view, intent.block, 'done');
      return intent.block === 's:2' ? finished(next) : next;
    });
    expect(await play(engine, swift, never)).toEqual({ outcome: 'finished' });
    expect(asked).toEqual([
      { type: 'run', block: 's:1' },
      { type: 'run', block: 's:2' },
    ]);
  });

  test('confirms a file only once it is shown', async () => {
    const preview = { path: '/x', as: 'root', owner: 'root', group: 'root', mode: '0644', exists: false, same: false, diff: [] };
    const first = viewOf([sectionView('s', { steps: [step('s:1', { kind: 'write' })] })]);
    const { engine, asked } = scripted(first, (intent, view) => {
      if (intent.type === 'write') return { ...view, question: { type: 'write', block: 's:1', preview } };
      return intent.type === 'confirm' ? finished(withStep({ ...view, question: null }, 's:1', 'done')) : view;
    });
    expect((await play(engine, swift, never)).outcome).toBe('finished');
    expect(asked.map((intent) => intent.type)).toEqual(['write', 'confirm']);
  });

  test('is stuck, and says why, when a step fails', async () => {
    const first = viewOf([sectionView('s', { steps: [step('s:1'), step('s:2')] })]);
    const { engine, asked } = scripted(first, (_, view) => withStep(view, 's:1', 'failed', '`false` ended with exit code 1.'));
    expect(await play(engine, swift, never)).toEqual({ outcome: 'stuck', sentence: '`false` ended with exit code 1.' });
    expect(asked).toHaveLength(1);
  });

  test('goes on when an optional step fails', async () => {
    const first = viewOf([sectionView('s', { steps: [step('s:1', { optional: true }), step('s:2')] })]);
    const { engine } = scripted(first, (intent, view) => {
      if (intent.type !== 'run') return view;
      return intent.block === 's:1' ? withStep(view, 's:1', 'failed', 'no network') : finished(withStep(view, 's:2', 'done'));
    });
    expect((await play(engine, swift, never)).outcome).toBe('finished');
  });

  test('goes on from a section to read', async () => {
    const first = viewOf([sectionView('r', { kind: 'reading' }), sectionView('s', { status: 'locked', steps: [step('s:1')] })]);
    const { engine, asked } = scripted(first, (intent, view) => {
      if (intent.type === 'run') return finished(withStep(view, 's:1', 'done'));
      const [reading, work] = view.sections;
      return reading && work
        ? {
            ...view,
            open: 1,
            sections: [
              { ...reading, status: 'done' },
              { ...work, status: 'open' },
            ],
          }
        : view;
    });
    expect((await play(engine, swift, never)).outcome).toBe('finished');
    expect(asked.map((intent) => intent.type)).toEqual(['advance', 'run']);
  });

  test('a host that fails ends it with the host’s own words', async () => {
    const first: View = {
      ...viewOf([sectionView('s')]),
      host: { status: 'failed', kind: 'sandbox', sentence: 'No overlayfs.', tries: ['Try a VM.'] },
    };
    const { engine } = scripted(first, (_, view) => view);
    expect(await play(engine, swift, never)).toEqual({ outcome: 'stuck', sentence: 'No overlayfs. Try a VM.' });
  });

  test('stops when it is told to', async () => {
    const stop = new AbortController();
    const first = viewOf([sectionView('s', { steps: [step('s:1')] })]);
    const { engine } = scripted(first, (_, view) => {
      stop.abort();
      return view;
    });
    expect((await play(engine, swift, stop.signal)).outcome).toBe('stuck');
  });
});
