/** An address that stays: passes each connection on to one of several servers that answers, as a load balancer does. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A running one. */
export interface Balancer {
  readonly base: string;
  close(): Promise<void>;
}

/**
 * Opens one.
 * @param ports of the servers; each connection begins with another one.
 */
export async function openBalancer(ports: readonly number[]): Promise<Balancer> {
  const open = new Set<Socket>();
  let turn = 0;
  const pass = (near: Socket, tries: number): void => {
    const far = connect({ port: ports[turn++ % ports.length] ?? 0, host: '127.0.0.1' });
    let through = false;
    far.once('connect', () => {
      through = true;
      near.pipe(far).pipe(near);
    });
    far.on('error', () => {
      if (!through && tries > 1) pass(near, tries - 1);
      else near.destroy();
    });
    far.on('close', () => {
      if (through) near.destroy();
    });
    near.once('close', () => far.destroy());
  };
  const server = createServer({ pauseOnConnect: true }, (near) => {
    open.add(near);
    near.on('error', () => near.destroy()).once('close', () => open.delete(near));
    pass(near, ports.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
