import { expect, test } from 'vitest';
import { readPlain } from '../lesson/plain.ts';
import { createPreview } from './preview.ts';

function lesson(text: string) {
  const read = readPlain({ text: { file: 'lesson.md', text }, id: 'l', dir: '/l', hash: '' });
  return read.lesson!;
}

const first = lesson('# T\n\n## One\n\n```console\ntrue\n```\n\n## Two\n\nText.\n');

test('every section can be read, and going on goes on', () => {
  const preview = createPreview(first, () => 1);
  expect(preview.view.sections.map(({ status }) => status)).toEqual(['open', 'open']);
  preview.ask({ type: 'advance' });
  expect(preview.view.shown).toBe(1);
  preview.ask({ type: 'advance' });
  expect(preview.view.shown).toBe(1);
  preview.ask({ type: 'view', section: 'one' });
  expect(preview.view.shown).toBe(0);
});

test('there is no host, and none is waited for', () => {
  const preview = createPreview(first, () => 1);
  expect(preview.view.host).toMatchObject({ status: 'none', sentence: 'A preview has no host and no shell, only the lesson.' });
});

test('what needs a host is answered with a sentence, and nothing is run', () => {
  const preview = createPreview(first, () => 7);
  preview.ask({ type: 'run', block: 'one:1' });
  expect(preview.view.notice).toMatchObject({ at: 7, tone: 'info' });
  expect(preview.view.running).toBeNull();
});

test('the reader stays in the section while the lesson changes around it', () => {
  const preview = createPreview(first, () => 1);
  let told = 0;
  preview.onChange(() => {
    told += 1;
  });
  preview.ask({ type: 'view', section: 'two' });
  preview.show(lesson('# T\n\n## Zero\n\nText.\n\n## One\n\nText.\n\n## Two\n\nNew text.\n'));
  expect(preview.view.shown).toBe(2);
  expect(preview.view.sections).toHaveLength(3);
  preview.show(lesson('# T\n\n## Other\n\nText.\n'));
  expect(preview.view.shown).toBe(0);
  expect(told).toBe(3);
});
