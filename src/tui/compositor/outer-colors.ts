/**
 * Asks the outer terminal once for its colours (OSC 10 and 11, xterm's control sequences) and takes the answers out of
 * what the keyboard sends, so that nobody else ever sees them. Every terminal answers the question that follows (DA1): it
 * tells that no further answer will come. It writes nothing itself and knows no keys.
 */

/** Colours as `#rrggbb`. */
export interface OuterColors {
  readonly foreground: string;
  readonly background: string;
}

/** The question, and who listens for its answer. */
export interface ColorQuestion {
  /** True from asking until the last answer, or until none is waited for any more. */
  readonly open: boolean;
  /** What was answered; null before, and where the terminal does not tell both. */
  readonly colors: OuterColors | null;
  /** Writes the question; only the first call does. */
  ask(): void;
  /**
   * Takes answers out of bytes of the keyboard.
   * @returns what is left for others; the beginning of an answer is kept back until its end comes.
   */
  take(bytes: Buffer): Buffer;
  /** Resolves when nothing is to be expected, or after `ms`. */
  settled(ms: number): Promise<void>;
  close(): void;
}

/** Foreground, background, and what every terminal answers. */
export const COLOR_QUESTION = '\x1b]10;?\x1b\\\x1b]11;?\x1b\\\x1b[c';

/** No connection is slower; what comes later would be taken for keys. */
const OPEN_MS = 5_000;
/** A lone ESC is the Escape key unless more comes at once. */
const ESCAPE_MS = 20;

const answer = /\x1b\](1[01]);([^\x07\x1b]*)(?:\x07|\x1b\\)/g;
const lastAnswer = /\x1b\[\?[\d;]*c/;
const begun = /\x1b(?:\](?:1(?:[01](?:;[^\x07\x1b]{0,64}\x1b?)?)?)?|\[(?:\?[\d;]{0,32})?)?$/;
const keyPerhaps = /^\x1b[[\]]?$/;

/**
 * A question that has not been asked.
 * @param write writes to the outer terminal.
 * @param late is given bytes that were kept back and turned out to be keys.
 */
export function createColorQuestion(write: (text: string) => void, late: (bytes: Buffer) => void): ColorQuestion {
  const told = new Map<string, string>();
  let asked = false;
  let open = false;
  let kept = '';
  let end: NodeJS.Timeout | undefined;
  let lone: NodeJS.Timeout | undefined;
  const waiting = new Set<() => void>();

  function shut(): void {
    open = false;
    clearTimeout(end);
    clearTimeout(lone);
    for (const call of waiting) call();
    waiting.clear();
  }

  function giveBack(): void {
    const bytes = Buffer.from(kept, 'latin1');
    kept = '';
    if (bytes.length > 0) late(bytes);
  }

  return {
    get open() {
      return open;
    },
    get colors() {
      const [foreground, background] = [hexColor(told.get('10')), hexColor(told.get('11'))];
      return foreground === null || background === null ? null : { foreground, background };
    },
    ask() {
      if (asked) return;
      asked = true;
      open = true;
      // Half an answer is dropped with the question: it is no key.
      end = setTimeout(shut, OPEN_MS);
      end.unref();
      write(COLOR_QUESTION);
    },
    take(bytes) {
      clearTimeout(lone);
      let text = kept + bytes.toString('latin1');
      text = text.replace(answer, (_all, which: string, color: string) => {
        told.set(which, color);
        return '';
      });
      if (lastAnswer.test(text)) {
        text = text.replace(lastAnswer, '');
        shut();
      }
      kept = open ? (begun.exec(text)?.[0] ?? '') : '';
      if (keyPerhaps.test(kept)) lone = setTimeout(giveBack, ESCAPE_MS);
      return Buffer.from(text.slice(0, text.length - kept.length), 'latin1');
    },
    settled(ms) {
      if (!open) return Promise.resolve();
      return new Promise((resolve) => {
        const timer = setTimeout(done, ms);
        function done(): void {
          clearTimeout(timer);
          waiting.delete(done);
          resolve();
        }
        waiting.add(done);
      });
    },
    close: shut,
  };
}

/** `rgb:r/g/b` with one to four hexadecimal digits each, `rgba:…`, or `#rrggbb`, as `#rrggbb`; null for anything else. */
function hexColor(answered: string | undefined): string | null {
  if (answered === undefined) return null;
  if (/^#[0-9a-f]{6}$/i.test(answered)) return answered.toLowerCase();
  const parts = /^rgba?:([0-9a-f]{1,4})\/([0-9a-f]{1,4})\/([0-9a-f]{1,4})/i.exec(answered)?.slice(1);
  if (!parts) return null;
  const scaled = parts.map((part) => Math.round((Number.parseInt(part, 16) * 255) / (16 ** part.length - 1)));
  return `#${scaled.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
