/**
 * One view of the session, for every screen, report and class alike, so that they cannot disagree.
 */
import type { Check, Verdict } from '../model/check.ts';
import type { Block, Section } from '../model/lesson.ts';
import { selectClass } from './classroom.ts';
import { lockedSection, type SectionState, type SessionState, type VerdictState } from './state.ts';
import type { CheckView, MonitorView, QuestionView, SectionView, StepView, View } from './view.ts';

/**
 * What a person can be shown now.
 * @param state the session.
 */
export function select(state: SessionState): View {
  const { lesson } = state;
  const work = lesson.sections.filter((section) => section.kind === 'work');
  const closed = work.filter((section) => isClosed(state.sections[section.index]));
  return {
    lesson: {
      id: lesson.id,
      title: lesson.title,
      introduction: lesson.introduction,
      ...(lesson.minutes === undefined ? {} : { minutes: lesson.minutes }),
    },
    host: state.host,
    sections: lesson.sections.map((section) => selectSection(state, section)),
    shown: state.shown,
    open: state.open,
    workTotal: work.length,
    workDone: closed.length,
    finished: state.finished,
    unlocked: selectUnlocked(state),
    question: selectQuestion(state),
    running: state.running,
    ...(state.reviewing ? { reviewing: true } : {}),
    ...selectGoing(state),
    notice: state.notice,
    startedAt: state.startedAt,
    ...selectClass(state),
  };
}

function isClosed(own: SectionState | undefined): boolean {
  return own?.status === 'done' || own?.status === 'skipped';
}

function selectUnlocked(state: SessionState): View['unlocked'] {
  const section = state.lesson.sections[state.open];
  const own = state.sections[state.open];
  if (state.unlocked === null || !section || own?.status !== 'done' || section.kind !== 'work') return null;
  const next = state.lesson.sections[state.open + 1];
  const name = `Section ${section.number}`;
  const sentence = state.unlocked.already
    ? `${name} was already done: everything it checks holds.`
    : state.finished
      ? `${name} done, and with it the whole lesson.`
      : `${name} done.`;
  return { sentence, next: next ? { id: next.id, title: next.title } : null };
}

function selectQuestion(state: SessionState): QuestionView | null {
  const { question, lesson } = state;
  if (question?.type === 'drift') {
    const checks = lesson.sections
      .flatMap((section) => section.checks)
      .filter((check) => question.broken[check.id] !== undefined);
    return { type: 'drift', times: question.times, checks: checks.map((check) => brokenCheck(check, question.broken[check.id])) };
  }
  if (question?.type !== 'go') return question;
  const to = lesson.sections.findIndex((section) => section.id === question.section);
  const work = (from: number, until: number): number =>
    lesson.sections.slice(from, until).filter((section) => section.kind === 'work').length;
  const count = {
    rewind: { lost: work(to, state.open + 1), solved: 0 },
    afresh: { lost: work(0, state.open + 1), solved: work(0, to) },
    'catch-up': { lost: 0, solved: work(isClosed(state.sections[state.open]) ? state.open + 1 : state.open, to) },
  }[question.how];
  return { ...question, ...count };
}

function brokenCheck(check: Check, verdict: Verdict | undefined): CheckView {
  return {
    id: check.id,
    title: check.title,
    status: verdict?.status ?? 'unknown',
    hasHint: check.hint !== undefined,
    ...(check.hint === undefined ? {} : { hint: check.hint }),
    ...(verdict ? details(verdict) : {}),
  };
}

function selectGoing(state: SessionState): Pick<View, 'going'> {
  const { going, lesson } = state;
  const to = going && lesson.sections[going.to];
  if (!going || !to) return {};
  const way = lesson.sections.slice(going.from, going.to).filter((section) => section.kind === 'work');
  const done = way.filter((section) => isClosed(state.sections[section.index])).length;
  return { going: { section: to.id, done, total: way.length } };
}

function selectSection(state: SessionState, section: Section): SectionView {
  const own = state.sections[section.index] ?? lockedSection;
  const isOpen = section.index === state.open;
  return {
    id: section.id,
    title: section.title,
    shortTitle: section.shortTitle,
    kind: section.kind,
    number: section.number,
    status: own.status,
    body: section.body,
    explain: isClosed(own) ? section.explain : [],
    steps: section.blocks.map((block) => selectStep(block, own)),
    checks: [...section.checks.map((check) => selectCheck(check, own)), ...(isOpen ? regressions(state) : [])],
    hints: section.hints.slice(0, own.hintsShown),
    hintCount: section.hints.length,
    ...(section.monitor ? { monitor: selectMonitor(section.monitor.url, own) } : {}),
    ...(own.openedAt === undefined ? {} : { openedAt: own.openedAt }),
    ...(own.closedAt === undefined ? {} : { closedAt: own.closedAt }),
    ...(own.solvedBy === undefined ? {} : { solvedBy: own.solvedBy }),
  };
}

function selectStep(block: Block, own: SectionState): StepView {
  const step = own.steps[block.id] ?? { status: 'todo' as const, finished: 0 };
  return {
    block: block.id,
    kind: block.kind,
    status: step.status,
    optional: block.optional,
    commands: block.kind === 'run' ? block.commands.map((command) => command.text) : [],
    finished: step.finished,
    ...(block.kind === 'write' ? { path: block.path } : {}),
    ...(block.kind === 'run' && block.because !== undefined ? { because: block.because } : {}),
    ...(step.sentence === undefined ? {} : { sentence: step.sentence }),
  };
}

function selectCheck(check: Check, own: SectionState): CheckView {
  const known = own.verdicts[check.id];
  return {
    id: check.id,
    title: check.title,
    status: known?.verdict.status ?? 'unknown',
    ...asksOf(check, own),
    hasHint: check.hint !== undefined,
    ...(check.hint !== undefined && own.hintedChecks.includes(check.id) ? { hint: check.hint } : {}),
    ...(known ? { since: known.since, ...details(known.verdict) } : {}),
  };
}

function asksOf({ id, question }: Check, own: SectionState): Pick<CheckView, 'asks'> {
  if (question.kind !== 'answer') return {};
  const { given = [], wrong = 0 } = own.answers[id] ?? {};
  return {
    asks: { ask: question.ask, how: question.how, choices: question.how === 'text' ? [] : question.choices, given, wrong },
  };
}

function details(verdict: Verdict): Partial<Pick<CheckView, 'reason' | 'expected' | 'actual' | 'sentence'>> {
  switch (verdict.status) {
    case 'pass':
      return {};
    case 'pending':
      return { sentence: verdict.sentence };
    case 'error':
      return { reason: verdict.reason, sentence: verdict.sentence };
    default:
      return { reason: verdict.reason, expected: verdict.expected, actual: verdict.actual, sentence: verdict.sentence };
  }
}

/** Invariants of earlier sections that held and hold no longer; shown with the open section, which they do not hold up. */
function regressions(state: SessionState): readonly CheckView[] {
  return state.lesson.sections.slice(0, state.open).flatMap((section) => {
    const own = state.sections[section.index] ?? lockedSection;
    // What was skipped never held, so it cannot have broken.
    if (own.status !== 'done') return [];
    return section.checks
      .filter((check) => check.timing.invariant === true && broken(own.verdicts[check.id]))
      .map((check) => {
        const known = own.verdicts[check.id];
        return {
          ...selectCheck(check, own),
          regressed: true,
          ...(known?.held === undefined ? {} : { held: known.held }),
          ...(known?.after === undefined ? {} : { after: known.after }),
        };
      });
  });
}

function broken(known: VerdictState | undefined): boolean {
  return known?.verdict.status === 'fail';
}

function selectMonitor(url: string, own: SectionState): MonitorView {
  const { served, failed, slowestMs, seconds, failure, programs, now } = own.monitor;
  return {
    url,
    served,
    failed,
    slowestMs,
    seconds: seconds.map((each) => ({ served: each.served, failed: each.failed, slowestMs: each.slowestMs })),
    failure,
    programs: Object.entries(programs).map(([name, changes]) => ({ name, changes })),
    now,
  };
}
