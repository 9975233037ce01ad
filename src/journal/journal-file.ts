/** The few things a journal does with its file. An interface, so that a test can be a disk that fills up. */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makePrivateFolder } from './private-folder.ts';

/** A file that is written at its end. */
export interface JournalFile {
  /** True when somebody has deleted it while it was open. */
  isGone(): Promise<boolean>;
  /** Makes it anew, empty. */
  create(): Promise<void>;
  /** Shortens it to that many bytes. */
  cut(bytes: number): Promise<void>;
  /** Writes all of it or rejects; may leave a part behind when it rejects. */
  write(bytes: Buffer, position: number): Promise<void>;
  /** Resolves when what was written would survive a power cut. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a journal's file, making it and its folder where there is none.
 * @param path absolute.
 */
export async function openJournalFile(path: string): Promise<JournalFile> {
  let handle = await openForWriting(path);
  return {
    isGone: async () => (await handle.stat()).nlink === 0,
    async create() {
      await handle.close();
      handle = await openForWriting(path);
    },
    cut: (bytes) => handle.truncate(bytes),
    async write(bytes, position) {
      let done = 0;
      while (done < bytes.length) {
        const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
        done += bytesWritten;
      }
    },
    sync: () => handle.datasync(),
    close: () => handle.close(),
  };
}

/** Not with O_APPEND: a line that was written in part is overwritten where it stands. */
async function openForWriting(path: string): Promise<FileHandle> {
  await makePrivateFolder(dirname(path));
  const handle = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  await syncFolder(dirname(path));
  return handle;
}

/** A new name in a folder survives a power cut only when the folder was synced. */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
