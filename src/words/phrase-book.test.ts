/**
 * The phrase book and the sources say the same: every phrase is still said somewhere, and every sentence that can reach
 * a learner's screen is in the book.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { spanish } from './es/spanish.ts';
import { lookUp } from './phrase-book.ts';

const src = fileURLToPath(new URL('../', import.meta.url));
const hosts = fileURLToPath(new URL('../../fixtures/hosts/', import.meta.url));

/** Every text of a source file, `{0}`, `{1}` where it holds something. */
function textsOf(file: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) found.push(node.text);
    else if (ts.isTemplateExpression(node))
      found.push(node.head.text + node.templateSpans.map((span, index) => `{${index}}${span.literal.text}`).join(''));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest));
  return found;
}

/** The files of a folder, or the one file that is named. */
function filesIn(path: string): readonly string[] {
  if (path.endsWith('.ts')) return [path];
  return readdirSync(`${src}${path}`, { recursive: true, encoding: 'utf8' }).map((name) => `${path}/${name}`);
}

function textsIn(...folders: readonly string[]): readonly string[] {
  return folders
    .flatMap(filesIn)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .flatMap((name) => textsOf(`${src}${name}`));
}

const letters = (text: string): number => text.replaceAll(/\{\d\}|[^a-zA-Z]/g, '').length;

/** What the helpers on the machine's side tell as troubles, with `{0}`, `{1}` where Python has `%s`, `%d`. */
function troublesOfHelpers(): readonly string[] {
  const folder = `${src}host/sandbox/`;
  return readdirSync(folder)
    .filter((name) => name.endsWith('.py'))
    .flatMap((name) => [...readFileSync(`${folder}${name}`, 'utf8').matchAll(/'[a-z-]+',\s*'([A-Z%](?:[^'\\\n]|\\.)*)'/g)])
    .map(([, text = '']) => {
      let hole = 0;
      return text.replaceAll("\\'", "'").replaceAll(/%(?:\d*[sdro])/g, () => `{${hole++}}`);
    })
    .filter((text) => text.split(' ').length > 2 && letters(text) > 3);
}

test('every phrase is still said by the sources', () => {
  const code = [
    ...troublesOfHelpers(),
    ...textsIn('session', 'engine', 'model', 'checks', 'host', 'journal', 'terminal', 'classroom', 'recording', 'lesson', 'cli'),
  ];
  const scripts = readdirSync(hosts, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(sh|yaml)$/.test(name))
    .map((name) => readFileSync(`${hosts}${name}`, 'utf8'))
    .join('\n');
  const plain = new Set(code);
  const patterns = code
    .filter((text) => text.includes('{0}') && letters(text) > 3)
    .map((text) => ({
      // Most are told apart by their first words, without the expression.
      head: text.slice(0, text.indexOf('{')),
      whole: new RegExp(`^${text.replaceAll(/[.*+?^$()|[\]\\/]/g, '\\$&').replaceAll(/\{\d\}/g, '.*')}$`, 's'),
    }));
  const stale = spanish.phrases
    .map(([source]) => source)
    .filter(
      (source) =>
        !plain.has(source) &&
        // What failed, and the message of what it failed with, are put together.
        !plain.has(source.replace(/: \{0\}$/, '')) &&
        !scripts.includes(source.replaceAll(/\{\d\}.*/g, '')) &&
        !patterns.some(({ head, whole }) => source.startsWith(head) && whole.test(source)),
    );
  expect(stale).toEqual([]);
});

/**
 * Said where the program plays or previews a lesson: an author reads it. The last three would fit too many sentences of
 * others: what they are said of is in the book by itself.
 */
const programs = new Set([
  'The scripts of the section do not end.',
  'The session does not go on from x0.',
  'x0 did not end in time.',
  'A preview has no host: lockstep run and lockstep test do this.',
  'x0 is x1.',
  'x0 done.',
  'x0 should x1, but it is x2.',
]);

test('every sentence of checks, session and steps is in the book', () => {
  const sentences = textsIn('session', 'engine', 'checks/kinds', 'checks/batch', 'checks/monitor.ts', 'checks/series.ts').filter(
    (text) => /^(?:[A-Z{`[]|supervisor).*[a-z}`\]]\.$/s.test(text) && text.split(' ').length > 2 && letters(text) > 3,
  );
  expect(sentences.length).toBeGreaterThan(100);
  const filled = sentences.map((text) => text.replaceAll(/\{(\d)\}/g, 'x$1'));
  const missing = filled.filter((text) => !programs.has(text) && lookUp(text, spanish.phrases) === text);
  expect(missing, 'a sentence that a learner can see has its Spanish in src/words/es/*-phrases.ts').toEqual([]);
});

/** Commands of authors and instructors: what they say is English (docs/decisions/0012-languages.md). */
const authors =
  /^cli\/(?:class-(?:export|place|serve|watch)|class|export|lint|lesson-paths|new|new-lesson-files|preview|test|ask-secret)\.ts$/;

/** Not said to anybody who learns. */
const others = new Set([
  // A script or a label, which begins like a sentence.
  'LABEL lockstep.role=image lockstep.state=x0',
  'LABEL lockstep.role=snapshot lockstep.state=x0',
  '"$@"; code=$?; sleep 0.3; exit "$code"',
  "x0 >/dev/null 2>&1 || printf '%s\\n' x1",
  // A command to type, or a version and an option.
  'x0 system prune',
  'x0: --host ssh://HOST',
  // Of the transcript of a played lesson, which programs read as well.
  'Lockstep plays "x0" by itself, in plain text.',
]);

/** Texts of a folder that begin like a sentence and have a word in them; those of a `UserError` end as they like. */
function sentencesIn(...folders: readonly string[]): readonly string[] {
  return folders
    .flatMap(filesIn)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !authors.test(name))
    .flatMap((name) => textsOf(`${src}${name}`))
    .filter(
      (text) =>
        /^[A-Z{`"“-]/.test(text) &&
        /(?:^|[ `])[a-z]{2,}/.test(text) &&
        text.trim().split(' ').length > 2 &&
        letters(text) > 6 &&
        // A script begins with what was put into it.
        !text.includes('\nif '),
    );
}

test('every sentence of hosts, journal, terminal, recordings, the class’s learner and the learner’s commands is in the book', () => {
  const sentences = sentencesIn(
    'host',
    'journal',
    'terminal',
    'recording',
    'classroom/learner',
    'classroom/record/verify.ts',
    'cli',
  );
  expect(sentences.length).toBeGreaterThan(200);
  expect(troublesOfHelpers().length).toBeGreaterThan(25);
  // What stands right behind the last word is `.`, or `: ` and why.
  const filled = [...sentences, ...troublesOfHelpers()].map((text) =>
    text.replace(/(?<=[a-z])\{(\d)\}$/, ': x$1').replaceAll(/\{(\d)\}/g, 'x$1'),
  );
  const missing = filled.filter((text) => !others.has(text) && lookUp(text, spanish.phrases) === text);
  expect([...new Set(missing)], 'a sentence that a learner can see has its Spanish in src/words/es/*-phrases.ts').toEqual([]);
});

test('a thing within a sentence is said in the language as well, and a name stays as it is', () => {
  const say = (text: string): string => lookUp(text, spanish.phrases);
  expect(say('/etc/x should be a regular file, but it is a directory.')).toBe(
    '/etc/x debe ser un archivo normal, pero es un directorio.',
  );
  expect(say('“a” is not the answer. That makes 3 wrong answers.')).toBe(
    '“a” no es la respuesta. Ya son 3 respuestas incorrectas.',
  );
  expect(say('`make` ended with exit code 2. The commands after it were not typed.')).toBe(
    '`make` terminó con el código de salida 2. Los comandos siguientes no se escribieron.',
  );
  // What a program printed stays as it printed it.
  expect(say('`status` should say ready on stdout, but it says “stopped”.')).toBe(
    '`status` debe decir ready en stdout, pero dice “stopped”.',
  );
  expect(say('`status` should say ready on stdout, but it says nothing.')).toBe(
    '`status` debe decir ready en stdout, pero no dice nada.',
  );
  expect(say('What no book knows.')).toBe('What no book knows.');
});

test('a phrase holds in its Spanish what it holds in its English', () => {
  const holes = (text: string): string => [...new Set(text.match(/\{\d\}/g))].toSorted().join('');
  for (const [source, said] of spanish.phrases) expect([source, holes(said)]).toEqual([source, holes(source)]);
});

test('a lesson’s own sentence is left alone, though it sounds like one of ours', () => {
  for (const text of [
    'The disk is full: nothing was written.',
    'All is well.',
    'Your work is done.',
    'All done.',
    'the file cannot be read: input/output error',
    'Look at all its events',
    'Do it and once more',
  ])
    expect(lookUp(text, spanish.phrases)).toBe(text);
});
