/**
 * A lesson to be looked at, without host, shell or journal: every section is open, every hint is shown. To screens it is an
 * engine like any other; what would need a host is answered with a sentence.
 */
import type { Lesson } from '../model/lesson.ts';
import { select } from '../session/select.ts';
import { initialState } from '../session/state.ts';
import type { SectionView, View } from '../session/view.ts';
import type { Engine, Intent } from './engine.ts';

/** An engine whose lesson can be exchanged while it is shown. */
export interface Preview extends Engine {
  /**
   * Shows another state of the lesson; the reader stays in the section of the same name.
   * @param lesson the lesson as it is now.
   */
  show(lesson: Lesson): void;
}

const noHost = 'A preview has no host: lockstep run and lockstep test do this.';

/**
 * A preview of a lesson.
 * @param first the lesson.
 * @param now milliseconds since the epoch.
 */
export function createPreview(first: Lesson, now: () => number): Preview {
  const listeners = new Set<() => void>();
  let lesson = first;
  let shown = 0;
  let notice: View['notice'] = null;
  let view = viewOf(lesson, shown, notice);

  const changed = (): void => {
    view = viewOf(lesson, shown, notice);
    for (const listener of listeners) listener();
  };
  const say = (sentence: string, tone: 'info' | 'problem'): void => {
    notice = { sentence, tone, at: now() };
    changed();
  };
  const goTo = (index: number): void => {
    if (index < 0 || index >= lesson.sections.length) return;
    shown = index;
    changed();
  };
  const ask = (intent: Intent): void => {
    if (intent.type === 'view') goTo(lesson.sections.findIndex(({ id }) => id === intent.section));
    else if (intent.type === 'advance') goTo(shown + 1);
    else if (intent.type === 'run' || intent.type === 'write' || intent.type === 'check') say(noHost, 'info');
  };

  return {
    get view() {
      return view;
    },
    tabs: [],
    ask,
    openTab: () => {
      say(noHost, 'info');
      return Promise.reject(new Error(noHost));
    },
    closeTab: () => {},
    renameTab: () => {},
    notice: say,
    hear: () => {},
    resizeTerminals: () => {},
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onEvent: () => () => {},
    start: async () => {},
    close: async () => listeners.clear(),
    show(next) {
      const same = next.sections.findIndex(({ id }) => id === lesson.sections[shown]?.id);
      lesson = next;
      shown = same >= 0 ? same : Math.min(shown, Math.max(0, next.sections.length - 1));
      notice = null;
      changed();
    },
  };
}

function viewOf(lesson: Lesson, shown: number, notice: View['notice']): View {
  const view = select(initialState(lesson, 'sandbox'));
  return {
    ...view,
    host: {
      status: 'none',
      kind: 'sandbox',
      sentence: 'A preview has no host and no shell, only the lesson.',
    },
    sections: view.sections.map((section, index) => opened(section, lesson, index)),
    shown,
    open: shown,
    notice,
  };
}

/** Everything that a learner can come to see of the section, at once. */
function opened(section: SectionView, lesson: Lesson, index: number): SectionView {
  const own = lesson.sections[index];
  const checks = section.checks.map((check) => {
    const hint = own?.checks.find(({ id }) => id === check.id)?.hint;
    return hint === undefined ? check : { ...check, hint };
  });
  return { ...section, status: 'open', checks, hints: own?.hints ?? [], explain: own?.explain ?? [] };
}
