/**
 * The few things a journal does with its file. An interface, so that a test can be a disk that fills up.
 *
 * Opening and measuring it are done at once, and the rest by callbacks: no first frame waits for threads, nor for Node's
 * promises of files to be loaded.
 */
import { close, constants, fdatasync, fstat, fstatSync, fsync, ftruncate, openSync, write } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
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
  let file = openSync(path, FLAGS, 0o600);
  /** Where it was there before, this only repeats what was done then. */
  let newName = true;
  return {
    isGone: async () => (await promisify(fstat)(file)).nlink === 0,
    size: async () => fstatSync(file).size,
    async create() {
      await makePrivateFolder(dirname(path));
      const fresh = openSync(path, FLAGS, 0o600);
      await promisify(close)(file);
      file = fresh;
      newName = true;
    },
    cut: (bytes) => promisify(ftruncate)(file, bytes),
    async write(bytes, position) {
      let done = 0;
      while (done < bytes.length) {
        const { bytesWritten } = await promisify(write)(file, bytes, done, bytes.length - done, position + done);
        done += bytesWritten;
      }
    },
    async sync() {
      await promisify(fdatasync)(file);
      if (newName) await syncFolder(dirname(path));
      newName = false;
    },
    close: () => promisify(close)(file),
  };
}

/** Not with O_APPEND: a line that was written in part is overwritten where it stands. */
const FLAGS = constants.O_RDWR | constants.O_CREAT;

/** A new name in a folder survives a power cut only when the folder was synced. */
async function syncFolder(path: string): Promise<void> {
  const folder = openSync(path, constants.O_RDONLY);
  try {
    await promisify(fsync)(folder);
  } finally {
    await promisify(close)(folder);
  }
}
