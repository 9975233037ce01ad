/**
 * The nouns of a lesson. Plain readonly data: made by `lesson/`, read by everybody.
 */
import type { Check } from './check.ts';
import type { Node } from './markdown.ts';
import type { Place } from './problem.ts';

/** One command of a run block: what is typed, possibly several lines (a here-document, a loop). */
export interface Command {
  /** Without prompts and without the final newline. */
  readonly text: string;
  /**
   * Which terminal it is for, from 1. A command for another terminal than the first is long-running
   * (a log to follow): it is started there and not waited for.
   */
  readonly terminal: number;
  /**
   * Typed as keys: nobody waits for its end, and whatever runs in the terminal gets them (an editor, a pager).
   * Absent: typed at the prompt as a command, and followed to its end.
   */
  readonly keys?: KeysTyping;
}

/** How a command that is only typed goes into its terminal. */
export interface KeysTyping {
  /** Ctrl-C goes first. */
  readonly interrupt?: true;
  /** Enter is left to the learner. */
  readonly noEnter?: true;
  /** The text is keys in caret notation (`^C`, `^ESC`), not characters. */
  readonly sequence?: true;
}

/** A fenced block of commands that the learner runs, or has run for them. */
export interface RunBlock {
  readonly kind: 'run';
  /** Unique in the lesson: `<section id>:<n>`, n from 1. */
  readonly id: string;
  readonly commands: readonly Command[];
  /** The section does not wait for it. */
  readonly optional: boolean;
  /** Why other commands stand here than in the text; shown to the learner. */
  readonly because?: string;
  readonly place: Place;
}

/** A fenced block that is a file's contents. */
export interface WriteBlock {
  readonly kind: 'write';
  readonly id: string;
  /** Absolute path on the host. */
  readonly path: string;
  readonly content: string;
  /** As root; otherwise as the lesson's user. */
  readonly sudo: boolean;
  /** How the content goes in: the whole file, one section of an ini file, or at its end. */
  readonly mode:
    | { readonly how: 'replace' | 'append' | 'prepend' }
    | { readonly how: 'section'; readonly section: string }
    /** In place of the first occurrence of this text; nothing changes where it is missing. */
    | { readonly how: 'insert'; readonly marker: string };
  readonly optional: boolean;
  readonly place: Place;
}

/** A fenced block that a step is made of. Blocks that are only shown are not listed. */
export type Block = RunBlock | WriteBlock;

/** Requests sent while a section is open; live evidence, drawn as a strip. */
export interface Monitor {
  readonly url: string;
  /** Milliseconds between requests. */
  readonly everyMs: number;
}

/** A script of the lesson with the name its author gave it. */
export interface Script {
  /** Relative to the lesson's folder, e.g. `step1/verify.sh`. */
  readonly name: string;
  readonly source: string;
}

/** What happens on the host when a section opens, before its checks are asked. */
export interface SectionSetup {
  /** Runs unseen, as root; nobody waits for it, and what it leaves running stays. */
  readonly background?: Script;
  /** Read by the learner's own shell (`. FILE`), in sight. */
  readonly foreground?: Script;
}

/** A file of the lesson that is copied to the host before the first section. */
export interface Asset {
  /** Absolute path on this machine. */
  readonly from: string;
  /** Absolute path on the host. */
  readonly to: string;
  /** As chmod takes it, e.g. `+x` or `0600`. */
  readonly mode?: string;
}

/** A part of a lesson under one heading. */
export interface Section {
  /** The heading's slug as forges make it. */
  readonly id: string;
  /** From 0, in the order of the text. */
  readonly index: number;
  /** The heading as written. */
  readonly title: string;
  /** The heading without a leading `Section 3 -`; for tight places. */
  readonly shortTitle: string;
  /** `reading` sections have nothing to do and nothing to check: they open the next by being read. */
  readonly kind: 'work' | 'reading';
  /** For `work` sections their number among those, from 1; 0 for reading ones. */
  readonly number: number;
  /** The section's text, its heading not included. */
  readonly body: readonly Node[];
  readonly blocks: readonly Block[];
  readonly checks: readonly Check[];
  /** Hints for the section as a whole, revealed one at a time. */
  readonly hints: readonly string[];
  /** Shown once the section is unlocked. */
  readonly explain: readonly Node[];
  readonly monitor?: Monitor;
  /** Commands that solve the section where its blocks alone do not; for tests of the lesson, never shown. */
  readonly solution?: readonly string[];
  /** Done once, when the section opens. */
  readonly setup?: SectionSetup;
  readonly place: Place;
}

/** One exercise. */
export interface Lesson {
  /** The folder's name (or the file's, without its ending), or the `id` of its lesson.yaml. */
  readonly id: string;
  /** Its author gave it its id: it is the same lesson wherever it lies. */
  readonly named?: true;
  readonly title: string;
  /** Folder that holds lesson.md and lesson.yaml; absolute. */
  readonly dir: string;
  /** The text before the first section. */
  readonly introduction: readonly Node[];
  readonly sections: readonly Section[];
  /** Name of a folder in fixtures/hosts, or a path. */
  readonly host: string;
  /** The user the learner's shell runs as. */
  readonly user: string;
  /** About how long it takes, minutes, where the author says so. */
  readonly minutes?: number;
  /** One sentence for lists. */
  readonly summary?: string;
  /** Copied to the host before the first section. */
  readonly assets?: readonly Asset[];
  /** What is to be known before it starts: it wants a network, it was made for a cluster. Whole sentences. */
  readonly notes?: readonly string[];
  /** sha256 of text and lesson.yaml, hex: a journal says which lesson it belongs to. */
  readonly hash: string;
}
