import { expect, test } from 'vitest';
import type { SessionEvent } from '../session/events.ts';
import type { View } from '../session/view.ts';
import { createTranscript } from './transcript.ts';

const view: View = {
  lesson: { id: 'l', title: 'L', introduction: [] },
  host: { status: 'ready', kind: 'sandbox' },
  sections: [
    {
      id: 's1',
      title: 'Section 1 - Begin',
      shortTitle: 'Begin',
      kind: 'work',
      number: 1,
      status: 'open',
      body: [],
      explain: [],
      steps: [
        { block: 's1:1', kind: 'run', status: 'running', optional: false, commands: ['echo a', 'cat <<E\nx\nE'], finished: 0 },
      ],
      checks: [
        {
          id: 's1/1',
          title: 'the file is there',
          status: 'fail',
          sentence: '/x does not exist.',
          hasHint: true,
          hint: 'Make it.',
        },
        { id: 's1/2', title: 'the port is open', status: 'pass', hasHint: false },
      ],
      hints: [],
      hintCount: 0,
      monitor: {
        url: 'http://localhost/',
        served: 12,
        failed: 1,
        slowestMs: 9,
        seconds: [],
        failure: 'status 502',
        programs: [],
        now: 0,
      },
    },
  ],
  shown: 0,
  open: 0,
  workTotal: 1,
  workDone: 1,
  finished: true,
  unlocked: null,
  question: null,
  running: null,
  notice: null,
  startedAt: 0,
};

/** The lines a fresh transcript says about these events. */
function told(...events: readonly SessionEvent[]): readonly string[] {
  const transcript = createTranscript(0);
  return events.flatMap((event) => transcript.lines(event, view));
}

test('every line starts with the time since the beginning', () => {
  expect(told({ type: 'section-done', at: 61_000, section: 's1' })).toEqual(['01:01  Section 1 done.']);
});

test('a section is announced with its number and how many there are', () => {
  expect(told({ type: 'section-opened', at: 0, section: 's1' })).toEqual(['', '00:00  Section 1 of 1: Begin']);
});

test('commands are told as typed, with the terminal where it is not the first', () => {
  expect(told({ type: 'command-started', at: 0, block: 's1:1', index: 0, terminal: 1 })).toEqual(['00:00    $ echo a']);
  expect(told({ type: 'command-started', at: 0, block: 's1:1', index: 0, terminal: 2 })).toEqual([
    '00:00    [terminal 2] $ echo a',
  ]);
});

test('a verdict is told by its mark and, where it is not pass, by its sentence', () => {
  const verdict = { status: 'pass' } as const;
  expect(told({ type: 'verdict-changed', at: 0, check: 's1/1', verdict })).toEqual([
    '00:00    ✗ the file is there: /x does not exist.',
  ]);
  expect(told({ type: 'verdict-changed', at: 0, check: 's1/2', verdict })).toEqual(['00:00    ✓ the port is open']);
});

test('preparing is told in steps of ten percent', () => {
  const at = (fraction: number): SessionEvent => ({
    type: 'host-preparing',
    at: 0,
    sentence: 'Preparing Galaxy host: installing 58 packages: gcc',
    fraction,
  });
  expect(told(at(0.31), at(0.32), at(0.39), at(0.4))).toEqual([
    '00:00  Preparing Galaxy host: installing 58 packages … 30 %',
    '00:00  Preparing Galaxy host: installing 58 packages … 40 %',
  ]);
});

test('requests are counted at most once a second, and a failure at once with what it said', () => {
  const counted = (at: number, failed: number): SessionEvent => ({
    type: 'monitor-counted',
    at,
    section: 's1',
    served: 1,
    failed,
    slowestMs: 1,
    failure: failed > 0 ? 'status 502' : null,
  });
  expect(told(counted(1000, 0), counted(1200, 0), counted(1400, 1), counted(2000, 0))).toEqual([
    '00:01    requests: 12 served, 1 failed',
    '00:01    requests: 12 served, 1 failed (status 502)',
    '00:02    requests: 12 served, 1 failed',
  ]);
});

test('a program’s state is told when it turns', () => {
  const seen = (state: string): SessionEvent => ({
    type: 'programs-seen',
    at: 0,
    section: 's1',
    states: { 'gx:zergling0': state },
  });
  expect(told(seen('RUNNING'), seen('RUNNING'), seen('EXITED'))).toEqual([
    '00:00    gx:zergling0 is RUNNING',
    '00:00    gx:zergling0 is EXITED',
  ]);
});

test('the end says how many sections were unlocked', () => {
  expect(told({ type: 'lesson-finished', at: 0 })).toEqual(['', '00:00  All 1 sections unlocked.']);
});

test('a host that fails is told with what to try', () => {
  expect(told({ type: 'host-failed', at: 0, sentence: 'No overlayfs.', tries: ['Try a VM.'] })).toEqual([
    '00:00  No overlayfs.',
    '00:00  Try a VM.',
  ]);
});
