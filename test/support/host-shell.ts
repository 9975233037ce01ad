/** A shell on a host in a pty, as the terminal pane has it, without its screen: bytes in, bytes out. */
import { createRequire } from 'node:module';
import type { Host, ShellCommand, ShellRequest } from '../../src/host/host.ts';
import { openPty } from '../../src/terminal/pty.ts';

/** What is used of node-pty, whose typings name another module than the one they are installed as. */
interface Pty {
  onData(listener: (data: string) => void): void;
  onExit(listener: (end: ShellEnd) => void): void;
  write(text: string): void;
  resize(cols: number, rows: number): void;
  kill(): void;
}

/** How a pty's program ended. */
export interface ShellEnd {
  readonly exitCode: number;
  readonly signal?: number | undefined;
}

const nodePty = createRequire(import.meta.url)('node-pty') as {
  spawn(file: string, args: readonly string[], options: Record<string, unknown>): Pty;
};

/** The same shell by the longer way. */
export function withoutHeld({ file, args, env }: ShellCommand): ShellCommand {
  return { file, args, env };
}

/** Any program in a pty, by default in a place where everybody may be. */
export function spawnProgram(file: string, args: readonly string[], user: { readonly uid?: number; readonly gid?: number } = {}) {
  const env = { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8' };
  const pty = nodePty.spawn(file, args, { cols: 120, rows: 30, env, cwd: '/', ...user });
  let text = '';
  pty.onData((data) => {
    text += data;
  });
  return { output: () => text, write: (data: string) => pty.write(data), kill: () => pty.kill() };
}

/** Waits until `found` returns something; fails telling `what` and `shown()`. */
export async function until<T>(
  what: string,
  found: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  shown: () => string = () => '',
  ms = 20_000,
): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const value = await found();
    if (value !== null && value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}\n${shown()}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

/** An open shell. */
export interface TestShell {
  readonly output: () => string;
  write(text: string): void;
  resize(cols: number, rows: number): void;
  /** Waits until the output matches, from where the last wait ended; returns the match. */
  see(pattern: RegExp): Promise<RegExpExecArray>;
  /** Types a command and waits for its output between two marks. */
  run(command: string): Promise<string>;
  readonly exited: Promise<ShellEnd>;
  close(): void;
}

/**
 * Opens a shell.
 * @param host a started host.
 * @param request what differs from ubuntu on 80×24 with a plain prompt.
 * @param how `held`: as the pane does, on a terminal of the host's own where it has one; `relayed`: through a program.
 */
export async function openShell(
  host: Host,
  request: Partial<ShellRequest> = {},
  how: 'held' | 'relayed' = 'held',
): Promise<TestShell> {
  const wanted = {
    user: 'ubuntu',
    cols: 80,
    rows: 24,
    rcFile: "PS1='ready> '\nbind 'set enable-bracketed-paste off'\n",
    ...request,
  };
  const command = await host.shellCommand(wanted);
  let text = '';
  let seen = 0;
  let marks = 0;
  let end: (how: ShellEnd) => void = () => {};
  const exited = new Promise<ShellEnd>((resolve) => {
    end = resolve;
  });
  const decoder = new TextDecoder();
  const pty = openPty(how === 'held' ? command : withoutHeld(command), wanted, {
    settled() {},
    data(bytes) {
      text += decoder.decode(bytes, { stream: true });
    },
    exit: (code, signal) => end({ exitCode: code ?? 0, ...(signal === null ? {} : { signal }) }),
  });
  const shell: TestShell = {
    output: () => text,
    write: (data) => pty.write(data),
    resize: (cols, rows) => pty.resize(cols, rows),
    see: (pattern) =>
      until(
        String(pattern),
        () => {
          const match = pattern.exec(text.slice(seen));
          if (match !== null) seen += match.index + match[0].length;
          return match;
        },
        () => JSON.stringify(text.slice(-2000)),
      ),
    async run(typed) {
      marks += 1;
      pty.write(`${typed}; echo "end""-${marks}"\r`);
      // Found by its end alone: a pattern that also looks for a beginning takes for ever after a flood.
      const from = seen;
      await shell.see(new RegExp(`end-${marks}\\r\\n`));
      const said = text.slice(from, seen).replaceAll('\r\n', '\n');
      return said.slice(said.indexOf('\n') + 1, said.lastIndexOf(`end-${marks}`)).trimEnd();
    },
    exited,
    close: () => pty.close(),
  };
  await shell.see(/ready> |\$ |# /);
  return shell;
}
