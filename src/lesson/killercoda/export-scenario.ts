/**
 * A lesson as a Killercoda scenario: pages, verify scripts, assets, and what could not be said there. Pure: the files
 * come back as data.
 */
import type { Check } from '../../model/check.ts';
import type { Lesson, Section } from '../../model/lesson.ts';
import { conditionOf } from './conditions.ts';
import { BECOME_USER } from './index-file.ts';
import { writeQuiz } from './quiz.ts';
import { helpersFor } from './shell-helpers.ts';
import { quote } from './shell-text.ts';
import { fence, writeMarkdown } from './write-markdown.ts';

/** A file of the scenario. */
export interface ExportedFile {
  /** Relative to the scenario's folder. */
  readonly path: string;
  readonly text: string;
  readonly executable: boolean;
}

/** A scenario, not written yet. */
export interface ExportedScenario {
  readonly files: readonly ExportedFile[];
  /** Files of this machine that belong in it, unchanged. */
  readonly copies: readonly { readonly from: string; readonly path: string }[];
  /** What the scenario cannot say, one sentence each. */
  readonly notes: readonly string[];
}

/** Puts a section into an ini file; scenarios have no way of their own for that. */
const REPLACE_SECTION = `#!/bin/sh
# replace-section FILE SECTION NEW: the section of an ini file, its header included, becomes the text of NEW.
set -e
touch "$1"
awk -v section="$2" -v new="$3" '
  function put() { if (!done) { while ((getline line < new) > 0) print line; done = 1 } }
  /^[ \\t]*\\[[^]]*\\][ \\t]*$/ {
    name = $0; gsub(/^[ \\t]*\\[|\\][ \\t]*$/, "", name)
    inside = name == section && !done
    if (inside) { put(); print ""; next }
  }
  !inside { print }
  END { put() }
' "$1" >"$1.new"
cat "$1.new" >"$1"
rm "$1.new"
`;

/**
 * Makes the scenario.
 * @param lesson any lesson, also one that was a scenario.
 */
export function exportScenario(lesson: Lesson): ExportedScenario {
  const notes: string[] = [];
  const files: ExportedFile[] = [];
  const add = (path: string, text: string, executable = false) => files.push({ path, text: `${text.trimEnd()}\n`, executable });
  if (lesson.host !== 'bare') {
    notes.push(`The host \`${lesson.host}\` is not part of the scenario: its machine must be made ready by other means.`);
  }
  if (lesson.user !== 'root') add(BECOME_USER, becoming(lesson.user), true);
  add('intro.md', `# ${lesson.title}\n\n${writeMarkdown(lesson.introduction, [])}`);
  const steps = lesson.sections.map((section, index) => {
    const folder = `step${index + 1}`;
    add(`${folder}/text.md`, pageText(section));
    const { background, foreground } = section.setup ?? {};
    if (background !== undefined) add(`${folder}/background.sh`, background.source, true);
    if (foreground !== undefined) add(`${folder}/foreground.sh`, foreground.source, true);
    const verify = verifyScript(section, notes);
    if (verify !== null) add(`${folder}/verify.sh`, verify, true);
    if (section.monitor !== undefined) notes.push(`“${section.title}”: its monitor is left out; nothing counts requests there.`);
    return {
      title: section.title,
      text: `${folder}/text.md`,
      ...(verify === null ? {} : { verify: `${folder}/verify.sh` }),
      ...(background === undefined ? {} : { background: `${folder}/background.sh` }),
      ...(foreground === undefined ? {} : { foreground: `${folder}/foreground.sh` }),
    };
  });
  add('finish.md', `# The end\n\nThat was “${lesson.title}”.`);
  const copies = (lesson.assets ?? []).map(({ from, to, mode }, index) => {
    const name = `${index + 1}/${to.slice(to.lastIndexOf('/') + 1)}`;
    return { from, path: `assets/${name}`, entry: assetEntry(name, to, mode) };
  });
  const sections = lesson.sections
    .flatMap((section) => section.blocks)
    .some((block) => block.kind === 'write' && block.mode.how === 'section');
  if (sections) add('assets/replace-section', REPLACE_SECTION, true);
  const host01 = [
    ...copies.map(({ entry }) => entry),
    ...(sections ? [{ file: 'replace-section', target: '/usr/local/bin', chmod: '+x' }] : []),
  ];
  const index = {
    title: lesson.title,
    description: lesson.summary ?? '',
    ...(lesson.minutes === undefined ? {} : { time: `${lesson.minutes} minutes` }),
    details: {
      intro: {
        title: 'Introduction',
        text: 'intro.md',
        ...(lesson.user === 'root' ? {} : { foreground: BECOME_USER }),
      },
      steps,
      finish: { title: 'The end', text: 'finish.md' },
      ...(host01.length === 0 ? {} : { assets: { host01 } }),
    },
    backend: { imageid: 'ubuntu' },
    // For readers of ours, which can open a shell as anybody.
    ...(lesson.user === 'root' ? {} : { lockstep: { user: lesson.user } }),
  };
  add('index.json', JSON.stringify(index, null, 2));
  return { files, copies: copies.map(({ from, path }) => ({ from, path })), notes };
}

/** A scenario's shell is root's; the lesson's own user takes it over. */
function becoming(user: string): string {
  const name = quote(user);
  return `id -u ${name} >/dev/null 2>&1 || useradd -m -s /bin/bash ${name}
[ -e /etc/sudoers.d/lesson ] || echo ${quote(`${user} ALL=(ALL:ALL) NOPASSWD: ALL`)} >/etc/sudoers.d/lesson
clear
exec su - ${name}`;
}

function assetEntry(file: string, to: string, mode: string | undefined) {
  return { file, target: to.slice(0, to.lastIndexOf('/')) || '/', ...(mode === undefined ? {} : { chmod: mode }) };
}

function pageText(section: Section): string {
  const solution = section.solution ?? [];
  return [
    `# ${section.title}`,
    writeMarkdown(section.body, section.blocks),
    ...quizzesOf(section),
    ...section.hints.map((hint) => details('Hint', hint.split('\n').map(escapeLine).join('\n\n'))),
    ...(solution.length === 0 ? [] : [details('Solution', solution.map((text) => fence('bash', text, '{{exec}}')).join('\n\n'))]),
    ...(section.explain.length === 0 ? [] : [details('What happened', writeMarkdown(section.explain, []))]),
  ].join('\n\n');
}

/** Questions that stand in the text already (it was a scenario's) stand there as text; they are asked again all the same. */
function quizzesOf({ checks }: Section): readonly string[] {
  const questions = checks.flatMap(({ question }) => (question.kind === 'answer' ? [question] : []));
  return questions.map((question, index) => writeQuiz(question, index + 1));
}

function details(summary: string, inside: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${inside}\n\n</details>`;
}

function escapeLine(line: string): string {
  return line.replace(/[<>&]/g, (character) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;' })[character] ?? character);
}

/** A script that says which check fails first; null where there is nothing to check. */
function verifyScript(section: Section, notes: string[]): string | null {
  const parts = section.checks.flatMap((check) => {
    if (check.question.kind === 'answer') return [];
    const condition = conditionFor(check);
    if (condition !== null) return [checkLines(check, condition)];
    notes.push(`“${section.title}”: a script cannot check that ${check.title}.`);
    return [];
  });
  if (parts.length === 0) return null;
  return [
    '#!/bin/bash',
    ...[helpersFor(parts.join('\n'))].filter((text) => text !== ''),
    'wrong=0',
    ...parts,
    'exit "$wrong"',
  ].join('\n');
}

/** What happened earlier, or must never happen, a script that is run once does not know. */
function conditionFor({ question, timing }: Check): string | null {
  return timing.once || timing.never ? null : conditionOf(question);
}

function checkLines({ title, hint, user }: Check, condition: string): string {
  const said = hint === undefined ? [] : [`  echo ${quote(hint.replace(/\s+/g, ' '))}`];
  const asked =
    user === undefined || user === 'root'
      ? condition
      : `runuser -u ${quote(user)} -- bash -c ${quote(`${helpersFor(condition)}${condition}`)}`;
  return [`if ! ${asked}; then`, ...said, `  echo ${quote(`Not yet: ${title.replace(/\s+/g, ' ')}`)}`, '  wrong=1', 'fi'].join(
    '\n',
  );
}
