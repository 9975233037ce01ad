/**
 * What the compositor is given to show: rectangles that can say each of their rows as styled text.
 * It knows nothing of lessons, sessions or terminals.
 */

/** A rectangle of the outer terminal; columns and rows from 0. */
export interface Region {
  readonly col: number;
  readonly row: number;
  readonly cols: number;
  readonly rows: number;
}

/** One rectangle of content. Later layers cover earlier ones. */
export interface Layer {
  readonly region: Region;
  /** Row `y` inside the region: text and SGR sequences only, exactly `region.cols` cells wide, ending in a reset. */
  row(y: number): string;
  /** True where rows never change: once shown, they need not be looked at again. */
  readonly still?: boolean;
  /**
   * A number for each row, live, the same for as long as the row looks the same: then it need not be looked at. A row
   * without a number never changes. Where there are none, and the layer is not still, every row is looked at in every
   * frame.
   */
  versions?(): ArrayLike<number> | null;
}

/** Where the outer cursor goes; null hides it. */
export interface CursorPlace {
  readonly col: number;
  readonly row: number;
  /** DECSCUSR parameter, 0 for the terminal's default. */
  readonly shape: number;
}

/** The owner of the outer terminal: alternate screen, frames, cursor, restoration. */
export interface Compositor {
  readonly cols: number;
  readonly rows: number;
  /**
   * What to show from the next frame on, which is painted as `invalidate` says; cheap to call. The same list as before says that every layer is where it was,
   * whatever has become of its rows.
   */
  setLayers(layers: readonly Layer[], cursor: CursorPlace | null): void;
  /** Something in the layers changed: paint at once when idle, otherwise with the next frame. */
  invalidate(): void;
  /** A key just went in: its echo deserves the shortest frame floor for a moment. */
  expectEcho(): void;
  /** What changes now is being waited for: a frame that has been put off comes as soon as an echo would. */
  hasten(): void;
  /** Modes that the focused inner program wants of the outer terminal (mouse reports, bracketed paste, focus events). */
  setModes(modes: { readonly mouse: 'none' | 'press' | 'drag' | 'any'; readonly paste: boolean; readonly focus: boolean }): void;
  /** The outer terminal's colours as `#rrggbb`; null until it has told them. */
  readonly colors: { readonly foreground: string; readonly background: string } | null;
  /** Asks the outer terminal for its colours, once; what it answers reaches nobody else. */
  askColors(): void;
  /** Resolves when the outer terminal has answered, or after `ms`. */
  answered(ms: number): Promise<void>;
  /** Puts text into the outer terminal's clipboard, where that lets programs do so (OSC 52). */
  copy(text: string): void;
  /** Raw bytes from the outer terminal's keyboard. */
  onInput(listener: (bytes: Buffer) => void): () => void;
  onResize(listener: () => void): () => void;
  /** Restores the outer terminal: screen, cursor, modes, raw mode. Safe to call twice, and from an exit handler. */
  close(): void;
}
