import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { KeysTyping } from '../model/lesson.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Tabs } from './tabs.ts';
import { bytesOf, typeKeys } from './type-keys.ts';

test.each<[string, KeysTyping, string]>([
  ['ls', {}, 'ls\r'],
  ['a\nb', {}, 'a\rb\r'],
  ['ls', { noEnter: true }, 'ls'],
  ['^C', { sequence: true }, '\x03'],
  ['^ESC', { sequence: true }, '\x1b'],
  ['^X ^C', { sequence: true }, '\x18\x03'],
  ['^ESC:wq! ^M', { sequence: true }, '\x1b:wq!\r'],
  ['^[', { sequence: true }, '\x1b'],
  ['plain', { sequence: true }, 'plain'],
])('%j is typed as the keys that it means', (text, keys, expected) => {
  expect(bytesOf({ text, terminal: 1, keys })).toBe(expected);
});

describe('a text that goes on in another shell', () => {
  /** What is typed into a shell in which the first command leads to this. */
  async function typed(then: { readonly atPrompt: boolean; readonly row: string }, stop = new AbortController()) {
    const heard: string[] = [];
    const terminal = {
      alive: true,
      atPrompt: true,
      cursor: { row: 0, col: 80 },
      row: '~$ ',
      textRow: () => terminal.row,
      start: async (command: string) => {
        heard.push(command);
        Object.assign(terminal, then);
      },
      input: (text: string) => heard.push(text),
      on: () => () => {},
    };
    const tabs = { reach: async () => ({ number: 1, terminal }), hasPrompted: () => true };
    const sentence = await typeKeys(
      tabs as unknown as Tabs & { readonly terminal: Terminal },
      { text: 'ssh root@host01\nyes', terminal: 1, keys: {} },
      0,
      { listener: { started: () => {}, finished: () => {} }, signal: stop.signal, patient: false },
    );
    return { heard, sentence };
  }

  test('goes on once that has come', async () => {
    expect(await typed({ atPrompt: false, row: 'root@host01:~# ' })).toEqual({
      heard: ['ssh root@host01', 'yes\r'],
      sentence: null,
    });
  });

  test('ends where it does not come, and nothing meant for it is run here', async () => {
    const { heard, sentence } = await typed({ atPrompt: true, row: '~$ ' });
    expect(heard).toEqual(['ssh root@host01']);
    expect(sentence).toContain('`ssh root@host01` led to no other shell');
  });

  test('that still has not come after a minute is said to be waited for, not to have failed', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const typing = typed({ atPrompt: false, row: "root@host01's password: " });
    await vi.advanceTimersByTimeAsync(61_000);
    const { heard, sentence } = await typing;
    expect(heard).toEqual(['ssh root@host01']);
    expect(sentence).toContain('`ssh root@host01` still waits');
    expect(sentence).not.toContain('no other shell');
  });

  test('waits for a password to be typed by whoever knows it, and can be stopped', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 700);
    const { heard } = await typed({ atPrompt: false, row: "root@host01's password: " }, stop);
    expect(heard).toEqual(['ssh root@host01']);
  });
});
