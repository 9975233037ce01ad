/**
 * What the focused pane gets of a token: the bytes as they came, but arrow keys in the form the inner program asked for,
 * and a paste's brackets only where it asked for those. Pure.
 */
import type { TerminalModes } from '../../terminal/terminal.ts';
import type { Token } from './tokens.ts';

/**
 * Bytes for the inner program, `latin1`.
 * @param token any token but a mouse report.
 * @param modes what the inner program asked for.
 */
export function paneBytes(
  token: Token,
  modes: Pick<TerminalModes, 'applicationCursor' | 'bracketedPaste' | 'focusEvents'>,
): string {
  switch (token.type) {
    case 'paste-start':
    case 'paste-end':
      return modes.bracketedPaste ? token.raw : '';
    case 'reply':
      // The outer terminal answered somebody here, not the inner program.
      return '';
    case 'csi':
      if (token.body === '' && /^[IO]$/.test(token.final)) return modes.focusEvents ? token.raw : '';
      // The outer terminal is never put into application mode, so it sends the other form.
      if (token.body === '' && /^[ABCDFH]$/.test(token.final) && modes.applicationCursor)
        return `${token.raw.slice(0, -2)}O${token.final}`;
      return token.raw;
    default:
      return token.raw;
  }
}
