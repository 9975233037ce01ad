/** A painted row as runs of one look: words and colours as data, for who draws it elsewhere. Pure. */

/** A stretch of cells of one look. `fg`, `bg`: `#rrggbb`, or 0 to 255 of the palette; absent: the default. */
export interface RowRun {
  readonly text: string;
  readonly fg?: number | string;
  readonly bg?: number | string;
  readonly bold?: true;
  readonly dim?: true;
  readonly italic?: true;
  readonly underline?: true;
  readonly inverse?: true;
}

type Look = Omit<RowRun, 'text'> & { readonly hidden?: true };

/**
 * The runs of a row, without the empty cells at its end.
 * @param painted what `Terminal.paintRow` gave: text and SGR sequences, each of which starts from a reset.
 */
export function rowRuns(painted: string): readonly RowRun[] {
  const runs: RowRun[] = [];
  let look: Look = {};
  for (const [index, part] of painted.split(/\x1b\[([0-9;:]*)m/).entries()) {
    if (index % 2 === 1) look = lookOf(part);
    else if (part !== '') runs.push(runOf(part, look));
  }
  const last = runs.at(-1);
  if (last !== undefined && Object.keys(last).length === 1) {
    runs.pop();
    const text = last.text.trimEnd();
    if (text !== '') runs.push({ text });
  }
  return runs;
}

/** What is hidden on the learner's screen is in nobody's. */
function runOf(text: string, { hidden, ...look }: Look): RowRun {
  return { text: hidden === true ? ' '.repeat(text.length) : text, ...look };
}

const flags: Readonly<Record<string, Look>> = {
  '1': { bold: true },
  '2': { dim: true },
  '3': { italic: true },
  '4': { underline: true },
  '7': { inverse: true },
  '8': { hidden: true },
};

function lookOf(sgr: string): Look {
  let look: Look = {};
  const codes = sgr.split(';');
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? '';
    if (code === '38' || code === '48') {
      const { colour, length } = extended(codes.slice(at + 1));
      if (colour !== null) look = { ...look, [code === '38' ? 'fg' : 'bg']: colour };
      at += length;
    } else look = { ...look, ...simple(code) };
  }
  return look;
}

function simple(code: string): Look {
  if (code.startsWith('4:')) return { underline: true };
  return flags[code] ?? palette(Number(code));
}

function palette(code: number): Look {
  if (code >= 30 && code <= 37) return { fg: code - 30 };
  if (code >= 90 && code <= 97) return { fg: code - 90 + 8 };
  if (code >= 40 && code <= 47) return { bg: code - 40 };
  if (code >= 100 && code <= 107) return { bg: code - 100 + 8 };
  return {};
}

/** What follows 38 or 48: `5;n` or `2;r;g;b`. */
function extended(codes: readonly string[]): { readonly colour: number | string | null; readonly length: number } {
  const [kind, ...values] = codes.map(Number);
  const [red = 0, green = 0, blue = 0] = values;
  if (kind === 5) return { colour: red, length: 2 };
  if (kind !== 2) return { colour: null, length: 0 };
  const hex = [red, green, blue].map((value) => value.toString(16).padStart(2, '0')).join('');
  return { colour: `#${hex}`, length: 4 };
}
