/** Files on the sandbox: asks the agent, which looks before it opens anything. */
import type { FileStat, WriteRequest } from '../../host/host.ts';
import type { Helper } from './helper.ts';

const FILE_MS = 30_000;
/** The agent keeps the deadline; this much later the answer itself is given up. */
const GRACE_MS = 15_000;
const READ_LIMIT = 4 << 20;

/**
 * What a file is; null where there is nothing. Rejects with a UserError (code `host-denied`) where the user may not look.
 * @param helper the running helper.
 * @param path on the host.
 * @param user who looks.
 */
export async function statFile(helper: Helper, path: string, user: string): Promise<FileStat | null> {
  const question = { op: 'stat', path, user, timeout: FILE_MS / 1000 };
  const answer = await helper.ask(question, { timeoutMs: FILE_MS + GRACE_MS });
  return (answer['stat'] ?? null) as FileStat | null;
}

/**
 * A regular file's contents. Rejects with a UserError for anything else, for too many bytes, without the right to.
 * @param helper the running helper.
 * @param path on the host.
 * @param options who reads, default root; the most bytes, default 4 MiB.
 */
export async function readHostFile(
  helper: Helper,
  path: string,
  options: { readonly user?: string; readonly maxBytes?: number },
): Promise<Buffer> {
  const parts: Buffer[] = [];
  const limit = options.maxBytes ?? READ_LIMIT;
  await helper.ask(
    { op: 'read', path, user: options.user ?? 'root', limit, timeout: FILE_MS / 1000 },
    { timeoutMs: FILE_MS + GRACE_MS, onFrame: (kind, payload) => void (kind === 'o' && parts.push(payload)) },
  );
  return Buffer.concat(parts);
}

/**
 * Writes a file whole or not at all. Rejects with a UserError for what is not a regular file, without the right to, on a
 * full disk.
 * @param helper the running helper.
 * @param path on the host.
 * @param content all of it.
 * @param request as whom and how.
 */
export async function writeHostFile(
  helper: Helper,
  path: string,
  content: Buffer,
  request: WriteRequest,
): Promise<{ readonly backup: string | null }> {
  const answer = await helper.ask(
    {
      op: 'write',
      path,
      user: request.user,
      mode: Number.parseInt(request.mode ?? '0644', 8),
      backup: request.backup ?? true,
      stdin: content.length,
      timeout: FILE_MS / 1000,
    },
    { body: [content], timeoutMs: FILE_MS + GRACE_MS },
  );
  return { backup: (answer['backup'] ?? null) as string | null };
}
