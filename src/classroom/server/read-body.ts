/** A request's body, as far as it may go. */
import type { IncomingMessage } from 'node:http';
import type * as z from 'zod';
import { MOST_BODY_BYTES } from '../../classroom/protocol/words.ts';
import { Refused } from './refused.ts';

/**
 * Reads a body and proves that it is what it should be.
 * @param incoming Node's request.
 * @param schema what it should be.
 * @throws Refused 413 where it is too large, 400 where it is something else; the sentence says where in it.
 */
export async function readBody<T>(incoming: IncomingMessage, schema: z.ZodType<T>): Promise<T> {
  const text = await readText(incoming);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refused(400, 'bad-request', 'The body is not JSON.');
  }
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue?.path.map(String).join('.').slice(0, 200) ?? '';
  throw new Refused(400, 'bad-request', `The body is not what it should be${where === '' ? '' : ` at ${where}`}.`);
}

function readText(incoming: IncomingMessage): Promise<string> {
  const tooLarge = new Refused(413, 'too-large', `A body holds at most ${MOST_BODY_BYTES} bytes.`);
  if (Number(incoming.headers['content-length'] ?? 0) > MOST_BODY_BYTES) return Promise.reject(tooLarge);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const onData = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes > MOST_BODY_BYTES) {
        incoming.off('data', onData);
        incoming.pause();
        reject(tooLarge);
      } else chunks.push(chunk);
    };
    incoming.on('data', onData);
    incoming.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    incoming.once('error', () => reject(new Refused(400, 'bad-request', 'The request broke off.')));
    incoming.once('close', () => reject(new Refused(400, 'bad-request', 'The request broke off.')));
  });
}
