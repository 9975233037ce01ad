/** `supervisor`: the state of a supervised program, as `supervisorctl status` tells it. */
import { type Program, programStates, statusFact } from '../../checks/facts/programs.ts';
import { type Answer, fail, type Judgement, type LeafKind, pass, type QuestionOf, trouble } from '../../checks/kind.ts';
import { oneLine } from '../../checks/pattern.ts';

type SupervisorQuestion = QuestionOf<'supervisor'>;

/** A dead supervisord is the learner's to start: `fail`. */
export const supervisor: LeafKind<SupervisorQuestion> = {
  facts: () => [statusFact],
  judge(question, [answer]) {
    if (!answer) return trouble('answer-lost', 'The host’s answer was lost.');
    const programs = programStates(answer);
    // `supervisorctl status` ends with 3 when a program does not run, and says why when it got no list at all.
    const listed = programs.length > 0 || (answer.code === 0 && answer.stderr === '');
    return listed ? judgeProgram(question, programs) : judgeSilence(question, answer);
  },
  describe: ({ program, state, minUptimeMs }) =>
    `${program} is ${state.join(' or ')}${minUptimeMs === undefined ? '' : ` for at least ${minUptimeMs / 1000} s`}`,
};

function judgeProgram({ program, state, minUptimeMs }: SupervisorQuestion, programs: readonly Program[]): Judgement {
  const expected = state.join(' or ');
  const found = programs.find(({ name }) => name === program);
  if (!found) return state.includes('ABSENT') ? pass : unknownProgram(program, expected, programs);
  if (!state.includes(found.state)) {
    const should = state.includes('ABSENT') && state.length === 1 ? 'be unknown to supervisord' : `be ${expected}`;
    return fail('wrong-state', expected, found.state, `${program} should ${should}, but it is ${found.state}.`);
  }
  const needed = minUptimeMs ?? 0;
  const uptime = found.uptimeMs ?? 0;
  if (uptime >= needed) return pass;
  return fail(
    'too-young',
    `up for ${needed / 1000} s`,
    `up for ${uptime / 1000} s`,
    `${program} has been up for ${uptime / 1000} s; it should be ${needed / 1000} s.`,
  );
}

function unknownProgram(program: string, expected: string, programs: readonly Program[]): Judgement {
  const last = (name: string): string => name.slice(name.lastIndexOf(':') + 1);
  const alike = programs.find(({ name }) => last(name) === last(program));
  const hint = alike ? `; it knows ${alike.name}` : '';
  return fail('unknown-program', expected, 'not known', `supervisord does not know ${program}${hint}.`);
}

function judgeSilence({ program, state }: SupervisorQuestion, answer: Answer): Judgement {
  const said = `${answer.stdout.toString('utf8')}\n${answer.stderr}`;
  if (answer.code === 127)
    return trouble('tool-missing', `The host has no supervisorctl, which is needed to ask about ${program}.`);
  if (/Permission ?(Error|denied)/i.test(said))
    return trouble('permission-denied', 'supervisord may not be asked: permission denied for the user the check asks as.');
  if (/no such file|refused connection|ConnectionRefusedError|SHUTDOWN_STATE/i.test(said))
    return fail(
      'supervisord-down',
      state.join(' or '),
      'supervisord is not running',
      `supervisord is not running, so it cannot run ${program}.`,
    );
  return trouble('asking-failed', `supervisorctl could not tell: ${oneLine(said) || `exit code ${answer.code}`}`);
}
