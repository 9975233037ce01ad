/**
 * When Ink is loaded: once a shell stands at its prompt, whose start it would slow down; sooner where something is to lie
 * over the screen, which only Ink paints; and in any case after a while.
 */
import type { TuiClock } from '../../tui/clock.ts';
import { createTheme } from '../../tui/theme.ts';
import type { Chrome } from './chrome.ts';
import { loadInkChrome } from './load-ink-chrome.ts';

/** A shell that takes longer than this is not waited for, milliseconds. */
const AT_LATEST_MS = 1000;

/** Loading keeps everything else waiting: after a shell's first prompt it waits until the prompt has been painted, milliseconds. */
const AFTER_PROMPT_MS = 40;

/** What Ink's arrival needs. */
export interface LateInkOptions {
  readonly clock: TuiClock;
  /** `NO_COLOR` and `TERM` are looked at. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Paints until then. */
  readonly first: Chrome;
  /** Ink paints from now on; it is given the same lines, so that nothing flickers. */
  readonly ready: () => void;
  /** Ink could not be loaded. */
  readonly failed: (cause: unknown) => void;
}

/** Loads Ink once, however often it is asked. */
export class LateInk {
  private readonly options: LateInkOptions;
  /** Who paints now. */
  chrome: Chrome;
  private asked = false;
  private closed = false;
  private callOff: () => void = () => {};

  /** @param options clock, colours and whom to tell. */
  constructor(options: LateInkOptions) {
    this.options = options;
    this.chrome = options.first;
  }

  /** The first frame stands: Ink comes after a while even where nobody asks. */
  begin(): void {
    this.callOff = this.options.clock.later(AT_LATEST_MS, () => this.ask());
  }

  /** A shell stands at its prompt, which is about to be painted. */
  prompted(): void {
    if (this.asked || this.closed) return;
    this.callOff();
    this.callOff = this.options.clock.later(AFTER_PROMPT_MS, () => this.ask());
  }

  /** Loads it now. */
  ask(): void {
    if (this.asked || this.closed) return;
    this.asked = true;
    this.callOff();
    const { env, ready, failed } = this.options;
    loadInkChrome(createTheme(env), process.env).then((chrome) => {
      if (this.closed) return chrome.close();
      this.chrome = chrome;
      ready();
    }, failed);
  }

  /** Whatever comes later is closed at once. */
  close(): void {
    this.closed = true;
    this.callOff();
    this.chrome.close();
  }
}
