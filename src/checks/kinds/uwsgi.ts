/** `uwsgi`: what a uWSGI stats server tells of its instance. */
import { connectScript } from '../../checks/facts/connect.ts';
import { type Answer, fail, type Judgement, type LeafKind, pass, type QuestionOf, trouble } from '../../checks/kind.ts';
import { foundIn, oneLine, showPattern } from '../../checks/pattern.ts';

type UwsgiQuestion = QuestionOf<'uwsgi'>;

/** Bytes of stats that are read; about 1 KiB a worker and core. */
const statsLimit = 262_144;

/** The stats server answers every connection with one JSON document and closes it. */
export const uwsgi: LeafKind<UwsgiQuestion> = {
  facts: ({ stats }, timeoutMs) => [{ weight: 'heavy', maxBytes: statsLimit, script: connectScript(stats, timeoutMs) }],
  judge(question, [answer]) {
    if (!answer) return trouble('answer-lost', 'The host’s answer was lost.');
    if (answer.code !== 0) return judgeSilence(question.stats, answer);
    if (answer.truncated) return trouble('too-much', `The uWSGI stats at ${question.stats} are longer than is read.`);
    const stats = readStats(answer.stdout.toString('utf8'));
    if (stats === null) {
      const actual = oneLine(answer.stdout.toString('utf8')) || 'an empty answer';
      return fail('broken-answer', 'uWSGI stats', actual, `Something answers at ${question.stats}, but not with uWSGI stats.`);
    }
    return judgeStats(question, stats);
  },
  describe: ({ stats }) => `uWSGI answers with its stats at ${stats}`,
};

function judgeSilence(stats: string, answer: Answer): Judgement {
  const detail = oneLine(answer.stderr);
  if (answer.code === 127)
    return trouble('tool-missing', `The host has none of perl, python3, bash and nc that could ask ${stats}; one is needed.`);
  if (detail.includes('Permission denied'))
    return trouble(
      'permission-denied',
      `The uWSGI stats at ${stats} may not be asked: permission denied for the user the check asks as.`,
    );
  if (answer.code === 28)
    return fail(
      'no-answer-in-time',
      'uWSGI stats',
      'no answer in time',
      `${stats} took the connection but sent no uWSGI stats in time.`,
    );
  if (answer.code !== 7) return trouble('asking-failed', `${stats} could not be asked: ${detail || `exit code ${answer.code}`}.`);
  return fail(
    'no-answer',
    'uWSGI stats',
    detail || 'nothing',
    `No uWSGI answers at ${stats}${detail === '' ? '' : `: ${detail}`}.`,
  );
}

interface Stats {
  readonly version: string;
  readonly workers: readonly { readonly accepting: boolean }[];
}

function readStats(text: string): Stats | null {
  // With --stats-http the document follows HTTP headers.
  const json = /^HTTP\//.test(text) ? text.slice(Math.max(0, text.indexOf('\r\n\r\n'))) : text;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return null;
  }
  if (!isObject(value) || !Array.isArray(value['workers'])) return null;
  const workers = value['workers'].filter(isObject).filter((worker) => worker['pid'] !== 0 && worker['status'] !== 'cheap');
  return {
    version: String(value['version'] ?? ''),
    workers: workers.map((worker) => ({ accepting: worker['accepting'] === 1 })),
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function judgeStats(question: UwsgiQuestion, { version, workers }: Stats): Judgement {
  const { stats, version: wanted, minWorkers = 0, accepting } = question;
  if (wanted && !foundIn(wanted, version)) {
    const shown = showPattern(wanted);
    return fail('wrong-version', shown, version, `The uWSGI at ${stats} should have version ${shown}, but it is ${version}.`);
  }
  if (workers.length < minWorkers)
    return fail(
      'too-few-workers',
      `${minWorkers} workers`,
      `${workers.length}`,
      `The uWSGI at ${stats} has ${workers.length} of at least ${minWorkers} workers.`,
    );
  const accept = workers.filter((worker) => worker.accepting).length;
  if (accepting === true && accept === 0)
    return fail('not-accepting', 'an accepting worker', 'none', `No worker of the uWSGI at ${stats} accepts requests yet.`);
  if (accepting === false && accept > 0)
    return fail(
      'still-accepting',
      'no accepting worker',
      `${accept}`,
      `${accept} of the workers of the uWSGI at ${stats} still accept requests.`,
    );
  return pass;
}
