/**
 * How shells of a sandbox are started: by a program of ours that asks the helper, or, sooner, on a terminal of the
 * sandbox's own multiplexer, which is there before the sandbox is.
 */
import { join } from 'node:path';
import type { ShellCommand } from '../../host/host.ts';
import type { Helper } from './helper.ts';
import { borrowMultiplexer, type Multiplexer, ownMultiplexer } from './multiplexer.ts';
import { programFolder } from './paths.ts';
import { findPython, pythonFlags } from './python.ts';

/** Starts shells, while the sandbox is up. */
export class Shells {
  readonly #given: string | undefined;
  readonly #compiled: string;
  #multiplexer: Multiplexer | null = null;

  /**
   * @param compiled where Python keeps what it compiled, absolute.
   * @param programs where our Python programs lie; by default found by themselves.
   */
  constructor(compiled: string, programs?: string) {
    this.#compiled = compiled;
    this.#given = programs;
  }

  /** Not looked for before it is needed: the first frame does without. */
  get #programs(): string {
    return this.#given ?? programFolder();
  }

  /**
   * The sandbox is on its way, and shells will be wanted.
   * @param helper whose sandbox it is.
   */
  borrow(helper: Helper): void {
    // Root may look at the helper's descriptors; for anybody else the multiplexer has to be kept open by a program of theirs.
    this.#multiplexer ??= ownMultiplexer(helper.multiplexer) ?? borrowMultiplexer(helper.folder, this.#programs, this.#compiled);
  }

  /** The helper has ended. */
  giveBack(): void {
    this.#multiplexer?.close();
    this.#multiplexer = null;
  }

  /**
   * How to start a shell that the helper knows.
   * @param folder the helper's.
   * @param token what the helper calls the shell.
   */
  async command(folder: string, token: string): Promise<ShellCommand> {
    const file = findPython() ?? 'python3';
    const args = (program: string) => [...pythonFlags(this.#compiled), join(this.#programs, program), folder, token];
    const multiplexer = await this.#multiplexer?.path;
    return {
      file,
      args: args('attach.py'),
      env: { PATH: '/usr/bin:/bin', TERM: 'xterm-256color', LANG: 'C.UTF-8' },
      ...(multiplexer ? { held: { multiplexer, file, args: args('hold_shell.py') } } : {}),
    };
  }
}
