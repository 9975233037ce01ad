/** What happened to a learner, in words: one line for each report worth telling. Pure. */
import type { ClassLesson } from '../../classroom/protocol/learner-api.ts';
import type { Report, ReportedEvent } from '../../classroom/protocol/report.ts';
import { verdictWords } from './seat-words.ts';

/** One line of a timeline. */
export interface Moment {
  /** The learner's clock, ms. */
  readonly at: number;
  readonly words: string;
  readonly tone: 'plain' | 'good' | 'bad' | 'hand' | 'said';
}

type Told = readonly [words: string, tone?: Moment['tone']];

/**
 * A learner's reports as lines, newest first. What says nothing to a person is left out.
 * @param lesson the class's lesson, for titles.
 * @param reports in their order.
 */
export function timeline(lesson: ClassLesson, reports: readonly Report[]): readonly Moment[] {
  const titles = new Map<string, string>();
  for (const section of lesson.sections) {
    titles.set(`section ${section.id}`, section.title);
    for (const check of section.checks) titles.set(`check ${check.id}`, check.title);
  }
  const title = (kind: 'section' | 'check', id: string): string => titles.get(`${kind} ${id}`) ?? id;
  return reports
    .flatMap(({ event }) => {
      const told = tell(event, title);
      return told ? [{ at: event.at, words: told[0], tone: told[1] ?? 'plain' } satisfies Moment] : [];
    })
    .reverse();
}

type Title = (kind: 'section' | 'check', id: string) => string;

function tell(event: ReportedEvent, title: Title): Told | null {
  switch (event.type) {
    case 'session-started':
      return [`began, on ${event.host}`];
    case 'session-resumed':
      return [`came back, on ${event.host}`];
    case 'verdict-changed':
      return tellVerdict(event, title);
    case 'hint-revealed':
      return [event.check === null ? 'read a hint' : `read a hint for “${title('check', event.check)}”`];
    case 'monitor-summed':
      return [`${event.served} requests served, ${event.failed} failed`, event.failed > 0 ? 'bad' : 'plain'];
    case 'hand-raised':
      return [event.note === '' ? 'raised a hand' : `raised a hand: “${event.note}”`, 'hand'];
    case 'hand-lowered':
      return ['hand down'];
    case 'message-shown':
      return ['has your message on the screen', 'said'];
    case 'lesson-finished':
      return ['finished the lesson', 'good'];
    case 'file-written':
      return [`wrote the file of step ${event.block}`];
    case 'step-failed':
      return [`step ${event.block} failed`, 'bad'];
    default:
      return tellSection(event, title);
  }
}

function tellVerdict(event: Extract<ReportedEvent, { type: 'verdict-changed' }>, title: Title): Told {
  const tone = { pass: 'good', fail: 'bad', error: 'bad', pending: 'plain' } as const;
  return [`“${title('check', event.check)}” ${verdictWords(event.verdict)}`, tone[event.verdict.status]];
}

function tellSection(event: ReportedEvent, title: Title): Told | null {
  switch (event.type) {
    case 'section-opened':
      return [`opened “${title('section', event.section)}”`];
    case 'section-skipped':
      return [`skipped “${title('section', event.section)}”`];
    case 'section-done':
      return [`finished “${title('section', event.section)}”${event.by === 'program' ? ', solved by the program' : ''}`, 'good'];
    case 'section-rewound':
      return [`went back to the start of “${title('section', event.section)}”`];
    case 'catch-up-started':
      return [`has the sections before “${title('section', event.to)}” solved by the program`];
    default:
      return null;
  }
}
