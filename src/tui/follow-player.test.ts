import { describe, expect, test } from 'vitest';
import { moments, viewAt } from '../../test/support/tui/views.ts';
import { createFollower } from './follow-player.ts';

describe('a demonstration', () => {
  test('is followed from step to step and to the end of the section', () => {
    const follower = createFollower();
    expect(follower.follow(viewAt(3))).toBeNull();
    expect(follower.follow(viewAt(3, { running: 's3:1' }))).toBe('s3:1');
    expect(follower.follow(viewAt(3, { running: 's3:1' }))).toBeNull();
    expect(follower.follow(viewAt(3))).toBeNull();
    expect(follower.follow(viewAt(3, { running: 's3:2' }))).toBe('s3:2');
    expect(follower.follow(moments['section 2 is done'])).toBe('onward');
  });

  test('is followed to the file that is written', () => {
    expect(createFollower().follow(moments['writing a file is confirmed'])).toBe('s2:1');
  });
});

test('what the learner asked for never moves the text', () => {
  const follower = createFollower();
  follower.asked({ type: 'run', block: 's3:1' });
  expect(follower.follow(viewAt(3, { running: 's3:1' }))).toBeNull();
  expect(follower.follow(moments['section 2 is done'])).toBeNull();
});
