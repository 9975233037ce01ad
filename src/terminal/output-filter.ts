/**
 * What a program prints, made fit to be handed to the outer terminal as it is: text, colours and cursor moves pass;
 * strings that terminals obey (titles, clipboards, …) and questions that they answer do not. Works on pieces of a
 * stream and keeps no more of it than one short sequence.
 */

/** How much may pass. */
export interface OutputFilterOptions {
  /**
   * `shell`: everything that draws, and the modes of keyboard and mouse. `picture`: everything that draws, for an
   * output whose keys nobody takes. `text`: text, line ends, tabs and backspaces only.
   */
  readonly keep: 'shell' | 'picture' | 'text';
  /** Told of each OSC 133 (shell mark) in its place between the pieces of text, e.g. `C;lockstep=…`. */
  readonly onMark?: (payload: string, before: string) => void;
}

/** Takes one piece of output, returns what of it may pass. */
export type OutputFilter = (text: string) => string;

/** Longer control sequences are nobody's. */
const longestCsi = 96;
/** As much of a string as a mark can be. */
const longestMark = 256;

/** DA, DSR, window reports, XTVERSION, DECRQM, keyboard protocol questions: they would be answered into the shell's input. */
const question = /^(?:[>=?]?[\d;]*[cnx]|[\d;]*t|>[\d;]*q|\??[\d;]*\$p|\?[\d;]*u)$/;
/** Mouse, focus and paste reports, keyboard protocols. */
const inputMode = /^(?:\?(?:\d*;)*(?:9|100[0-6]|1015|1016|2004)(?:;[\d;]*)?[hl]|[>=<][\d;]*[um])$/;
const kept = /[^\x00-\x07\x0b\x0c\x0e-\x1f\x7f-\x9f]/;

/**
 * A filter at the beginning of a stream.
 * @param options what may pass.
 */
export function createOutputFilter({ keep, onMark }: OutputFilterOptions): OutputFilter {
  let state: 'text' | 'escape' | 'csi' | 'string' | 'string-escape' = 'text';
  let held = '';
  let passed = '';

  function endString(): void {
    if (held.startsWith(']133;')) onMark?.(held.slice(5), passed);
    state = 'text';
    held = '';
  }

  function inText(char: string): void {
    if (char === '\x1b') {
      state = 'escape';
      held = '';
    } else if (char === '\x07' || char === '\x0e' || char === '\x0f') {
      if (keep === 'shell') passed += char;
    } else if (kept.test(char)) passed += char;
  }

  function afterEscape(char: string): void {
    if (char === '[') state = 'csi';
    else if (/[\]PX^_]/.test(char)) {
      state = 'string';
      held = char;
    } else if (/[ -/]/.test(char) && held.length < 3) held += char;
    else {
      state = 'text';
      // RIS would wipe more than was drawn here.
      if (keep !== 'text' && /[0-~]/.test(char) && !(char === 'c' && keep === 'picture')) passed += `\x1b${held}${char}`;
      held = '';
    }
  }

  function endCsi(sequence: string): void {
    state = 'text';
    held = '';
    const refused = question.test(sequence) || (keep === 'picture' && inputMode.test(sequence));
    if (keep !== 'text' && sequence.length < longestCsi && !refused) passed += `\x1b[${sequence}`;
  }

  function inCsi(char: string): void {
    if (char === '\x1b') {
      state = 'escape';
      held = '';
    } else if (/[@-~]/.test(char)) endCsi(held + char);
    else if (/[ -?]/.test(char)) held += held.length < longestCsi ? char : '';
    else if (char === '\x18' || char === '\x1a') state = 'text';
  }

  function inString(char: string): void {
    if (char === '\x07') endString();
    else if (char === '\x18' || char === '\x1a') {
      state = 'text';
      held = '';
    } else if (char === '\x1b') state = 'string-escape';
    else if (held.length < longestMark) held += char;
  }

  function take(char: string): void {
    switch (state) {
      case 'text':
        inText(char);
        break;
      case 'escape':
        afterEscape(char);
        break;
      case 'csi':
        inCsi(char);
        break;
      case 'string':
        inString(char);
        break;
      default:
        // ESC ends a string; with a backslash that is all it does.
        endString();
        if (char !== '\\') {
          state = 'escape';
          afterEscape(char);
        }
    }
  }

  return (text) => {
    passed = '';
    for (const char of text) take(char);
    return passed;
  };
}
