import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DurableEvent } from '../session/events.ts';
import { readContents } from './read-journal.ts';
import { CHAIN_START, decodeLine, encodeLine, JOURNAL_VERSION, newHeader } from './record.ts';

const event = (n: number): DurableEvent => ({ type: 'section-opened', at: 1000 + n, section: `section-${n}` });

function journalOf(events: readonly DurableEvent[]): string {
  let prev = CHAIN_START;
  return [newHeader(0), ...events]
    .map((body, seq) => {
      const line = encodeLine(seq, prev, body);
      prev = line.hash;
      return line.text;
    })
    .join('');
}

const five = [1, 2, 3, 4, 5].map(event);

test('what was written is read back, whatever text an event holds', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 6 }), (texts) => {
      const events = texts.map((section, at): DurableEvent => ({ type: 'section-opened', at, section }));
      const contents = readContents(Buffer.from(journalOf(events)));
      // A lone surrogate cannot be written as UTF-8, JSON escapes it; so nothing is lost here either.
      expect(contents.state).toBe('good');
      expect(contents.events).toEqual(events);
    }),
    { numRuns: 50 },
  );
});

test('a file cut off at any byte keeps every whole line and loses at most the one that was being written', () => {
  const whole = Buffer.from(journalOf(five));
  for (let length = 0; length < whole.length; length += 1) {
    const contents = readContents(whole.subarray(0, length));
    const complete = whole.subarray(0, length).toString().split('\n').length - 1;
    expect(['good', 'torn']).toContain(contents.state);
    // A line that lacks only its newline counts as well.
    const lacksNewline = whole[length] === 10;
    expect(contents.lines.length).toBe(complete + (lacksNewline ? 1 : 0));
    expect(contents.events).toEqual(five.slice(0, Math.max(0, contents.lines.length - 1)));
  }
});

test('a single changed bit anywhere before the last line is noticed, and what stands before it is kept', () => {
  const whole = Buffer.from(journalOf(five));
  const lastLine = whole.lastIndexOf(10, whole.length - 2) + 1;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: lastLine - 1 }), fc.integer({ min: 0, max: 7 }), (index, bit) => {
      const damaged = Buffer.from(whole);
      damaged[index] = damaged[index]! ^ (1 << bit);
      const line = whole.subarray(0, index).toString().split('\n').length;
      const contents = readContents(damaged);
      expect(contents.state).toBe('broken');
      expect(contents.badLine).toBeLessThanOrEqual(line);
      expect(contents.events).toEqual(five.slice(0, Math.max(0, contents.badLine - 2)));
    }),
    { numRuns: 200 },
  );
});

test.each([
  ['removed', (lines: string[]) => lines.toSpliced(3, 1)],
  ['repeated', (lines: string[]) => lines.toSpliced(3, 0, lines[3]!)],
  ['swapped with its neighbour', (lines: string[]) => lines.toSpliced(3, 2, lines[4]!, lines[3]!)],
])('a line that was %s is noticed', (_, change) => {
  const lines = journalOf(five).split(/(?<=\n)/);
  const contents = readContents(Buffer.from(change(lines).join('')));
  expect(contents.state).toBe('broken');
  expect(contents.events.length).toBeLessThan(5);
});

test('a last line that was changed but ends in a newline is damage, not a broken-off write', () => {
  const text = journalOf(five).replace('section-5', 'section-6');
  expect(readContents(Buffer.from(text))).toMatchObject({ state: 'broken', badLine: 6 });
});

test('zeros at the end, as a power cut leaves them, are a broken-off write', () => {
  const bytes = Buffer.concat([Buffer.from(journalOf(five)), Buffer.alloc(40), Buffer.from('\n')]);
  expect(readContents(bytes)).toMatchObject({ state: 'torn', events: five });
});

test('a journal of a newer format is told from a damaged one', () => {
  const { text } = encodeLine(0, CHAIN_START, { format: 'lockstep-journal', version: JOURNAL_VERSION + 1, begun: 'later' });
  expect(readContents(Buffer.from(text)).state).toBe('newer');
});

test.each([
  ['is no JSON', 'hello', 'not-json'],
  ['has another hash', encodeLine(0, CHAIN_START, event(1)).text.trim().replace('1001', '1002'), 'wrong-hash'],
  ['has another number', encodeLine(7, CHAIN_START, event(1)).text.trim(), 'wrong-order'],
  ['names another predecessor', encodeLine(0, 'f'.repeat(64), event(1)).text.trim(), 'wrong-order'],
])('a line that %s is refused with its reason', (_, line, why) => {
  expect(decodeLine(line, 0, CHAIN_START)).toEqual({ ok: false, why });
});
