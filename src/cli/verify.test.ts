/** `lockstep verify` in both languages: a record that is as it was signed, one that was changed, one of another key. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { CompletionRecord } from '../classroom/protocol/record.ts';
import { fingerprintOf, newSigningKey, publicKeyOf, signRecord } from '../classroom/record/sign.ts';
import { english } from '../words/english.ts';
import { spanish } from '../words/es/spanish.ts';
import { speak } from '../words/words.ts';
import { verify } from './verify.ts';

const section = { openedAt: 1, closedAt: 2, hints: 0 };
const record: CompletionRecord = {
  format: 'lockstep-completion-record',
  version: 1,
  class: { id: 'class-0000', title: 'Admin Training' },
  learner: { seat: 'seat-0000', name: 'Ana' },
  lesson: { id: 'tour', title: 'A tour', hash: 'abc' },
  host: 'sandbox',
  startedAt: 1,
  finishedAt: 0,
  sections: [
    { ...section, id: 'a', title: 'A', status: 'done', solvedBy: 'learner' },
    { ...section, id: 'b', title: 'B', status: 'done', solvedBy: 'program' },
  ],
  journal: { id: 'a'.repeat(64), head: 'b'.repeat(64), lines: 7 },
  firstHeardAt: 1,
  signedAt: 3,
};

let folder: string;
let good: string;
let changed: string;
const key = newSigningKey();
const fingerprint = fingerprintOf(publicKeyOf(key));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-verify-'));
  good = join(folder, 'good.json');
  changed = join(folder, 'changed.json');
  const signed = signRecord(record, key);
  writeFileSync(good, JSON.stringify(signed));
  writeFileSync(changed, JSON.stringify({ ...signed, record: { ...record, finishedAt: 4 } }));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => {
  speak(english);
  vi.restoreAllMocks();
});

async function said(...args: readonly string[]): Promise<readonly [code: number, text: string]> {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const code = await verify(args);
  return [code, log.mock.calls.flat().join('\n')];
}

test('in English', async () => {
  expect(await said(good)).toEqual([
    0,
    `Learner   Ana
Lesson    A tour
Class     Admin Training
Sections  2 of 2 done, 1 of them by the program
Finished  1970-01-01T00:00:00.000Z

The record is as it was signed, with the key ${fingerprint}
Whose key that is, the instructor knows: \`lockstep class serve\` prints it.`,
  ]);
});

test('in Spanish', async () => {
  speak(spanish);
  expect(await said(good, '--key', fingerprint)).toEqual([
    0,
    `Alumno    Ana
Lección   A tour
Clase     Admin Training
Secciones 2 de 2 terminadas, 1 de ellas por el programa
Terminada 1970-01-01T00:00:00.000Z

Auténtico: firmado con esa clave y sin cambios desde entonces.`,
  ]);
  vi.restoreAllMocks();
  expect(await said(good, '--key', '0000')).toEqual([1, `Firmado con otra clave: ${fingerprint}`]);
  vi.restoreAllMocks();
  expect(await said(changed)).toEqual([1, `No es auténtico: ${changed} se cambió después de firmarse, o nunca se firmó.`]);
});
