/**
 * Server-sent events on one connection. Who reads too slowly is cut off: a client takes up the stream again and is told
 * everything anew, which is less than what would have to be kept for it here.
 */
import type { ServerResponse } from 'node:http';
import { STREAM_QUIET_MS } from '../../classroom/protocol/words.ts';

/** An open stream. */
export interface EventStream {
  /** Sends one piece of JSON, already as text. */
  send(json: string): void;
  /** Ends it in order: the client may come again after this many ms. */
  end(retryMs?: number): void;
  readonly ended: boolean;
  /** Called once, whoever ended it. */
  onEnd(listener: () => void): void;
}

/** How often something is sent on a stream that has nothing to say, ms: proxies cut silent connections off. */
const HEARTBEAT_MS = STREAM_QUIET_MS * 0.75;

/**
 * Begins a stream on a response to which nothing was written yet.
 * @param response Node's.
 * @param headers besides those of an event stream.
 * @param mostWaiting bytes that may wait for the client.
 * @param onSlow told where that was too many.
 */
export function beginStream(
  response: ServerResponse,
  headers: Readonly<Record<string, string>>,
  mostWaiting: number,
  onSlow: () => void,
): EventStream {
  response.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' });
  response.socket?.setNoDelay(true);
  response.socket?.setKeepAlive(true, 30_000);
  const listeners: (() => void)[] = [];
  let ended = false;
  const finish = (): void => {
    if (ended) return;
    ended = true;
    clearInterval(heartbeat);
    for (const listener of listeners) listener();
  };
  const write = (text: string): void => {
    if (ended) return;
    response.write(text);
    if (response.writableLength > mostWaiting) {
      response.destroy();
      onSlow();
      finish();
    }
  };
  const heartbeat = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS);
  heartbeat.unref();
  response.on('close', finish).on('error', finish);
  write(': hello\n\n');
  return {
    send: (json) => write(`data: ${json}\n\n`),
    end(retryMs) {
      if (ended) return;
      response.end(retryMs === undefined ? ': goodbye\n\n' : `retry: ${retryMs}\n: goodbye\n\n`);
      finish();
    },
    get ended() {
      return ended;
    },
    onEnd(listener) {
      if (ended) listener();
      else listeners.push(listener);
    },
  };
}
