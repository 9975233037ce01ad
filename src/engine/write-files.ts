/** Shows and writes a lesson's file blocks on the host. */

import type { Host } from '../host/host.ts';
import { messageOf, UserError } from '../model/errors.ts';
import type { WriteBlock } from '../model/lesson.ts';
import type { WritePreview } from '../session/events.ts';
import { diffLines } from './diff-lines.ts';
import { changedContent } from './file-change.ts';

type FileHost = Pick<Host, 'stat' | 'readFile' | 'writeFile'>;

/** The mode of a file that was not there before. */
const newFileMode = '0644';

/** Who reads and writes for a block: root where the lesson says so. */
function writer(block: WriteBlock, user: string): string {
  return block.sudo ? 'root' : user;
}

/**
 * What writing the block would change.
 * @param host where.
 * @param block what to write.
 * @param user the lesson's user.
 * @throws UserError when the place cannot be read, or is not a regular file.
 */
export async function previewWrite(host: FileHost, block: WriteBlock, user: string): Promise<WritePreview> {
  const as = writer(block, user);
  const stat = await host.stat(block.path, as);
  if (stat !== null && stat.type !== 'file' && stat.type !== 'symlink') {
    throw new UserError('write-not-a-file', `${block.path} is a ${stat.type}, not a file: it is left alone.`, {
      tries: [`Look at it with \`ls -l ${block.path}\`, move it away, and write the file again.`],
    });
  }
  const current = stat === null ? null : (await host.readFile(block.path, { user: as })).toString('utf8');
  const next = changedContent(current, block);
  return {
    path: block.path,
    as,
    owner: stat?.owner ?? as,
    group: stat?.group ?? as,
    mode: stat?.mode ?? newFileMode,
    exists: stat !== null,
    same: current === next,
    diff: diffLines(current ?? '', next),
  };
}

/**
 * Writes the block, from the contents the file has now.
 * @param host where.
 * @param block what to write.
 * @param user the lesson's user.
 * @throws UserError when it cannot be written; what was there is still there then.
 */
export async function writeBlock(host: FileHost, block: WriteBlock, user: string): Promise<{ readonly backup: string | null }> {
  const as = writer(block, user);
  const stat = await host.stat(block.path, as);
  const current = stat === null ? null : (await host.readFile(block.path, { user: as })).toString('utf8');
  try {
    return await host.writeFile(block.path, Buffer.from(changedContent(current, block)), { user: as, mode: newFileMode });
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError('write-failed', `${block.path} could not be written: ${messageOf(cause)}`, { cause });
  }
}
