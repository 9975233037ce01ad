/** The few things a journal does with its file. An interface, so that a test can be a disk that fills up. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makePrivateFolder } from './private-folder.ts';

/** A file that is written at its end. */
export interface JournalFile {
  /** True when somebody has deleted it while it was open. */
  isGone(): Promise<boolean>;
  /** Its length in bytes. */
  size(): Promise<number>;
  /** Makes it anew, empty. */
  create(): Promise<void>;
  /** Shortens it to that many bytes. */
  cut(bytes: number): Promise<void>;
  /** Writes all of it or rejects; may leave a part behind when it rejects. */
  write(bytes: Buffer, position: number): Promise<void>;
  /** Resolves when what was written, and a new file's name, would survive a power cut. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a journal's file, making it and its folder where there is none.
 * @param path absolute.
 */
export async function openJournalFile(path: string): Promise<JournalFile> {
  await makePrivateFolder(dirname(path));
  let handle = await open(path, FLAGS, 0o600);
  /** Where it was there before, this only repeats what was done then. */
  let newName = true;
  return {
    isGone: async () => (await handle.stat()).nlink === 0,
    size: async () => (await handle.stat()).size,
    async create() {
      await handle.close();
      await makePrivateFolder(dirname(path));
      handle = await open(path, FLAGS, 0o600);
      newName = true;
    },
    cut: (bytes) => handle.truncate(bytes),
    async write(bytes, position) {
      let done = 0;
      while (done < bytes.length) {
        const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
        done += bytesWritten;
      }
    },
    async sync() {
      await handle.datasync();
      if (newName) await syncFolder(dirname(path));
      newName = false;
    },
    close: () => handle.close(),
  };
}

/** Not with O_APPEND: a line that was written in part is overwritten where it stands. */
const FLAGS = constants.O_RDWR | constants.O_CREAT;

/** A new name in a folder survives a power cut only when the folder was synced. */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
