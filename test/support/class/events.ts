/** Reads a stream of server-sent events. */
import { expect, vi } from 'vitest';

/** A stream that is read. */
export interface OpenStream<T> {
  /** Everything that came, oldest first. */
  readonly events: readonly T[];
  /** Waits until something came that fits. */
  until(fits: (event: T) => boolean): Promise<T>;
  /** Resolves when the server has ended it. */
  readonly ended: Promise<void>;
  close(): void;
}

/**
 * Opens a stream.
 * @throws where it is not answered with one.
 */
export async function openEvents<T>(url: string, token: string): Promise<OpenStream<T>> {
  const stop = new AbortController();
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` }, signal: stop.signal });
  if (response.status !== 200 || !response.body) throw new Error(`a stream: ${response.status} ${await response.text()}`);
  const events: T[] = [];
  const read = async (body: ReadableStream<Uint8Array>): Promise<void> => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        for (const line of block.split('\n')) if (line.startsWith('data: ')) events.push(JSON.parse(line.slice(6)) as T);
      }
    }
  };
  return {
    events,
    until: (fits) =>
      vi.waitFor(
        () => {
          const found = events.find(fits);
          expect(found, 'nothing of that kind came').toBeDefined();
          return found as T;
        },
        { timeout: 5000, interval: 10 },
      ),
    ended: read(response.body).catch(() => {}),
    close: () => stop.abort(),
  };
}
