/**
 * A step while it runs: its commands as they are typed, what they print, and the keys that go to them. It knows the
 * engine's first terminal, not how anything is drawn.
 */
import type { Engine } from '../engine/engine.ts';
import type { StepView, View } from '../session/view.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { cleanText } from '../tui/text/clean.ts';
import { createOutputLines, type OutputLines } from './output-lines.ts';

/** Follows the step that runs. */
export interface Running {
  readonly active: boolean;
  /** Looks whether a step has begun, gone on or ended. */
  follow(view: View): void;
  /** Keys: Ctrl-C stops the step, all others are the running command's. */
  input(bytes: Buffer): void;
  close(): void;
}

/** A line that is not ended (a question) is written after this long, milliseconds. */
const patienceMs = 300;

/**
 * Follows from now on.
 * @param engine whose steps run.
 * @param write text with its own line ends.
 */
export function createRunning(engine: Engine, write: (text: string) => void): Running {
  let block: string | null = null;
  let typed = 0;
  let tapped: Terminal | null = null;
  let untap = (): void => {};
  let lines: OutputLines = createOutputLines();
  let timer: NodeJS.Timeout | undefined;

  function listen(): void {
    const terminal = engine.tabs[0]?.terminal ?? null;
    if (terminal === tapped) return;
    untap();
    tapped = terminal;
    untap = terminal?.tap((bytes) => heard(bytes)) ?? (() => {});
  }

  function heard(bytes: Buffer): void {
    write(lines.take(bytes));
    clearTimeout(timer);
    if (!lines.waiting) return;
    timer = setTimeout(() => write(lines.flush()), patienceMs);
    timer.unref();
  }

  function tellCommand(step: StepView | undefined): void {
    if (step === undefined || step.finished < typed) return;
    const command = step.commands[step.finished];
    if (command === undefined) return;
    typed = step.finished + 1;
    write(`$ ${command.split('\n').map(cleanText).join('\n> ')}\n`);
  }

  function finish(): void {
    clearTimeout(timer);
    const rest = lines.flush();
    if (rest !== '') write(`${rest}\n`);
    untap();
    untap = () => {};
    tapped = null;
    block = null;
  }

  return {
    get active() {
      return block !== null;
    },
    follow(view) {
      if (block !== null && view.running !== block) finish();
      if (view.running === null) return;
      if (block === null) {
        block = view.running;
        typed = 0;
        lines = createOutputLines();
      }
      listen();
      tellCommand(view.sections.flatMap((section) => section.steps).find((step) => step.block === block));
    },
    input(bytes) {
      if (bytes.includes(3)) engine.ask({ type: 'stop-run' });
      else tapped?.input(bytes);
    },
    close: finish,
  };
}
