/** What the plain mode is made of. */
import type { Engine } from '../engine/engine.ts';

/** What the learner's plain mode is given. Who opened the engine closes it. */
export interface PlainOptions {
  readonly engine: Engine;
  readonly input: {
    on(event: 'data', listener: (bytes: Buffer) => void): unknown;
    off(event: 'data', listener: (bytes: Buffer) => void): unknown;
  };
  readonly write: (text: string) => void;
  /** The terminal's size now. */
  readonly size: () => { readonly cols: number; readonly rows: number };
  /** True where the terminal shows nothing but text (`TERM=dumb`). */
  readonly dumb: boolean;
  /** The key that leads back from the shell, for people and as its byte. */
  readonly prefix: { readonly name: string; readonly byte: string };
  /** Where the shell is, e.g. `ubuntu@galaxy`. */
  readonly where: string;
}
