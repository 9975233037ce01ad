import { describe, expect, test } from 'vitest';
import { changedContent } from './file-change.ts';

const section = (content: string) => ({ content, mode: { how: 'section', section: 'uwsgi' } as const });

describe('replacing one section of an ini file', () => {
  const before = '; top\n[server]\nport = 1\n\n[uwsgi]\nold = 1\n; note\n\n[app:main]\nx = 1\n';

  test('the lines between its header and the next are exchanged, everything else stays', () => {
    expect(changedContent(before, section('[uwsgi]\nnew = 2\n\n'))).toBe(
      '; top\n[server]\nport = 1\n\n[uwsgi]\nnew = 2\n\n[app:main]\nx = 1\n',
    );
  });

  test('a section at the end of the file is replaced up to the end', () => {
    expect(changedContent('[a]\nx\n[uwsgi]\nold\n', section('[uwsgi]\nnew\n'))).toBe('[a]\nx\n[uwsgi]\nnew\n');
  });

  test('a section at the beginning is replaced from the first line', () => {
    expect(changedContent('[uwsgi]\nold\n[b]\ny\n', section('[uwsgi]\nnew\n'))).toBe('[uwsgi]\nnew\n\n[b]\ny\n');
  });

  test('a section that is not there is added at the end, after a blank line', () => {
    expect(changedContent('[a]\nx', section('[uwsgi]\nnew'))).toBe('[a]\nx\n\n[uwsgi]\nnew\n');
  });

  test('content without its header gets it', () => {
    expect(changedContent(null, section('new = 2'))).toBe('[uwsgi]\nnew = 2\n');
  });

  test('doing it twice changes nothing more', () => {
    const once = changedContent(before, section('[uwsgi]\nnew = 2\n'));
    expect(changedContent(once, section('[uwsgi]\nnew = 2\n'))).toBe(once);
  });

  test('a header of a longer name is another section', () => {
    expect(changedContent('[uwsgi:x]\nkeep\n', section('[uwsgi]\nnew\n'))).toBe('[uwsgi:x]\nkeep\n\n[uwsgi]\nnew\n');
  });
});

describe('whole files and additions', () => {
  test('a whole file is replaced and ends in a newline', () => {
    expect(changedContent('old\n', { content: 'new', mode: { how: 'replace' } })).toBe('new\n');
  });

  test('an addition goes to the end, on a line of its own, once', () => {
    const block = { content: 'b', mode: { how: 'append' } as const };
    expect(changedContent('a', block)).toBe('a\nb\n');
    expect(changedContent('a\nb\n', block)).toBe('a\nb\n');
    expect(changedContent(null, block)).toBe('b\n');
  });
});

describe('at the beginning, and in place of a mark', () => {
  test('what goes first is put there once', () => {
    const block = { content: 'top\n', mode: { how: 'prepend' } } as const;
    expect(changedContent('a\n', block)).toBe('top\na\n');
    expect(changedContent('top\na\n', block)).toBe('top\na\n');
  });

  test('a mark gives way to the text, without another line end', () => {
    const block = { content: 'x\n', mode: { how: 'insert', marker: '#M' } } as const;
    expect(changedContent('a #M b #M\n', block)).toBe('a x b #M\n');
    expect(changedContent('none\n', block)).toBe('none\n');
  });
});
