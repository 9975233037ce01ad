/** `lockstep verify FILE`: whether a completion record is as a class server has signed it. */
import { readFileSync } from 'node:fs';
import type { CompletionRecord } from '../classroom/protocol/record.ts';
import { loadClassModule } from '../classroom/server/loaded-late.ts';
import { fileReasonOf, UserError } from '../model/errors.ts';
import type { CommandWords } from '../words/command-words.ts';
import { commandWords } from './command-words.ts';
import { readArguments } from './read-arguments.ts';

/**
 * Runs the command.
 * @param args its arguments.
 * @returns 0 when it is, 1 when it is not.
 */
export async function verify(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments('verify', {
    args: [...args],
    allowPositionals: true,
    options: { key: { type: 'string' } },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    throw new UserError('usage', 'Which record is to be checked?', { tries: ['lockstep verify FILE'], exitCode: 2 });
  }
  const { verifyRecordText } = await loadClassModule();
  const said = (await commandWords()).verify;
  const { good, record, fingerprint } = verifyRecordText(readRecord(file));
  if (!good) {
    console.log(said.notGenuine(file));
    return 1;
  }
  const plain = (key: string): string => key.toLowerCase().replace(/[^0-9a-f]/g, '');
  if (values.key !== undefined && plain(values.key) !== plain(fingerprint)) {
    console.log(said.otherKey(fingerprint));
    return 1;
  }
  console.log(describe(record, said));
  console.log(`\n${values.key === undefined ? `${said.signedWith(fingerprint)}\n${said.whoseKey}` : said.genuine}`);
  return 0;
}

function readRecord(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UserError('no-record', `The record ${file} cannot be read: ${fileReasonOf(cause)}.`, { cause });
  }
}

function describe(
  { learner, lesson, class: taught, sections, finishedAt }: CompletionRecord,
  said: CommandWords['verify'],
): string {
  const done = sections.filter(({ status }) => status === 'done');
  const byProgram = done.filter(({ solvedBy }) => solvedBy === 'program').length;
  const rows = [
    [said.learner, learner.name],
    [said.lesson, lesson.title],
    [said.class, taught.title],
    [said.sections, `${said.sectionsDone(done.length, sections.length)}${byProgram === 0 ? '' : said.byProgram(byProgram)}`],
    [said.finished, finishedAt === null ? said.notFinished : new Date(finishedAt).toISOString()],
  ];
  return rows.map(([name = '', text = '']) => `${name.padEnd(9)} ${shown(text)}`).join('\n');
}

/** A record is somebody's file: nothing in it may move the cursor. */
function shown(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '');
}
