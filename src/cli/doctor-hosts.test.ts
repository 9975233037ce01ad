import { expect, test } from 'vitest';
import { englishCommands } from '../words/command-words.ts';
import { outcome, type Usable } from './doctor-hosts.ts';

const said = englishCommands.doctor;
const none: Usable = { sandbox: false, docker: false, podman: false };

test('what it comes to is that lessons can run where the sandbox or an engine can be used', () => {
  for (const usable of [{ sandbox: true }, { docker: true }, { podman: true }])
    expect(outcome(null, { ...none, ...usable }, said)).toBe('Lessons can run here: lockstep run');
  expect(outcome(null, none, said)).toMatch(/^Lessons cannot run here yet\./);
});

test('of a host that was named only that one counts', () => {
  const word = 'ssh://galaxy';
  expect(outcome({ word, works: true }, none, said)).toBe('Lessons can run here: lockstep run --host ssh://galaxy');
  expect(outcome({ word, works: false }, { ...none, sandbox: true }, said)).toMatch(/^Lessons cannot run with --host ssh:/);
});
