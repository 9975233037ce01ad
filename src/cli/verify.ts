/** `lockstep verify FILE`: whether a completion record is as a class server has signed it. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { CompletionRecord } from '../classroom/protocol/record.ts';
import { loadClassModule } from '../classroom/server/loaded-late.ts';
import { messageOf, UserError } from '../model/errors.ts';

/**
 * Runs the command.
 * @param args its arguments.
 * @returns 0 when it is, 1 when it is not.
 */
export async function verify(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { key: { type: 'string' } },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    throw new UserError('usage', 'Which record is to be checked?', { tries: ['lockstep verify FILE'], exitCode: 2 });
  }
  const { verifyRecordText } = await loadClassModule();
  const { good, record, fingerprint } = verifyRecordText(readRecord(file));
  if (!good) {
    console.log(`Not genuine: ${file} was changed after it was signed, or never was.`);
    return 1;
  }
  const plain = (key: string): string => key.toLowerCase().replace(/[^0-9a-f]/g, '');
  if (values.key !== undefined && plain(values.key) !== plain(fingerprint)) {
    console.log(`Signed by another key: ${fingerprint}`);
    return 1;
  }
  console.log(describe(record));
  console.log(
    values.key === undefined
      ? `\nThe record is as it was signed, with the key ${fingerprint}\nWhose key that is, the instructor knows: \`lockstep class serve\` prints it.`
      : '\nGenuine: signed with that key, and not changed since.',
  );
  return 0;
}

function readRecord(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UserError('no-record', `${file} cannot be read: ${messageOf(cause)}.`, { cause });
  }
}

function describe({ learner, lesson, class: taught, sections, finishedAt }: CompletionRecord): string {
  const done = sections.filter(({ status }) => status === 'done');
  const byProgram = done.filter(({ solvedBy }) => solvedBy === 'program').length;
  const rows = [
    ['Learner', learner.name],
    ['Lesson', lesson.title],
    ['Class', taught.title],
    ['Sections', `${done.length} of ${sections.length} done${byProgram === 0 ? '' : `, ${byProgram} of them by the program`}`],
    ['Finished', finishedAt === null ? 'no' : new Date(finishedAt).toISOString()],
  ];
  return rows.map(([name = '', text = '']) => `${name.padEnd(9)} ${shown(text)}`).join('\n');
}

/** A record is somebody's file: nothing in it may move the cursor. */
function shown(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '');
}
