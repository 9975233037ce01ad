/** Quizzes of a scenario: `>>Q1: text<<` and the lines after it. Pure. */

/** One question to the learner. */
export interface Quiz {
  readonly prompt: string;
  /** `text`: equal; `contains`: found in the answer; `one` and `several`: choices. */
  readonly how: 'text' | 'contains' | 'one' | 'several';
  readonly choices: readonly string[];
  /** The right text, or the right choices. */
  readonly right: readonly string[];
  readonly line: number;
}

/**
 * Reads a quiz.
 * @param lines the text.
 * @param at index of its first line.
 * @returns the quiz, and how many lines it takes.
 */
export function readQuiz(lines: readonly string[], at: number): { readonly quiz: Quiz; readonly lines: number } {
  const prompt = /^\s*>>\s*(?:Q\d{1,3}\s*[:.)]\s*)?(.*?)\s*<<\s*$/.exec(lines[at] ?? '')?.[1] ?? '';
  const answers: Answer[] = [];
  for (let answer = answerOf(lines[at + 1]); answer !== null; answer = answerOf(lines[at + 1 + answers.length]))
    answers.push(answer);
  const choices = answers.filter(({ how }) => how === 'one' || how === 'several').map(({ text }) => text);
  const right = answers.filter((answer) => answer.right).map(({ text }) => text);
  return { quiz: { prompt, how: answers.at(-1)?.how ?? 'text', choices, right, line: at + 1 }, lines: 1 + answers.length };
}

interface Answer {
  readonly how: Quiz['how'];
  readonly text: string;
  readonly right: boolean;
}

function answerOf(line: string | undefined): Answer | null {
  const text = /^\s*(===|=~=)\s*(.*?)\s*$/.exec(line ?? '');
  if (text) return { how: text[1] === '===' ? 'text' : 'contains', text: text[2] ?? '', right: true };
  const choice = /^\s*(?:\[([ *xX])\]|\(([ *xX])\))\s*(.*?)\s*$/.exec(line ?? '');
  if (!choice) return null;
  return { how: choice[1] === undefined ? 'one' : 'several', text: choice[3] ?? '', right: (choice[1] ?? choice[2]) !== ' ' };
}
