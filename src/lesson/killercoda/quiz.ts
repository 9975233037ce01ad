/** Quizzes of a scenario: `>>Q1: text<<` and the lines after it, read, and written again. Pure. */
import type { AnswerQuestion } from '../../model/answer.ts';

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
 * Whether a quiz begins at a line: a question and an answer right below it.
 * @param lines the text.
 * @param at index of the line.
 */
export function isQuiz(lines: readonly string[], at: number): boolean {
  return /^\s*>>.*\S.*<<\s*$/.test(lines[at] ?? '') && answerOf(lines[at + 1]) !== null;
}

/**
 * The question that a quiz asks; null where nothing in it is marked as right.
 * @param quiz the quiz.
 */
export function questionOf({ prompt, how, choices, right }: Quiz): AnswerQuestion | null {
  const ask = plain(prompt) || 'What is the answer?';
  if (right.length === 0) return null;
  if (how === 'one' || how === 'several') {
    return { kind: 'answer', ask, how, choices: choices.map(plain), right: right.map(plain) };
  }
  const found = right.map((text) => ({ regex: text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'), flags: 'i' }));
  const exact = right.map((text) => ({ text }));
  return { kind: 'answer', ask, how: 'text', right: how === 'contains' ? [...exact, ...found] : exact, example: right[0] ?? '' };
}

/** Marks of markdown are for the text; on the screen's question they would be noise. */
function plain(text: string): string {
  return text.replace(/`+|\*\*|__/g, '').trim();
}

/**
 * A question as a quiz. Of regular expressions a quiz knows nothing.
 * @param question any.
 * @param number its number on the page, from 1.
 */
export function writeQuiz(question: AnswerQuestion, number: number): string {
  const ask = `>>Q${number}: ${question.ask.replace(/\s+/g, ' ')}<<`;
  if (question.how === 'text') return `${ask}\n=== ${question.example}`;
  const [open, close] = question.how === 'one' ? ['(', ')'] : ['[', ']'];
  const choices = question.choices.map((choice) => {
    const mark = question.right.includes(choice) ? '*' : ' ';
    return `${open}${mark}${close} ${choice.replace(/\s+/g, ' ')}`;
  });
  return [ask, ...choices].join('\n');
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
  // Answers of one sort are one question; the first tells which.
  const how = answers[0]?.how ?? 'text';
  const own = distinct(answers.filter((answer) => answer.how === how));
  const choices = how === 'one' || how === 'several' ? own.map(({ text }) => text) : [];
  const right = own.filter((answer) => answer.right).map(({ text }) => text);
  return { quiz: { prompt, how, choices, right, line: at + 1 }, lines: 1 + answers.length };
}

/** Choices that say the same are told apart by a number. */
function distinct(answers: readonly Answer[]): readonly Answer[] {
  const seen = new Map<string, number>();
  return answers.map((answer) => {
    const count = (seen.get(answer.text) ?? 0) + 1;
    seen.set(answer.text, count);
    return count === 1 || answer.how === 'text' || answer.how === 'contains'
      ? answer
      : { ...answer, text: `${answer.text} (${count})` };
  });
}

interface Answer {
  readonly how: Quiz['how'];
  readonly text: string;
  readonly right: boolean;
}

function answerOf(line: string | undefined): Answer | null {
  const text = /^\s*(===|=~=)\s*([^=\s].*?)\s*$/.exec(line ?? '');
  if (text) return { how: text[1] === '===' ? 'text' : 'contains', text: text[2] ?? '', right: true };
  const choice = /^\s*(?:\[([ *xX])\]|\(([ *xX])\))\s*(\S.*?)\s*$/.exec(line ?? '');
  if (!choice) return null;
  return { how: choice[1] === undefined ? 'one' : 'several', text: choice[3] ?? '', right: (choice[1] ?? choice[2]) !== ' ' };
}
