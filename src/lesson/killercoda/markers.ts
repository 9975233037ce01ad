/** The marks that scenarios put behind code: `{{exec}}`, `{{execute T2}}`, `{{copy}}` and the like. Pure. */
import type { KeysTyping } from '../../model/lesson.ts';

/** What a mark asks for. */
export type Marker =
  | {
      readonly does: 'run';
      readonly keys: KeysTyping;
      /** From 1. */
      readonly terminal: number;
      /** It was meant for a second machine, which there is not. */
      readonly otherHost?: true;
    }
  | { readonly does: 'copy' | 'open' | 'nothing' };

/** As it stands behind code; braces inside of it are none of ours (`{{ .Values.x }}` is). */
export const MARKER = /^[ \t]*\{\{([^{}\n]{0,80})\}\}/;

/**
 * What a mark asks for; undefined for one that is not known, which is shown as it is.
 * @param inside the text between the braces.
 */
export function readMarker(inside: string): Marker | undefined {
  const [verb = '', ...rest] = inside.trim().split(/\s+/);
  switch (verb.toLowerCase()) {
    case '':
      return { does: 'nothing' };
    case 'copy':
    case 'ecopy':
      return { does: 'copy' };
    case 'open':
      return { does: 'open' };
    case 'exec':
    case 'execute':
      return runMarker(rest);
    default:
      return undefined;
  }
}

/** Words that are not known are tags for tests of the scenario. */
function runMarker(words: readonly string[]): Marker {
  const has = (word: string) => words.some((each) => each.toLowerCase() === word);
  const terminal = words.map((word) => /^T(\d)$/i.exec(word)?.[1]).find((digit) => digit !== undefined);
  const host = words.map((word) => /^HOST(\d)$/i.exec(word)?.[1]).find((digit) => digit !== undefined);
  return {
    does: 'run',
    keys: {
      ...(has('interrupt') ? { interrupt: true } : {}),
      ...(has('no-newline') ? { noEnter: true } : {}),
      ...(has('ctrl-seq') ? { sequence: true } : {}),
    },
    terminal: Math.max(1, Number(terminal ?? 1)),
    ...(host === undefined || host === '1' ? {} : { otherHost: true }),
  };
}
