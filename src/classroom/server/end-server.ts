/** Ends an HTTP server in order: whoever is in the middle of a request is answered first. */
import type { Server } from 'node:http';

/** How long a request may still take once the server is to stop, ms. */
const PATIENCE_MS = 3000;

/**
 * Counts a server's requests from now on.
 * @param server before its first request.
 * @returns what ends it: resolves when nothing of it is left.
 */
export function orderlyEnd(server: Server): () => Promise<void> {
  let open = 0;
  let ending = false;
  // Connections that never asked anything count as busy for Node; they would be waited for.
  const endAll = (): void => {
    if (ending && open === 0) server.closeAllConnections();
  };
  server.on('request', (_request, response) => {
    open += 1;
    response.once('close', () => {
      open -= 1;
      endAll();
    });
  });
  return async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    ending = true;
    endAll();
    const patience = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
    await closed;
    clearTimeout(patience);
  };
}
