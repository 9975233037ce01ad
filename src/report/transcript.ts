/**
 * A session as plain lines, one an event: for pipes, logs and screen readers. Pure: events in, lines out.
 * It does not know where the lines go.
 */
import type { SessionEvent } from '../session/events.ts';
import type { CheckView, SectionView, StepView, View } from '../session/view.ts';

/** Preparing is told in steps of this many percent, not at each package. */
const progressStep = 10;

/** Turns events into lines, remembering only what was said last. */
export interface Transcript {
  /**
   * The lines to print for an event; often none.
   * @param event what happened.
   * @param view the session after it.
   */
  lines(event: SessionEvent, view: View): readonly string[];
}

/**
 * A transcript that has said nothing yet.
 * @param startedAt the time its clock counts from, ms since the epoch.
 */
export function createTranscript(startedAt: number): Transcript {
  const memory: Memory = { preparing: '', percent: -1, second: 0, programs: {} };
  return {
    lines: (event, view) =>
      say(event, view, memory).map((line) => (line === '' ? '' : `${elapsed(event.at - startedAt)}  ${line}`)),
  };
}

interface Memory {
  preparing: string;
  percent: number;
  second: number;
  programs: Record<string, string>;
}

function elapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}

type Teller<T extends SessionEvent['type']> = (
  event: Extract<SessionEvent, { type: T }>,
  view: View,
  memory: Memory,
) => readonly string[];

/** What is said of each kind of event; kinds that are not here pass in silence. */
const tellers: { readonly [T in SessionEvent['type']]?: Teller<T> } = {
  'host-preparing': (event, _view, memory) => sayPreparing(event, memory),
  'host-ready': (_event, view) => [`Host ready: ${view.host.kind}.`],
  'host-failed': (event) => [event.sentence, ...event.tries],
  'host-lost': (event) => [event.sentence],
  'section-rewound': (event, view) => [
    `${event.how === 'snapshot' ? 'The host is as it was when this began' : 'The host is fresh'}: ${sectionOf(view, event.section)?.title ?? ''}.`,
  ],
  'catch-up-started': (event, view) => [`The program solves the sections up to ${sectionOf(view, event.to)?.title ?? event.to}.`],
  'catch-up-ended': (event) => (event.sentence === null ? [] : [event.sentence]),
  'count-restarted': () => ['  Requests are counted afresh from now on.'],
  'snapshot-failed': (event) => [`  ${event.sentence}`],
  'rewind-failed': (event) => [`  ${event.sentence}`],
  'earlier-judged': (event, view) =>
    Object.keys(event.broken).map((id) => `  holds no longer: ${checkOf(view, id)?.title ?? id}`),
  'session-resumed': (_event, view) => [`Going on where it was: ${view.workDone} of ${view.workTotal} sections done.`],
  'section-opened': (event, view) => sayOpened(sectionOf(view, event.section), view),
  'section-done': (event, view) =>
    sayClosed(sectionOf(view, event.section), event.by === 'program' ? 'solved by the program' : 'done'),
  'section-skipped': (event, view) => sayClosed(sectionOf(view, event.section), 'skipped'),
  'command-started': (event, view) => {
    const text = stepOf(view, event.block)?.commands[event.index] ?? '';
    return [`  ${event.terminal === 1 ? '' : `[terminal ${event.terminal}] `}$ ${text.split('\n').join('\n          > ')}`];
  },
  'step-failed': (event) => [`  ! ${event.sentence}`],
  'write-previewed': (event) => [
    `  ${event.preview.exists ? 'change' : 'new file'} ${event.preview.path}, as ${event.preview.as}`,
  ],
  'file-written': (event) => [
    `  wrote ${event.path}${event.backup === null ? '' : `; what was there is kept as ${event.backup}`}`,
  ],
  'verdict-changed': (event, view) => sayVerdict(view, event.check),
  'question-answered': (event, view) => [
    `  ${event.by === 'program' ? 'answered for you' : 'answered'}: ${event.given.join(', ')}`,
    ...sayVerdict(view, event.check),
  ],
  'hint-revealed': (event, view) => {
    const hint = event.check === null ? sectionOf(view, event.section)?.hints.at(-1) : checkOf(view, event.check)?.hint;
    return hint === undefined ? [] : [`  hint: ${hint}`];
  },
  'monitor-counted': (event, view, memory) => sayRequests(event.at, view, memory, event.failed > 0 ? event.failure : null),
  'programs-seen': (event, _view, memory) => sayPrograms(event.states, memory),
  'monitor-summed': (event) => [
    `  requests in all: ${event.served} served, ${event.failed} failed, slowest ${Math.round(event.slowestMs)} ms`,
  ],
  'notice-shown': (event) => [`  ${event.sentence}`],
  'lesson-finished': (_event, view) => {
    const skipped = view.sections.filter((section) => section.status === 'skipped').length;
    return [
      '',
      skipped === 0
        ? `All ${view.workTotal} sections unlocked.`
        : `The end: ${view.workTotal - skipped} of ${view.workTotal} sections unlocked, ${skipped} skipped.`,
    ];
  },
};

function say(event: SessionEvent, view: View, memory: Memory): readonly string[] {
  // The table is keyed by the event's own type, which the compiler cannot follow through an index.
  const teller = tellers[event.type] as ((event: SessionEvent, view: View, memory: Memory) => readonly string[]) | undefined;
  return teller?.(event, view, memory) ?? [];
}

function sayPreparing(event: Extract<SessionEvent, { type: 'host-preparing' }>, memory: Memory): readonly string[] {
  const percent = event.fraction === null ? -1 : Math.floor((event.fraction * 100) / progressStep) * progressStep;
  // `Preparing X: installing 58 packages: gcc`: what it is about is worth a line, each package is not.
  const words = event.sentence.split(':').slice(0, 2).join(':');
  if (words === memory.preparing && percent === memory.percent) return [];
  memory.preparing = words;
  memory.percent = percent;
  return [event.fraction === null ? event.sentence : `${words} … ${percent} %`];
}

function sayOpened(section: SectionView | undefined, view: View): readonly string[] {
  if (!section) return [];
  return [
    '',
    section.kind === 'reading' ? section.title : `Section ${section.number} of ${view.workTotal}: ${section.shortTitle}`,
  ];
}

function sayClosed(section: SectionView | undefined, how: string): readonly string[] {
  return section?.kind === 'work' ? [`Section ${section.number} ${how}.`] : [];
}

function sayVerdict(view: View, id: string): readonly string[] {
  const check = checkOf(view, id);
  if (!check) return [];
  const marks: Readonly<Record<CheckView['status'], string>> = { pass: '✓', fail: '✗', error: '!', pending: '·', unknown: '·' };
  const tail = check.status === 'pass' || check.sentence === undefined ? '' : `: ${check.sentence}`;
  return [`  ${marks[check.status]} ${check.title}${tail}`];
}

function sayRequests(at: number, view: View, memory: Memory, failure: string | null): readonly string[] {
  const monitor = view.sections[view.open]?.monitor;
  const second = Math.floor(at / 1000);
  if (!monitor || (second === memory.second && failure === null)) return [];
  memory.second = second;
  const why = failure === null ? '' : ` (${failure})`;
  return [`  requests: ${monitor.served} served, ${monitor.failed} failed${why}`];
}

function sayPrograms(states: Readonly<Record<string, string>>, memory: Memory): readonly string[] {
  const turned = Object.entries(states).filter(([name, state]) => memory.programs[name] !== state);
  for (const [name, state] of turned) memory.programs[name] = state;
  return turned.map(([name, state]) => `  ${name} is ${state}`);
}

function sectionOf(view: View, id: string): SectionView | undefined {
  return view.sections.find((section) => section.id === id);
}

function checkOf(view: View, id: string): CheckView | undefined {
  return view.sections.flatMap((section) => section.checks).find((check) => check.id === id);
}

function stepOf(view: View, id: string): StepView | undefined {
  return view.sections.flatMap((section) => section.steps).find((step) => step.block === id);
}
