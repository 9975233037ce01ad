/**
 * What a kind of check is: what it asks of a host (facts), and how it judges the answers. Kinds never run anything
 * themselves and know nothing of batches, hosts or time.
 */
import type { Question, Verdict } from '../model/check.ts';
import { printable } from './pattern.ts';
import type { ErrorReason, FailReason } from './reasons.ts';

/** Something to be asked of the host once per batch, whoever needs it. Two facts with the same text are one. */
export interface Fact {
  /** POSIX sh text. Every value in it that came from a lesson has gone through `quote`. */
  readonly script: string;
  /**
   * `light`: reads something small and quick, best with a single program that it becomes by `exec`; a program of it that
   * writes more than `maxBytes` is ended.
   * `heavy`: a program that may hang, flood or start others; it gets a session of its own and its output is cut.
   */
  readonly weight: 'light' | 'heavy';
  /** Bytes kept of stdout, and of stderr. */
  readonly maxBytes: number;
  /** It sees other processes, so no other user's batch may run beside it: it would see that one, too. */
  readonly alone?: true;
  /**
   * Pieces of its answer are parted by the batch's word, which nothing on the host could know before: it has that in
   * `$nonce` and in the file `$d/nonce`. Its answer begins with a line made by `framed`.
   */
  readonly framed?: true;
  /**
   * How the asking Perl looks it up by itself (`batch/perl`): the name of its function there and what that is given. It
   * says what the script prints. A light fact without it is asked in a second round.
   */
  readonly inPerl?: readonly string[];
  /** How it is asked together with others of its sort by one program, and what it is about there. */
  readonly shared?: { readonly by: Gatherer; readonly item: string };
}

/** Many facts of one sort in one: a process for all of them instead of one for each. */
export interface Gatherer {
  /** A light fact that asks about all the items. */
  readonly merge: (items: readonly string[]) => Fact;
  /** What it said, item by item; null for one that it does not settle, which is then asked alone. */
  readonly split: (answer: Answer, items: readonly string[]) => readonly (Answer | null)[];
}

/** The first command of a framed fact: prints the asking script's pid and the batch's word on a line. */
export const framed = `printf '%s %s\\n' "$$" "$nonce"`;

/**
 * What stands in the first line of a framed answer.
 * @param text of the answer.
 */
export function readFrame(text: string): { readonly pid: number; readonly nonce: string; readonly rest: string } {
  const end = text.indexOf('\n');
  const [pid = '', nonce = ''] = text.slice(0, Math.max(0, end)).split(' ');
  return { pid: Number(pid), nonce, rest: text.slice(end + 1) };
}

/** What a fact's script said. */
export interface Answer {
  /** As in the shell: 127 for a command that is not there, 128 + n after signal n. */
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
  /** More than `maxBytes` came out; the rest was dropped. */
  readonly truncated: boolean;
}

/** A verdict of this moment; `pending` comes only from the series over time. */
export type Judgement = Exclude<Verdict, { readonly status: 'pending' }>;

/** What a judge may know besides the answers. */
export interface JudgeContext {
  /** How long the answer may take, milliseconds. */
  readonly timeoutMs: number;
  /** Requests of the section's monitor so far, where there is one. */
  readonly monitor?: { readonly served: number; readonly failed: number };
  /** Reads the documents of a YAML text as plain data; there where a question of that kind is asked. Throws what is wrong. */
  readonly readYaml?: (text: string) => readonly unknown[];
}

/** The member of the union of questions that has this kind. */
export type QuestionOf<K extends Question['kind']> = Question extends infer Q
  ? Q extends { readonly kind: infer T }
    ? K extends T
      ? Q
      : never
    : never
  : never;

/** A kind that asks the host (or the monitor) something. */
export interface LeafKind<Q> {
  /** What must be known. Must not depend on anything but the question and its deadline. */
  readonly facts: (question: Q, timeoutMs: number) => readonly Fact[];
  /** Judges the answers, which stand in the order of `facts`. */
  readonly judge: (question: Q, answers: readonly Answer[], context: JudgeContext) => Judgement;
  /** The question as a statement of what should be so; no full stop. */
  readonly describe: (question: Q) => string;
}

/** A kind made of other questions. */
export interface GroupKind<Q> {
  readonly parts: (question: Q) => readonly Question[];
  /** Judges from the parts' judgements; `statements` are the parts described, in the same order. */
  readonly combine: (question: Q, judgements: readonly Judgement[], statements: readonly string[]) => Judgement;
  readonly describe: (question: Q, statements: readonly string[]) => string;
}

/** It is so. */
export const pass: Judgement = { status: 'pass' };

/**
 * It is not so, and that is for the learner to change.
 * @param reason a code from the table of reasons.
 * @param expected what should be there, short.
 * @param actual what is there, short.
 * @param sentence both, as one sentence for people.
 */
export function fail(reason: FailReason, expected: string, actual: string, sentence: string): Judgement {
  return { status: 'fail', reason, expected: printable(expected), actual: printable(actual), sentence: printable(sentence) };
}

/**
 * It could not be told; nobody's work is judged by it.
 * @param reason a code from the table of reasons.
 * @param sentence what went wrong and, where there is something, what to do.
 */
export function trouble(reason: ErrorReason, sentence: string): Judgement {
  return { status: 'error', reason, sentence: printable(sentence) };
}
