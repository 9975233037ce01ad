/** The one place where lessons and host definitions are read from disk. Knows bytes and folders, not what they mean. */
import { readdir, readFile, stat } from 'node:fs/promises';
import type { Problem } from '../model/problem.ts';
import { decodeSource, MAX_BYTES, type Source } from './text/decode.ts';

/** What a path is. */
export type PathKind = 'folder' | 'file' | 'missing' | 'other' | 'unreadable';

/** A file as text with its bytes (for hashes), or why it cannot be read. */
export type FileResult =
  | { readonly ok: true; readonly source: Source; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly problem: Problem };

/**
 * What a path is; never rejects.
 * @param path absolute, or relative to the working directory.
 */
export async function kindOfPath(path: string): Promise<PathKind> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return 'folder';
    return found.isFile() ? 'file' : 'other';
  } catch (thrown) {
    const code = codeOf(thrown);
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreadable';
  }
}

/**
 * Reads a regular file as text; never rejects, never opens a FIFO or a device.
 * @param path the file; messages name it so.
 */
export async function readSource(path: string): Promise<FileResult> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return refuse(path, 'not-a-file', 'This is not a file.');
    if (found.size > MAX_BYTES)
      return refuse(path, 'file-too-large', `The file has ${found.size} bytes; at most ${MAX_BYTES} are read.`);
    const bytes = await readFile(path);
    const decoded = decodeSource(path, bytes);
    return 'problem' in decoded ? { ok: false, problem: decoded.problem } : { ok: true, source: decoded.source, bytes };
  } catch (thrown) {
    return refuse(path, ...whyUnreadable(thrown));
  }
}

/**
 * Names in a folder, in order; empty where it cannot be read.
 * @param path the folder.
 */
export async function namesIn(path: string): Promise<readonly string[]> {
  try {
    return (await readdir(path)).sort();
  } catch {
    return [];
  }
}

function refuse(path: string, rule: string, message: string, suggestion?: string): FileResult {
  const place = { file: path, line: 1, column: 1 };
  return { ok: false, problem: { place, rule, message, severity: 'error', ...(suggestion === undefined ? {} : { suggestion }) } };
}

function whyUnreadable(thrown: unknown): readonly [string, string, string?] {
  const code = codeOf(thrown);
  if (code === 'ENOENT' || code === 'ENOTDIR') return ['file-missing', 'There is no such file.'];
  if (code === 'EACCES' || code === 'EPERM')
    return ['file-unreadable', 'You may not read this file.', 'Look at its mode and owner.'];
  return ['file-unreadable', `The file cannot be read (${code}).`];
}

function codeOf(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' ? code : 'unknown error';
}
