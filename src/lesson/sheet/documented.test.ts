import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readSheet } from '../native.ts';
import { hostJsonSchema } from './host-shape.ts';
import { lessonJsonSchema } from './lesson-shape.ts';

const documentation = readFileSync('docs/lesson-format.md', 'utf8');

/** Every key and every fixed word that a schema allows. */
function wordsOf(schema: unknown): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(wordsOf);
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([keyword, value]) => {
    if (keyword === 'properties') return [...Object.keys(value), ...wordsOf(Object.values(value))];
    if (keyword === 'enum') return (value as readonly unknown[]).map(String);
    return wordsOf(value);
  });
}

describe('docs/lesson-format.md', () => {
  const words = [...new Set([...wordsOf(lessonJsonSchema()), ...wordsOf(hostJsonSchema())])].sort();

  test('there are words to look for', () => {
    expect(words).toEqual(expect.arrayContaining(['stable_for', 'section_level', 'RUNNING', 'pids', 'because']));
  });

  test.each(words)('tells of %s', (word) => {
    expect(documentation).toMatch(new RegExp(`\`[^\`\\n]*\\b${word}\\b[^\`\\n]*\``));
  });

  const broken = 'fixtures/lessons/broken';
  const expected = readdirSync(broken).filter((name) => name.endsWith('.expected.txt'));
  const rules = expected.flatMap((name) => [
    ...readFileSync(`${broken}/${name}`, 'utf8').matchAll(/\((?:error|warning) ([a-z0-9-]+)\)$/gm),
  ]);
  test.each([...new Set(rules.map(([, rule]) => rule ?? ''))].sort())('names the problem %s', (rule) => {
    expect(documentation).toContain(`\`${rule}\``);
  });

  const examples = [...documentation.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text]) => text ?? '');
  const indent = (text: string, by: string) => text.replace(/^(?=.)/gm, by);
  const wholes = examples.flatMap((text) => {
    if (text.startsWith('version:')) return [text];
    if (/^(?:blocks|checks):/.test(text)) return [`version: 1\nsections:\n  a:\n${indent(text, '    ')}`];
    return text.startsWith('- ') ? [`version: 1\nsections:\n  a:\n    checks:\n${indent(text, '      ')}`] : [];
  });

  test('has examples', () => expect(wholes).toHaveLength(7));

  test.each(wholes)('has an example that is right: %j', (text) => {
    expect(readSheet({ file: 'example', text }, ['galaxy']).problems).toEqual([]);
  });
});
