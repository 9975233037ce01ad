/**
 * docs/authoring.md is followed to the letter, from an empty folder: each file is written as it stands there, each command
 * is typed as it stands there, and the lesson that comes of it passes its tests. So does the one of `lockstep new`.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lockstep, sharedState } from '../support/test-state.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync('/var/tmp/lockstep-test-authoring-');
  mkdirSync(join(folder, 'bin'));
  mkdirSync(join(folder, 'work'));
  const wrapper = join(folder, 'bin/lockstep');
  writeFileSync(wrapper, `#!/bin/sh\nexec ${lockstep.map((word) => `'${word}'`).join(' ')} "$@"\n`);
  chmodSync(wrapper, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** One thing that the page tells its reader to do. */
type Doing = { readonly write: string; readonly content: string } | { readonly type: string };

/** What the tutorial says, in order; a fence that is neither a file nor commands would be something nobody can follow. */
function doings(page: string): readonly Doing[] {
  const [, tutorial = ''] = /\n## A lesson from nothing\n(.*?)\n## Testing a lesson\n/s.exec(page) ?? [];
  const fences = [...tutorial.matchAll(/([^\n]*)\n\n(`{3,4})(\w+)\n(.*?)\n\2\n/gs)];
  expect(fences).toHaveLength((tutorial.match(/^`{4}\w+$/gm) ?? []).length + outside(tutorial));
  return fences.map(([, before = '', , language = '', content = '']): Doing => {
    const [, file] = /[Ww]rite (?:it|that|this) to `([^`]+)`:$/.exec(before) ?? [];
    if (file !== undefined) return { write: file, content: `${content}\n` };
    if (language === 'console') return { type: content };
    throw new Error(`what is to be done with the ${language} after "${before}"?`);
  });
}

/** Fences of three ticks that do not stand inside one of four. */
function outside(tutorial: string): number {
  return (tutorial.replace(/^`{4}\w+\n.*?^`{4}$/gms, '').match(/^`{3}\w+$/gm) ?? []).length;
}

/** Types commands in a folder; gives what they said and the folder they end in. */
function type(commands: string, cwd: string): { readonly said: string; readonly cwd: string } {
  const end = join(folder, 'cwd');
  const said = execFileSync('bash', ['-e', '-c', `${commands}\npwd >'${end}'`], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${join(folder, 'bin')}:${process.env['PATH']}`, LOCKSTEP_STATE: sharedState },
    timeout: 300_000,
  });
  return { said, cwd: readFileSync(end, 'utf8').trim() };
}

test('docs/authoring.md, followed to the letter, ends with a lesson that passes', () => {
  const page = readFileSync(new URL('../../docs/authoring.md', import.meta.url), 'utf8');
  let cwd = join(folder, 'work');
  const said: string[] = [];
  for (const doing of doings(page)) {
    if ('write' in doing) {
      mkdirSync(dirname(join(cwd, doing.write)), { recursive: true });
      writeFileSync(join(cwd, doing.write), doing.content);
    } else {
      const typed = type(doing.type, cwd);
      cwd = typed.cwd;
      said.push(typed.said);
    }
  }
  const all = said.join('\n');
  expect(all).toContain('A backup that can be trusted');
  expect(all).toContain('Nothing to mend in 1 lesson.');
  expect(all).toMatch(/✓ fails before: the script says that the backup is good/);
  expect(all).toMatch(/✓ passes after: the script says that the backup is good/);
  expect(all).toMatch(/✓ empty-archive\.sh: The folder is packed before there is anything in it\./);
  expect(all).not.toContain('✗');
});

test('what lockstep new makes has nothing to mend and passes every test', () => {
  const { said } = type(
    'lockstep new my-lesson && lockstep lint --strict my-lesson && lockstep test --wrong --isolated my-lesson',
    folder,
  );
  expect(said).toContain('Nothing to mend in 1 lesson.');
  expect(said).toMatch(/\n\d+ passed, 0 failed/);
});
