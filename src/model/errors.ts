/** The two kinds of error that Lockstep throws: one for people, one for us. */

/** Something the user can mend: says what happened and what to try. Printed without a stack trace. */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** A stable word for tests and machines, e.g. `sandbox-not-root`. */
  readonly code: string;
  /** What to try, as whole sentences or commands, in order. */
  readonly tries: readonly string[];
  /** The exit code the program ends with when this reaches the top. */
  readonly exitCode: number;

  /**
   * Built, the program's modules have this class once each: an error of any of them is one. By its name and its tries.
   * @param thrown any value from a `catch`.
   */
  static override [Symbol.hasInstance](thrown: unknown): boolean {
    return thrown instanceof Error && thrown.name === 'UserError' && 'tries' in thrown;
  }

  /**
   * @param code a stable word for tests and machines.
   * @param message what happened and where, one or two sentences.
   * @param options `tries`: what to do, in order; `exitCode`: default 1; `cause`: the error underneath.
   */
  constructor(
    code: string,
    message: string,
    options: { readonly tries?: readonly string[]; readonly exitCode?: number; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.tries = options.tries ?? [];
    this.exitCode = options.exitCode ?? 1;
  }
}

/** Something only we can mend: a broken promise inside the program. Printed with its stack trace. */
export class BugError extends Error {
  override readonly name = 'BugError';
}

/**
 * The message of whatever was thrown.
 * @param thrown any value from a `catch`.
 */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** Why a file that a person named cannot be used, by the system's code. */
const fileReasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'this user may not read it',
};

/**
 * Why a file could not be read, in words that need no knowledge of system calls.
 * @param thrown what reading it threw.
 */
export function fileReasonOf(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  return fileReasons[code] ?? messageOf(thrown);
}

/**
 * Marks code that cannot be reached while a union is handled whole; the compiler refuses it otherwise.
 * @param value what is left of the union.
 */
export function unreachable(value: never): never {
  throw new BugError(`unhandled case: ${JSON.stringify(value)}`);
}
