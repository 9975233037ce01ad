/** A way to a server on loopback that can be cut without either end being told, as a network does it. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A running one. */
export interface Relay {
  readonly port: number;
  /** From now on nothing goes through, in neither direction; new connections are taken and hear nothing. */
  cut(): void;
  /** Everything goes through again, also what was on its way. */
  mend(): void;
  close(): Promise<void>;
}

/**
 * Opens one.
 * @param to port of the server.
 */
export async function openRelay(to: number): Promise<Relay> {
  let whole = true;
  const open = new Set<Socket>();
  const join = (socket: Socket): void => {
    open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => open.delete(socket));
    if (!whole) socket.pause();
  };
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (near) => {
    const far = connect({ port: to, host: '127.0.0.1', allowHalfOpen: true });
    for (const [from, onto] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (data) => onto.write(data));
      from.on('end', () => onto.end());
      from.on('close', () => onto.destroy());
    }
    join(far);
    join(near);
    if (whole) near.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      whole = false;
      for (const socket of open) socket.pause();
    },
    mend() {
      whole = true;
      for (const socket of open) socket.resume();
    },
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
