/** What a host is called beside a lesson, and what is said when the learner has left. */
import { hostname } from 'node:os';
import type { Lesson } from '../model/lesson.ts';
import type { View } from '../session/view.ts';
import { words } from '../words/words.ts';
import type { HostChoice } from './choose-host.ts';
import { wordFor } from './find-lesson.ts';

/**
 * The name of the machine that the shell is on.
 * @param choice which kind of host; the sandbox where absent.
 * @param made the name that a host of our own is given.
 */
export function nameOfHost(choice: HostChoice | undefined, made: string): string {
  if (choice?.kind === 'local') return hostname();
  if (choice?.kind === 'ssh') return choice.target.replace(/^ssh:\/\/(?:[^@]*@)?/, '').replace(/\/$/, '');
  return made;
}

/**
 * How far it went and how to go on.
 * @param lesson which one.
 * @param view the session at its end.
 * @param choice which kind of host.
 * @param how further options that it was run with, e.g. ` --plain`.
 */
export function farewell(lesson: Lesson, view: View, choice: HostChoice = { kind: 'sandbox' }, how = ''): string {
  const { finished, workDone: done, workTotal: total } = view;
  const host = choice.kind === 'ssh' ? choice.target : choice.kind;
  const word = wordFor(lesson);
  const again = host === 'sandbox' ? '' : ` --host ${host}`;
  return finished
    ? words().program.done(lesson.title, `lockstep reset ${word}${again}`)
    : words().program.goOn(lesson.title, done, total, `lockstep run ${word}${again}${how}`);
}
