/** `answer`: a question to the learner. The host knows nothing of it; whoever asks it finds it not answered yet. */
import type { LeafKind, QuestionOf } from '../../checks/kind.ts';
import { notAnswered } from '../../model/answer.ts';

/** Answers are judged where they are given: in the session. */
export const answer: LeafKind<QuestionOf<'answer'>> = {
  facts: () => [],
  judge: () => notAnswered,
  describe: ({ ask }) => `“${ask}” is answered`,
};
