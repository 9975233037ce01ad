import { expect, test } from 'vitest';
import { programOf } from './program-of.ts';

test.each([
  ['tail -f /srv/galaxy/log/zergling0.log', 'tail'],
  ['sudo -u galaxy tail -f x.log', 'tail'],
  ['while [ 1 ]; do sudo -Hu galaxy /srv/galaxy/venv/bin/uwsgitop localhost:9190; sleep 1; done', 'uwsgitop'],
  ['while true; do date; sleep 1; done', 'date'],
  ['LANG=C top', 'top'],
  ['/usr/bin/less\n-R', 'less'],
  ['\u001b]0\u0007x', '0x'],
  ['', 'shell'],
])('%j runs in a tab called %s', (command, name) => {
  expect(programOf(command)).toBe(name);
});
