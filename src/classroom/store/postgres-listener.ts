/** A connection that only listens, and is made again when it is lost. Knows nothing of what is told. */
import type pg from 'pg';
import { messageOf } from '../../model/errors.ts';

/** Between two tries to connect again, milliseconds: at first, and at most. */
const FIRST_PAUSE_MS = 200;
const MOST_PAUSE_MS = 5_000;

/** Who is told. */
export interface Hearers {
  onText(text: string): void;
  /** Listening again after a loss: what was told meanwhile is missing. */
  onGap(): void;
  onNotice(sentence: string): void;
}

/**
 * Listens on a channel until it is stopped.
 * @param newClient a client that is not connected yet.
 * @param channel an identifier of PostgreSQL's.
 * @param hearers who is told.
 * @returns the way to stop, once it listens. Rejects where the first connection cannot be made.
 */
export async function listenTo(newClient: () => pg.Client, channel: string, hearers: Hearers): Promise<() => Promise<void>> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let current: pg.Client | null = null;

  async function connect(): Promise<void> {
    const client = newClient();
    // Both an error and the end of the connection may be told, in any order; the first one counts.
    const lost = (cause?: Error): void => {
      if (current !== client || stopped) return;
      current = null;
      if (cause) hearers.onNotice(messageOf(cause));
      again(FIRST_PAUSE_MS);
    };
    client.on('error', lost);
    client.on('end', () => lost());
    client.on('notification', ({ payload }) => hearers.onText(payload ?? ''));
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}`);
    } catch (error) {
      await client.end().catch(() => {});
      throw error;
    }
    if (stopped) return client.end();
    current = client;
  }

  function again(pauseMs: number): void {
    timer = setTimeout(() => {
      connect().then(
        () => {
          if (!stopped) hearers.onGap();
        },
        () => {
          if (!stopped) again(Math.min(MOST_PAUSE_MS, pauseMs * 2));
        },
      );
    }, pauseMs);
  }

  await connect();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await current?.end().catch(() => {});
  };
}
