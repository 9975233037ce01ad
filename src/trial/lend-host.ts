/** A running host lent to an engine: the engine uses it, and leaves it running when it closes. */
import type { Host } from '../host/host.ts';

/**
 * The same host without a beginning and an end.
 * @param host a started host; its owner stops it.
 */
export function lendHost(host: Host): Host {
  return {
    kind: host.kind,
    definition: host.definition,
    capabilities: host.capabilities,
    prepare: async () => {},
    isPrepared: async () => true,
    start: async () => {},
    stop: async () => {},
    shellCommand: (request) => host.shellCommand(request),
    exec: (request) => host.exec(request),
    stream: (request) => host.stream(request),
    stat: (path, user) => host.stat(path, user),
    readFile: (path, options) => host.readFile(path, options),
    writeFile: (path, content, request) => host.writeFile(path, content, request),
    snapshot: (id) => host.snapshot(id),
    rewind: (id) => host.rewind(id),
    reset: () => host.reset(),
    destroy: () => host.destroy(),
    onLost: (listener) => host.onLost(listener),
  };
}
