/**
 * Makes rows of the emulator blank in the time that their text takes, not in that of their whole width: most rows that
 * roll by are short, and blanking 160 cells of each costs more than reading it. A row remembers how far it was written
 * since it was blank, for as long as only plain text was written to it, which `plain-text.ts` does and tells.
 */
import { type Attributes, type Line, type ScreenBuffer, WORDS_A_CELL, type XtermHandler } from './xterm-handler.ts';

/** A row with what is known of it. */
interface KnownLine extends Line {
  /** All cells from this one on are blank, without colours; -1 where that is not known, as before anybody looked. */
  blankFrom?: number;
}

/** The blank rows of one emulator. */
export interface BlankLines {
  /**
   * Makes a row blank.
   * @param line a row that is to be used again.
   * @param attributes colours that it gets.
   * @param isWrapped whether it goes on with the row before.
   */
  make(line: Line, attributes: Attributes, isWrapped: boolean): void;
  /** A new row that is blank, with the same parameters. */
  fresh(attributes: Attributes, isWrapped: boolean): Line;
  /**
   * To be told while plain text is written.
   * @param line the row.
   * @param to the cell behind the last one written.
   */
  written(line: Line, to: number): void;
  /**
   * To be told before others write to the screen, however they do: nothing is known of its rows then.
   * @param write what writes.
   */
  whileUnknown(write: () => void): void;
  /** Nothing is known of any row, the screen's or not; after a resize. */
  forget(): void;
}

/**
 * Knows of no row yet.
 * @param internals the emulator's parts.
 */
export function createBlankLines({ service }: XtermHandler): BlankLines {
  let blank: Line | null = null;
  let fg = 0;
  let bg = 0;
  /** Others write. */
  let unknown = true;
  /** Something is known of rows of the screen. */
  let known = false;

  /** A blank row of these colours; the same object each time, filled anew. */
  function blankLine(attributes: Attributes): Line {
    if (blank === null || blank.length !== service.cols) {
      blank = service.buffer.getBlankLine(attributes, false);
    } else if (fg !== attributes.fg || bg !== attributes.bg) {
      const words = blank._data;
      for (let word = 0; word < words.length; word += WORDS_A_CELL) {
        words[word + 1] = attributes.fg;
        words[word + 2] = attributes.bg;
      }
    }
    ({ fg, bg } = attributes);
    return blank;
  }

  function forgetRows({ lines }: ScreenBuffer, from: number, to: number): void {
    for (let row = from; row < to; row++) {
      // All rows get the mark, so that all are of one shape to the compiler.
      const line: KnownLine | undefined = lines.get(row);
      if (line !== undefined) line.blankFrom = -1;
    }
  }

  /** xterm writes to the screen, and in origin mode it fills rows below it (DECALN), which are the oldest of a full ring. */
  function forgetScreen(buffer: ScreenBuffer): void {
    forgetRows(buffer, buffer.ybase, buffer.ybase + 2 * service.rows);
  }

  function mark(line: KnownLine, isWrapped: boolean): void {
    line.isWrapped = isWrapped;
    line.blankFrom = fg === 0 && bg === 0 && !unknown ? 0 : -1;
    known = true;
  }

  return {
    make(line: KnownLine, attributes, isWrapped) {
      const model = blankLine(attributes);
      const from = line.blankFrom ?? -1;
      if (from < 0 || fg !== 0 || bg !== 0 || line.length !== model.length) {
        line.copyFrom(model);
      } else {
        const words = line._data;
        const blankWords = model._data;
        for (let word = from * WORDS_A_CELL - 1; word >= 0; word--) words[word] = blankWords[word] as number;
      }
      mark(line, isWrapped);
    },
    fresh(attributes, isWrapped) {
      const line = blankLine(attributes).clone();
      mark(line, isWrapped);
      return line;
    },
    written(line: KnownLine, to) {
      const from = line.blankFrom;
      if (from !== undefined && from >= 0 && from < to) line.blankFrom = to;
    },
    whileUnknown(write) {
      if (known) {
        forgetScreen(service.buffers.normal);
        forgetScreen(service.buffers.alt);
        known = false;
      }
      unknown = true;
      write();
      unknown = false;
    },
    forget() {
      const { normal, alt } = service.buffers;
      forgetRows(normal, 0, normal.lines.length);
      forgetRows(alt, 0, alt.lines.length);
    },
  };
}
