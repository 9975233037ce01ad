/**
 * Where a lesson's commands run. A host runs scripts, opens shells and moves files; it knows nothing of lessons,
 * checks or screens. One driver a file implements this; one contract suite proves them alike.
 */
import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { HostDefinition, HostKind } from '../model/host.ts';

/** How far preparing or starting has come; `fraction` 0..1 where it is known. */
export interface HostProgress {
  readonly sentence: string;
  readonly fraction?: number;
}

/** What can be asked of `exec`. */
export interface ExecRequest {
  /** POSIX sh text; it runs from a file, never as `sh -c TEXT`. */
  readonly script: string;
  /** Default `root`. */
  readonly user?: string;
  /** Deadline for the whole process tree, milliseconds. Default 30 s. */
  readonly timeoutMs?: number;
  readonly stdin?: string | Buffer;
  /** Bytes kept of each stream; the rest is read and dropped. Default 1 MiB. */
  readonly maxOutput?: number;
  readonly signal?: AbortSignal;
}

/** What came of it. A script that fails is a result, not an exception. */
export interface ExecResult {
  /** Exit code; null when a signal ended it. */
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly truncated: boolean;
  readonly timedOut: boolean;
  readonly durationMs: number;
}

/** A program on the host whose output is read as it comes (a monitor's request loop). */
export interface HostStream {
  /** Called with each whole line of stdout, without its newline. Returns the way to unsubscribe. */
  onLine(listener: (line: string) => void): () => void;
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Ends the whole process tree. */
  stop(): void;
}

/** How a shell is asked for. */
export interface ShellRequest {
  readonly user: string;
  readonly cols: number;
  readonly rows: number;
  /** Text of a bash rc file to start the interactive shell with; the driver puts it on the host. */
  readonly rcFile?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** How to start the local program that node-pty runs to be connected with a shell on the host. */
export interface ShellCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** A shorter way to the same shell, where the host has one. Where it cannot be gone, `file` is. */
  readonly held?: HeldShell;
  /** A way to the shell that outlives its connection, where the host has one. */
  readonly kept?: KeptShell;
}

/**
 * Opens a channel to the keeper of a shell, which holds the shell's terminal on the host (keeper-program.ts says what
 * goes over it). Resolves once there is a connection, however long that takes; rejects when it is given up.
 */
export type KeptShell = (how: 'start' | 'attach') => Promise<ChildProcessByStdio<Writable, Readable, Readable>>;

/**
 * A shell on a terminal of the host's own whose master we hold ourselves (Linux): none of its bytes goes through another
 * process on the way.
 */
export interface HeldShell {
  /** Opening this path makes a terminal on the host; what is opened is its master. */
  readonly multiplexer: string;
  /**
   * The program that starts the shell and ends as it does. It is given the master as descriptor 3 and, on its input,
   * lines `COLS ROWS`; at the end of its input it goes. What it prints on its error output is for people.
   */
  readonly file: string;
  readonly args: readonly string[];
}

/** What a file on the host is, without opening it. */
export interface FileStat {
  readonly type: 'file' | 'directory' | 'fifo' | 'socket' | 'symlink' | 'device';
  readonly owner: string;
  readonly group: string;
  /** Octal digits, four of them, e.g. `0644`. */
  readonly mode: string;
  readonly size: number;
}

/** How a file is written. */
export interface WriteRequest {
  readonly user: string;
  /** Octal digits for a new file; an existing file keeps its owner and mode. Default `0644`. */
  readonly mode?: string;
  /** Keep what was there as `PATH.~N~`, with owner and mode. Default true. */
  readonly backup?: boolean;
}

/** What a driver cannot do. */
export interface HostCapabilities {
  readonly snapshots: boolean;
  readonly reset: boolean;
}

/** One host, for one session at a time. Every method rejects with a UserError where the user can mend it. */
export interface Host {
  readonly kind: HostKind;
  readonly definition: HostDefinition;
  readonly capabilities: HostCapabilities;
  /**
   * Shells may be asked for as soon as `start` has been called: what they need is made ready meanwhile, and they begin
   * when it has come to its end, or not at all.
   */
  readonly takesShellsEarly?: boolean;
  /** Makes the host ready, once; what is made is cached by the definition's contents and the base system. */
  prepare(onProgress: (progress: HostProgress) => void, signal?: AbortSignal): Promise<void>;
  /** True when `prepare` would find everything in its cache. */
  isPrepared(): Promise<boolean>;
  /** Starts it, continuing a session's files where there are some, and runs the definition's start.sh. */
  start(onProgress?: (progress: HostProgress) => void): Promise<void>;
  /** The command whose terminal is a shell on the host. The caller owns the pty. */
  shellCommand(request: ShellRequest): Promise<ShellCommand>;
  exec(request: ExecRequest): Promise<ExecResult>;
  stream(request: Pick<ExecRequest, 'script' | 'user'>): Promise<HostStream>;
  /** null where there is nothing. Never opens a FIFO. */
  stat(path: string, user?: string): Promise<FileStat | null>;
  /** Whole contents of a regular file, at most `maxBytes` (default 4 MiB); rejects for anything else. */
  readFile(path: string, options?: { readonly user?: string; readonly maxBytes?: number }): Promise<Buffer>;
  /** Atomic: the old contents or the new ones, never half. Returns the backup's path, null where nothing was there. */
  writeFile(path: string, content: Buffer, request: WriteRequest): Promise<{ readonly backup: string | null }>;
  snapshot(id: string): Promise<void>;
  rewind(id: string): Promise<void>;
  /** Throws away what the session changed and starts afresh. */
  reset(): Promise<void>;
  /** Ends everything that runs on it; its files stay for the next start. */
  stop(): Promise<void>;
  /** Ends it and throws its files away. */
  destroy(): Promise<void>;
  /** Called once when the host ends without being asked to. Returns the way to unsubscribe. */
  onLost(listener: (sentence: string) => void): () => void;
  /** Told when the way to the host is cut and when it is there again, where there is one that can be cut. */
  onNews?(listener: (news: HostNews) => void): () => void;
}

/** Something that a person is to know about the way to the host. */
export interface HostNews {
  readonly sentence: string;
  readonly tone: 'info' | 'problem';
}
