/**
 * The view in the language of this run: session, host and checks say their sentences in English, since journal and class
 * keep them so; here they are looked up. In English it is the view itself. What did not change between two views stays
 * the same object, so that what is painted of it is kept. Pure.
 */
import type { CheckView, HostView, QuestionView, SectionView, StepView, View } from '../session/view.ts';
import { inLanguage, words } from '../words/words.ts';

/**
 * A view to show to people.
 * @param view the session's view.
 */
export function spokenView(view: View): View {
  return words().phrases.length === 0 ? view : spokenWhole(view);
}

const spokenWhole = kept(
  (view: View): View => ({
    ...view,
    host: spokenHost(view.host),
    sections: view.sections.map(spokenSection),
    unlocked: view.unlocked && { ...view.unlocked, sentence: inLanguage(view.unlocked.sentence) },
    notice: view.notice && spokenNotice(view.notice),
    question: view.question && spokenQuestion(view.question),
    ...(view.class === undefined
      ? {}
      : { class: { ...view.class, sentence: view.class.sentence && inLanguage(view.class.sentence) } }),
  }),
);

const spokenNotice = kept((notice: NonNullable<View['notice']>) => ({ ...notice, sentence: inLanguage(notice.sentence) }));

const spokenHost = kept((host: HostView): HostView => {
  if (host.status === 'ready') return host;
  const sentence = inLanguage(host.sentence);
  return 'tries' in host ? { ...host, sentence, tries: host.tries.map(inLanguage) } : { ...host, sentence };
});

const spokenSection = kept((section: SectionView): SectionView => {
  const { monitor } = section;
  return {
    ...section,
    steps: section.steps.map(spokenStep),
    checks: section.checks.map(spokenCheck),
    ...(monitor === undefined ? {} : { monitor: { ...monitor, failure: monitor.failure && inLanguage(monitor.failure) } }),
  };
});

const spokenStep = kept(
  (step: StepView): StepView => (step.sentence === undefined ? step : { ...step, sentence: inLanguage(step.sentence) }),
);

const spokenCheck = kept(
  (check: CheckView): CheckView => ({
    ...check,
    ...(check.sentence === undefined ? {} : { sentence: inLanguage(check.sentence) }),
    ...(check.expected === undefined ? {} : { expected: inLanguage(check.expected) }),
    ...(check.actual === undefined ? {} : { actual: inLanguage(check.actual) }),
  }),
);

const spokenQuestion = kept(
  (question: QuestionView): QuestionView =>
    question.type === 'drift' ? { ...question, checks: question.checks.map(spokenCheck) } : question,
);

/** The same of the same object, as long as that one is there. */
function kept<T extends object>(make: (value: T) => T): (value: T) => T {
  const made = new WeakMap<T, T>();
  return (value) => {
    const before = made.get(value);
    if (before) return before;
    const after = make(value);
    made.set(value, after);
    return after;
  };
}
