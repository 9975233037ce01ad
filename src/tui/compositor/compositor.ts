/**
 * Owns the outer terminal: takes layers, paints frames, hands on keys and sizes, gives everything back at the end.
 * It knows neither React nor what the layers show, and is light, so that the first frame can be there before either.
 */
import { frameDelay, type LastFrame } from './frame-pace.ts';
import type { Compositor } from './layer.ts';
import { createColorQuestion } from './outer-colors.ts';
import { createOuterTerminal, takesShapes } from './outer-terminal.ts';
import { createFramePainter } from './painter.ts';
import { installRestoration } from './restoration.ts';
import { changeModes, noModes, type OuterModes, toClipboard } from './sequences.ts';
import { handleSuspension } from './suspension.ts';

/** What a compositor is made of. */
export interface CompositorOptions {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  /** `TERM` is looked at. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Has been kept already: what hangs on it runs before the event loop goes on, for less than what `queueMicrotask` costs. */
const inThisTurn = Promise.resolve();

/**
 * Takes the outer terminal: alternate screen, raw keyboard. From then on nobody else may write to it.
 * @param options the streams to take, usually `process.stdin` and `process.stdout`.
 */
export function createCompositor(options: CompositorOptions): Compositor {
  const { input, output } = options;
  const shapes = takesShapes(options.env);
  const outer = createOuterTerminal(input, output, shapes);
  const painter = createFramePainter(outer.cols, outer.rows);
  const question = createColorQuestion(
    (text) => outer.write(text),
    (bytes) => handOn(bytes),
  );
  const inputListeners = new Set<(bytes: Buffer) => void>();
  const resizeListeners = new Set<() => void>();
  let modes: OuterModes = noModes;
  let pendingModes = '';
  let lastFrame: LastFrame = { at: Number.NEGATIVE_INFINITY, cost: 0 };
  let lastKey = Number.NEGATIVE_INFINITY;
  let lastChange = Number.NEGATIVE_INFINITY;
  let dirty = false;
  let scheduled: { cancel(): void } | null = null;
  let open = true;

  function paint(): void {
    scheduled = null;
    if (!open || !dirty) return;
    // A slow terminal: what it has not taken yet is old by the time it has; the frame after is painted from what is then.
    if (!outer.ready) return;
    dirty = false;
    const at = performance.now();
    const text = pendingModes + painter.frame();
    pendingModes = '';
    if (text === '') return;
    outer.write(text);
    lastFrame = { at, cost: performance.now() - at };
  }

  function schedule(): void {
    if (scheduled !== null || !open) return;
    const delay = frameDelay(performance.now(), lastFrame, { key: lastKey, change: lastChange });
    if (delay === 0) {
      // After whatever runs now, before anything else: all that changes together is one frame, and none waits.
      let cancelled = false;
      void inThisTurn.then(() => {
        if (!cancelled) paint();
      });
      scheduled = {
        cancel() {
          cancelled = true;
        },
      };
    } else {
      const timer = setTimeout(() => {
        scheduled = null;
        // What changed meanwhile may have put it off.
        schedule();
      }, delay);
      scheduled = { cancel: () => clearTimeout(timer) };
    }
  }

  function invalidate(): void {
    dirty = true;
    lastChange = performance.now();
    schedule();
  }

  function resized(freshCursor: boolean): void {
    painter.startOver(outer.cols, outer.rows, freshCursor);
    invalidate();
    for (const listener of [...resizeListeners]) listener();
  }

  function received(bytes: Buffer | string): void {
    lastKey = performance.now();
    const chunk = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
    handOn(question.open ? question.take(chunk) : chunk);
  }

  function handOn(chunk: Buffer): void {
    if (chunk.length === 0) return;
    for (const listener of inputListeners) listener(chunk);
  }

  const removeRestoration = installRestoration(() => outer.leave());
  const removeSuspension = handleSuspension({
    leave: () => outer.leave(),
    enter() {
      outer.enter();
      pendingModes = changeModes(noModes, modes);
      resized(true);
    },
  });
  const onResize = () => resized(false);
  outer.onReady(() => {
    if (dirty) schedule();
  });
  input.on('data', received);
  output.on('resize', onResize);
  outer.enter();

  return {
    get cols() {
      return outer.cols;
    },
    get rows() {
      return outer.rows;
    },
    setLayers(layers, cursor) {
      painter.setLayers(layers, cursor === null || shapes ? cursor : { ...cursor, shape: 0 });
      invalidate();
    },
    invalidate,
    expectEcho() {
      lastKey = performance.now();
    },
    hasten() {
      lastKey = performance.now();
      if (scheduled === null) return;
      scheduled.cancel();
      scheduled = null;
      schedule();
    },
    setModes(next) {
      const change = changeModes(modes, next);
      if (change === '') return;
      modes = next;
      pendingModes += change;
      invalidate();
    },
    get colors() {
      return question.colors;
    },
    askColors() {
      // The Linux console of older kernels would print the question.
      if (shapes) question.ask();
    },
    answered: (ms) => question.settled(ms),
    copy(text) {
      pendingModes += toClipboard(text);
      invalidate();
    },
    onInput(listener) {
      inputListeners.add(listener);
      return () => inputListeners.delete(listener);
    },
    onResize(listener) {
      resizeListeners.add(listener);
      return () => resizeListeners.delete(listener);
    },
    close() {
      if (!open) return;
      open = false;
      scheduled?.cancel();
      question.close();
      input.off('data', received);
      output.off('resize', onResize);
      removeSuspension();
      outer.leave();
      removeRestoration();
    },
  };
}
