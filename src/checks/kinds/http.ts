/** `http`: one GET request from the host itself, by whichever of curl, wget, python3 and perl it has. */
import { getScript, type Response, readResponse } from '../../checks/facts/http-get.ts';
import { type Answer, fail, type Judgement, type LeafKind, pass, type QuestionOf, trouble } from '../../checks/kind.ts';
import { foundIn, oneLine, showPattern, showText } from '../../checks/pattern.ts';

type HttpQuestion = QuestionOf<'http'>;

/** Bytes of an answer that are read, headers included. */
const answerLimit = 131_072;

/** Redirects are not followed: the status is judged as it comes. Without a status any below 400 will do. */
export const http: LeafKind<HttpQuestion> = {
  facts: ({ url }, timeoutMs) => [{ weight: 'heavy', maxBytes: answerLimit, script: getScript(url, timeoutMs) }],
  judge(question, [answer], { timeoutMs }) {
    if (!answer) return trouble('answer-lost', 'The host’s answer was lost.');
    const response = readResponse(answer);
    if (response.status === 'answered')
      return judgeStatus(question, response) ?? judgeHeaders(question, response) ?? judgeBody(question, response, answer) ?? pass;
    return judgeSilence(question, response, timeoutMs);
  },
  describe: ({ url, status }) => `${url} answers${status === undefined ? '' : ` with status ${status}`}`,
};

function judgeSilence(
  { url, status }: HttpQuestion,
  response: Exclude<Response, { status: 'answered' }>,
  timeoutMs: number,
): Judgement {
  const expected = status === undefined ? 'an answer' : `status ${status}`;
  switch (response.status) {
    case 'silent':
      return fail('no-answer', expected, response.detail, `Nothing answers at ${url}: ${response.detail}.`);
    case 'late':
      return fail('no-answer-in-time', expected, 'no answer in time', `${url} did not answer within ${timeoutMs / 1000} s.`);
    case 'broken':
      return fail(
        'broken-answer',
        expected,
        response.detail,
        `The answer of ${url} is not a whole HTTP answer: ${response.detail}.`,
      );
    case 'toolless':
      return trouble('tool-missing', `The host has none of curl, wget, python3 and perl; one is needed to ask ${url}.`);
    case 'untold':
      return trouble('asking-failed', `${url} could not be asked: ${response.detail}.`);
  }
}

type Answered = Extract<Response, { status: 'answered' }>;

function judgeStatus({ url, status }: HttpQuestion, { code }: Answered): Judgement | null {
  if (status === undefined ? code < 400 : code === status) return null;
  const expected = status === undefined ? 'a status below 400' : `status ${status}`;
  return fail('wrong-status', expected, `status ${code}`, `${url} should answer with ${expected}, but answers with ${code}.`);
}

function judgeHeaders({ url, headers = {} }: HttpQuestion, response: Answered): Judgement | null {
  for (const [name, pattern] of Object.entries(headers)) {
    const values = response.headers.filter(([each]) => each.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
    if (values.some((value) => foundIn(pattern, value))) continue;
    const actual = values.length === 0 ? `no ${name}` : `${name}: ${values.map(showText).join(', ')}`;
    return fail(
      'wrong-header',
      `${name}: ${showPattern(pattern)}`,
      actual,
      `${url} should answer with ${name}: ${showPattern(pattern)}, but has ${actual}.`,
    );
  }
  return null;
}

function judgeBody({ url, body = [] }: HttpQuestion, response: Answered, answer: Answer): Judgement | null {
  const lacking = body.find((pattern) => !foundIn(pattern, response.body));
  if (!lacking) return null;
  if (answer.truncated)
    return trouble('too-much', `The page at ${url} is longer than is read; what was read does not settle it.`);
  const shown = showPattern(lacking);
  return fail(
    'text-missing',
    shown,
    oneLine(response.body) || 'an empty page',
    `The page at ${url} should contain ${shown}, but it does not.`,
  );
}
