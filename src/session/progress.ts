/**
 * How a session moves from section to section: opening, completing, skipping, going on. Pure.
 */
import type { Lesson, Section } from '../model/lesson.ts';
import { isForLearner } from './answers.ts';
import { apply } from './apply.ts';
import { holdAtGate } from './classroom.ts';
import type { Effect } from './effects.ts';
import type { DurableEvent } from './events.ts';
import { doneChecks } from './lasting-checks.ts';
import { openSection, type SectionState, type SessionState } from './state.ts';

/** What `update` gives back. */
export interface Update {
  readonly state: SessionState;
  readonly effects: readonly Effect[];
}

/**
 * A change of state and nothing to do.
 * @param state what it is now.
 */
export function only(state: SessionState): Update {
  return { state, effects: [] };
}

/**
 * One more thing to do.
 * @param before what was decided so far.
 * @param effect what else to do, last.
 */
export function withEffect(before: Update, effect: Effect): Update {
  return { state: before.state, effects: [...before.effects, effect] };
}

/**
 * Commits a durable event: applied, and recorded.
 * @param before what was decided so far.
 * @param event what happened for good.
 */
export function commit(before: Update, event: DurableEvent): Update {
  return { state: apply(before.state, event), effects: [...before.effects, { type: 'record', event }] };
}

/**
 * After a start: opens the first section where none was opened before.
 * @param before what was decided so far.
 * @param at now, ms since the epoch.
 */
export function begin(before: Update, at: number): Update {
  const first = before.state.lesson.sections[0];
  const fresh = before.state.sections.every((own) => own.status === 'locked');
  return first && fresh ? openNext(before, first.id, at) : before;
}

function openNext(before: Update, section: string, at: number): Update {
  return watchOpen(commit(before, { type: 'section-opened', at, section }));
}

/**
 * What stands in `running` while a section is being prepared: its foreground script has the shell then.
 * @param section the section's id.
 */
export function setupRun(section: string): string {
  return `${section}:setup`;
}

/**
 * Asks for the open section to be prepared, or watched where that is done, once the host is there.
 * @param before what was decided so far.
 */
export function watchOpen(before: Update): Update {
  const open = openSection(before.state);
  const { state } = before;
  if (open?.own.status !== 'open' || state.host.status !== 'ready' || state.reviewing) return before;
  const { section, own } = open;
  // Its files are kept before anything is done in it, the author's own scripts included.
  const begins = section.kind === 'work' && isUntouched(own) && own.prepared !== true && !own.snapshot;
  if (!begins || !state.abilities.snapshots) return afterSnapshot(before, section.id);
  // Nothing of the learner's comes between the snapshot and the author's scripts either.
  const kept = wantsPreparing(state.lesson, section) ? { ...state, running: setupRun(section.id) } : state;
  return withEffect({ ...before, state: kept }, { type: 'take-snapshot', section: section.id });
}

/** Whether nothing has been seen or done in a section since it was opened. */
function isUntouched(own: SectionState): boolean {
  return own.baseline === null && Object.keys(own.steps).length === 0 && Object.keys(own.verdicts).length === 0;
}

/**
 * Once a section's start is kept, or cannot be: has it prepared, then watched; what of the earlier sections holds at its
 * start is noted then.
 * @param before what was decided so far.
 * @param id the section; nothing is done where it is not the open one any more.
 */
export function afterSnapshot(before: Update, id: string): Update {
  const { state } = before;
  const open = openSection(state);
  if (open?.section.id !== id || open.own.status !== 'open' || state.host.status !== 'ready') return before;
  const { section, own } = open;
  if (!own.prepared && wantsPreparing(state.lesson, section))
    return withEffect({ ...before, state: { ...state, running: setupRun(id) } }, { type: 'prepare-section', section: id });
  if (section.kind !== 'work') return before;
  const watched = withEffect(before, { type: 'watch-section', section: id });
  const checks = isUntouched(own) ? doneChecks(state) : [];
  return checks.length === 0 ? watched : withEffect(watched, { type: 'take-baseline', section: id, checks });
}

function wantsPreparing(lesson: Lesson, section: Section): boolean {
  return section.setup !== undefined || (section.index === 0 && (lesson.assets ?? []).length > 0);
}

/**
 * Closes the open section when its work is done.
 * @param before what was decided so far.
 * @param at now, ms since the epoch.
 */
export function settle(before: Update, at: number): Update {
  const open = openSection(before.state);
  if (open?.own.status !== 'open' || open.section.kind !== 'work') return before;
  const { section, own } = open;
  const required = section.blocks.filter((block) => !block.optional);
  const done =
    section.checks.length > 0
      ? (own.rounds > 0 || section.checks.every(isForLearner)) &&
        section.checks.every((check) => own.verdicts[check.id]?.verdict.status === 'pass')
      : required.every((block) => own.steps[block.id]?.status === 'done');
  if (!done) return before;
  const already = own.rounds === 1 && Object.keys(own.steps).length === 0 && Object.keys(own.answers).length === 0;
  const closed = closeSection(before, {
    type: 'section-done',
    at,
    section: section.id,
    ...(before.state.going === null ? {} : { by: 'program' as const }),
  });
  return { ...closed, state: { ...closed.state, unlocked: { already } } };
}

/** Records the end of the open section, sums its monitor up and notices the end of the lesson. */
function closeSection(before: Update, end: Extract<DurableEvent, { type: 'section-done' | 'section-skipped' }>): Update {
  const open = openSection(before.state);
  if (!open) return before;
  const { monitor } = open.own;
  const summed = open.section.monitor
    ? commit(before, {
        type: 'monitor-summed',
        at: end.at,
        section: open.section.id,
        served: monitor.served,
        failed: monitor.failed,
        slowestMs: monitor.slowestMs,
      })
    : before;
  const closed = withEffect(commit(summed, end), { type: 'unwatch-section', section: end.section });
  const { lesson } = closed.state;
  // A lesson that is only read is finished with its last section.
  const onlyRead = lesson.sections.every((section) => section.kind === 'reading');
  const left = closed.state.sections.some((own, index) => {
    const counts = onlyRead || lesson.sections[index]?.kind === 'work';
    return counts && (own.status === 'locked' || own.status === 'open');
  });
  return left || closed.state.finished ? closed : commit(closed, { type: 'lesson-finished', at: end.at });
}

/**
 * The reader goes on: past the moment of unlocking, or from a section that is only read.
 * @param state the session.
 * @param at now, ms since the epoch.
 */
export function advance(state: SessionState, at: number): Update {
  const open = openSection(state);
  if (!open) return only(state);
  const home = { ...state, shown: state.open };
  if (open.own.status === 'open' && open.section.kind === 'work') return only(home);
  const held = holdAtGate(home, at);
  // A gate may have been set since sections began to be solved for the learner.
  if (held !== null) return state.going === null ? only(held) : withEffect(only(held), { type: 'stop-catch-up' });
  const closed =
    open.own.status === 'open' ? closeSection(only(home), { type: 'section-done', at, section: open.section.id }) : only(home);
  const next = state.lesson.sections[state.open + 1];
  return next ? openNext(closed, next.id, at) : { ...closed, state: { ...closed.state, unlocked: null } };
}

/**
 * Asks a first time whether the open section is to be skipped.
 * @param state the session.
 */
export function askSkip(state: SessionState): Update {
  const open = openSection(state);
  return open && open.own.status === 'open' && open.section.kind === 'work' && state.going === null
    ? only({ ...state, question: { type: 'skip', section: open.section.id, times: 1 } })
    : only(state);
}

/**
 * The first yes asks a second time; the second one skips, and the next section opens.
 * @param state the session.
 * @param at now, ms since the epoch.
 */
export function confirmSkip(state: SessionState, at: number): Update {
  const { question } = state;
  if (question?.type !== 'skip') return only(state);
  if (question.times === 1) return only({ ...state, question: { ...question, times: 2 } });
  const skipped = closeSection(only({ ...state, question: null }), { type: 'section-skipped', at, section: question.section });
  const held = holdAtGate(skipped.state, at);
  if (held !== null) return { ...skipped, state: held };
  const next = state.lesson.sections[state.open + 1];
  return next ? openNext(skipped, next.id, at) : skipped;
}
