/**
 * Checks and verdicts as data. Knows nothing of how a host is asked or how a verdict is drawn.
 */
import type { Place } from './problem.ts';

/** Text to look for: a plain string, or a regular expression written `/…/` or `/…/i` in lesson.yaml. */
export type Pattern = { readonly text: string } | { readonly regex: string; readonly flags: string };

/** What a check asks of the host, by kind. Names follow lesson.yaml, in camelCase. */
export type Question =
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly absent?: boolean;
      readonly type?: 'file' | 'directory' | 'fifo' | 'socket' | 'symlink' | 'device';
      readonly owner?: string;
      readonly group?: string;
      /** Octal digits, e.g. `0644`. */
      readonly mode?: string;
      readonly target?: string;
      /** Bytes, inclusive. */
      readonly minSize?: number;
      readonly maxSize?: number;
      readonly contains?: readonly Pattern[];
      readonly lacks?: readonly Pattern[];
    }
  | {
      readonly kind: 'ini';
      readonly path: string;
      /**
       * section → key → values. One value: the key's last value must equal it. A list: the key must be given
       * exactly these values in this order (repeated keys). White space around values does not count.
       */
      readonly has?: Readonly<Record<string, Readonly<Record<string, readonly Pattern[]>>>>;
      /** Sections, or `section.key`, that must not be there. */
      readonly lacks?: readonly { readonly section: string; readonly key?: string }[];
    }
  | {
      /** Values in a file that holds data; a yaml file's several documents are looked through for one that has them all. */
      readonly kind: 'json' | 'yaml';
      readonly path: string;
      /** path (`server.ports[0]`) → value. A list: the value must be a list of exactly these, in this order. */
      readonly has?: Readonly<Record<string, readonly Pattern[]>>;
      /** Paths that must not be there. */
      readonly lacks?: readonly string[];
    }
  | {
      readonly kind: 'process';
      /** Matched against the whole command line. */
      readonly match: Pattern;
      readonly user?: string;
      readonly absent?: boolean;
      readonly min?: number;
      readonly max?: number;
    }
  | { readonly kind: 'port'; readonly port: number; readonly address?: string; readonly absent?: boolean }
  | { readonly kind: 'socket'; readonly path: string; readonly absent?: boolean }
  | {
      readonly kind: 'http';
      readonly url: string;
      readonly status?: number;
      readonly body?: readonly Pattern[];
      readonly headers?: Readonly<Record<string, Pattern>>;
    }
  | {
      readonly kind: 'supervisor';
      /** `group:name` or `name`, as supervisorctl prints it. */
      readonly program: string;
      /** Any of supervisord's states, e.g. RUNNING, STOPPED, EXITED; `ABSENT` where supervisord must not know it. */
      readonly state: readonly string[];
      readonly minUptimeMs?: number;
    }
  | {
      readonly kind: 'service';
      readonly name: string;
      readonly state?: 'running' | 'stopped';
      /** Whether it starts with the system. */
      readonly enabled?: boolean;
    }
  | { readonly kind: 'package'; readonly name: string; readonly version?: Pattern; readonly absent?: boolean }
  | {
      readonly kind: 'user';
      readonly name: string;
      readonly absent?: boolean;
      readonly uid?: number;
      readonly home?: string;
      readonly shell?: string;
      /** Groups that it is in, its own one included. */
      readonly groups?: readonly string[];
    }
  | {
      readonly kind: 'group';
      readonly name: string;
      readonly absent?: boolean;
      readonly gid?: number;
      readonly members?: readonly string[];
    }
  | {
      readonly kind: 'command';
      readonly run: string;
      readonly exit?: number;
      readonly stdout?: readonly Pattern[];
      readonly stderr?: readonly Pattern[];
    }
  | {
      readonly kind: 'script';
      /** Relative to the lesson's folder. */
      readonly name: string;
      /** Its text; it runs from a file, with the user's home as working directory. Exit code 0 passes. */
      readonly source: string;
    }
  | {
      readonly kind: 'uwsgi';
      /** `host:port` or the path of a unix socket that serves uWSGI's stats JSON. */
      readonly stats: string;
      readonly version?: Pattern;
      readonly minWorkers?: number;
      readonly accepting?: boolean;
    }
  /** The requests of the section's monitor so far. Judged from the monitor, never asked of the host. */
  | { readonly kind: 'monitor'; readonly minServed: number; readonly maxFailed: number }
  /**
   * A question to the learner, judged from what was answered in the session, never asked of the host. `one`: any one of
   * the right choices; `several`: all of them and no others.
   */
  | {
      readonly kind: 'answer';
      readonly ask: string;
      readonly how: 'one' | 'several';
      readonly choices: readonly string[];
      readonly right: readonly string[];
    }
  /** The same with words of the learner's own: any of these patterns is right; `example` is one that is. */
  | {
      readonly kind: 'answer';
      readonly ask: string;
      readonly how: 'text';
      readonly right: readonly Pattern[];
      readonly example: string;
    }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Question[] }
  | { readonly kind: 'not'; readonly of: Question };

/** When, and for how long, a check must hold. Without any of these it must hold now. */
export interface Timing {
  /** It held at some moment while its section was open. */
  readonly once?: boolean;
  /** It has held without a break for this long, in milliseconds. */
  readonly stableForMs?: number;
  /** Until then after the section opened "not yet" is pending, not fail; milliseconds. */
  readonly withinMs?: number;
  /** It must not have held at any moment while its section was open. */
  readonly never?: boolean;
  /** It stays watched after its section is done; a regression is shown. */
  readonly invariant?: boolean;
  /** It is asked when a command has ended, a step is done, or the learner wishes; never by the clock. */
  readonly onEvent?: boolean;
}

/** One declared fact about the host. */
export interface Check {
  /** Unique in the lesson: `<section id>/<n>`, n from 1. */
  readonly id: string;
  /** What the learner reads; made from the question where the author gave none. */
  readonly title: string;
  readonly hint?: string;
  /** Whom to ask as; the host's root where absent. */
  readonly user?: string;
  /** How long one answer may take, milliseconds. */
  readonly timeoutMs: number;
  readonly question: Question;
  readonly timing: Timing;
  readonly place: Place;
}

/** What is known about a check. `fail` is the learner's; `error` is the program's or the host's trouble. */
export type Verdict =
  | { readonly status: 'pass' }
  | {
      readonly status: 'fail';
      /** A stable code, e.g. `file-missing`, `wrong-owner`. */
      readonly reason: string;
      readonly expected: string;
      readonly actual: string;
      /** One sentence that says both, for people. */
      readonly sentence: string;
    }
  | { readonly status: 'error'; readonly reason: string; readonly sentence: string }
  | { readonly status: 'pending'; readonly sentence: string };
