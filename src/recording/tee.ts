/** A stream that records what is written to it and is otherwise the stream it was made of. */
import type { Recorder } from './recorder.ts';

/**
 * The same terminal, with every write heard by the recorder before it is shown.
 * @param output a terminal, usually `process.stdout`.
 * @param recorder what listens.
 */
export function tee(output: NodeJS.WriteStream, recorder: Pick<Recorder, 'output'>): NodeJS.WriteStream {
  const write = (chunk: string | Uint8Array, ...rest: readonly unknown[]): boolean => {
    recorder.output(chunk);
    return Reflect.apply(output.write, output, [chunk, ...rest]) as boolean;
  };
  return new Proxy(output, {
    get(target, name) {
      if (name === 'write') return write;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
