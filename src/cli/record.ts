/** `--record FILE`: a recording of what the learner sees, with a marker where each section opens. */
import type { Engine } from '../engine/engine.ts';
import type { Lesson } from '../model/lesson.ts';
import { createRecorder, type Recorder } from '../recording/recorder.ts';
import { tee } from '../recording/tee.ts';
import type { SectionView } from '../session/view.ts';

/** Where a recording goes. */
export interface RecordTo {
  readonly path: string;
  readonly force: boolean;
}

/** A recording of one run. */
export interface Recording {
  /** The terminal, with everything written to it recorded. */
  readonly output: NodeJS.WriteStream;
  /** Marks the sections from now on, and tells the learner when the file can be written no more. */
  follow(engine: Engine): void;
  close(): void;
}

/**
 * Begins a recording before anything is shown.
 * @param to where to; undefined records nothing.
 * @param lesson what is recorded.
 * @param output the terminal.
 * @throws UserError where the file is there already, or cannot be made.
 */
export function beginRecording(to: RecordTo | undefined, lesson: Lesson, output: NodeJS.WriteStream): Recording {
  if (to === undefined) return { output, follow() {}, close() {} };
  let trouble: string | null = null;
  let tell = (sentence: string): void => {
    trouble = sentence;
  };
  const recorder = createRecorder({
    ...to,
    title: lesson.title,
    cols: output.columns || 80,
    rows: output.rows || 24,
    env: process.env,
    now: Date.now,
    onTrouble: (sentence) => tell(sentence),
  });
  const resized = (): void => recorder.resized(output.columns, output.rows);
  output.on('resize', resized);
  return {
    output: tee(output, recorder),
    follow(engine) {
      tell = (sentence) => engine.notice(sentence, 'problem');
      if (trouble !== null) tell(trouble);
      markSections(engine, recorder);
    },
    close() {
      output.off('resize', resized);
      recorder.close();
    },
  };
}

function markSections(engine: Engine, recorder: Recorder): void {
  engine.onEvent((event) => {
    const { sections, open } = engine.view;
    if (event.type === 'section-opened') mark(sections.find((section) => section.id === event.section));
    // Whoever comes back goes on in a section that was opened in another run.
    if (event.type === 'session-resumed') mark(sections[open]);
  });
  let last = '';
  const mark = (section: SectionView | undefined): void => {
    if (!section || section.id === last) return;
    last = section.id;
    recorder.marker(section.number > 0 ? `Section ${section.number}: ${section.shortTitle}` : section.shortTitle);
  };
}
