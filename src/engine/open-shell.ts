/** Opens shells on a host, as terminals. The emulator and the pty are loaded with the first one, not before. */
import type { Host } from '../host/host.ts';
import { defaultColors, type TerminalColors } from '../terminal/answers.ts';
import type { OpenShell } from './tabs.ts';

/** What shells are told of the terminal around them. */
export interface ShellSurroundings {
  /** `dumb` where nothing but text can be shown; otherwise what our emulator is. */
  readonly term?: 'dumb' | undefined;
  /** The outer terminal's colours, asked for at each question; null where they are not known. */
  readonly colors?: (() => TerminalColors | null) | undefined;
}

/**
 * A way to open shells as one user.
 * @param host where.
 * @param user whose shell.
 * @param surroundings what is known of the terminal around.
 */
export function shellOpener(host: Host, user: string, { term, colors }: ShellSurroundings = {}): OpenShell {
  const termLine = term === undefined ? '' : `export TERM=${term}\n`;
  const load = () => Promise.all([import('../terminal/open-terminal.ts'), import('../terminal/shell-integration.ts')]);
  const open = async ({ cols, rows }: { readonly cols: number; readonly rows: number }) => {
    const [{ openTerminal }, { shellIntegration }] = await load();
    const integration = shellIntegration();
    const command = await host.shellCommand({ user, cols, rows, rcFile: termLine + integration.rcFile });
    return openTerminal({ command, cols, rows, integration, colors: () => colors?.() ?? defaultColors });
  };
  return Object.assign(open, { load });
}
