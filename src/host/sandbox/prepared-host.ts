/**
 * The layer that a session's host is made of: which one it is, whether it is there, and having it made. It knows nothing of
 * sandboxes that run on it.
 */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { HostProgress } from '../../host/host.ts';
import type { HostDefinition } from '../../model/host.ts';
import type { Helper } from './helper.ts';
import { layerKey } from './layer-key.ts';
import { readNote } from './notes.ts';
import { folderOf, type SandboxPaths } from './paths.ts';
import { prepareLayer } from './prepare.ts';

const ASK_MS = 60_000;

/** The prepared host of one session. */
export class PreparedHost {
  readonly #definition: HostDefinition;
  readonly #paths: SandboxPaths;
  readonly #session: string;

  /**
   * @param definition whose host.
   * @param paths of the state folder.
   * @param session its name.
   */
  constructor(definition: HostDefinition, paths: SandboxPaths, session: string) {
    this.#definition = definition;
    this.#paths = paths;
    this.#session = session;
  }

  /** False where the machine as it is will do. */
  get wanted(): boolean {
    return existsSync(join(this.#definition.dir, 'setup.sh'));
  }

  /** Names the layer by what the definition says now. */
  key(): Promise<string> {
    return layerKey(this.#definition.dir);
  }

  /**
   * Whether all layers are there that the session runs on, or would begin on.
   * @param helper asked where files are kept in memory; null where none runs.
   */
  async isThere(helper: Helper | null): Promise<boolean> {
    const session = readNote(join(this.#paths.sessions, `${folderOf(this.#session)}.json`));
    const layers = Array.isArray(session?.['layers']) ? (session['layers'] as string[]) : null;
    for (const layer of layers ?? [await this.key()]) if (!(await this.isKept(layer, helper))) return false;
    return true;
  }

  /**
   * Whether one layer is there: by the state folder's notes about the image that is there now, or in memory.
   * @param layer its key.
   * @param helper as for `isThere`.
   */
  async isKept(layer: string, helper: Helper | null): Promise<boolean> {
    if (helper?.storage === 'memory') {
      return (await helper.ask({ op: 'has_layer', key: layer }, { timeoutMs: ASK_MS }))['there'] === true;
    }
    const note = readNote(join(this.#paths.layers, `${layer}.json`));
    const image = statSync(this.#paths.image, { throwIfNoEntry: false });
    return note !== null && image !== undefined && note['identity'] === image.ino;
  }

  /**
   * Has a layer made unless it is there; see `prepareLayer`.
   * @param key which one.
   * @param helper makes it.
   */
  async make(key: string, helper: Helper, onProgress: (progress: HostProgress) => void, signal?: AbortSignal): Promise<void> {
    await prepareLayer({ helper, paths: this.#paths, definition: this.#definition, key, onProgress, signal });
  }
}
