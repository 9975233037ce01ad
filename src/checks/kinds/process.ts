/**
 * `process`: command lines of running processes, read from /proc. Nothing of the asking itself is counted: not the
 * asking scripts, not what they start, not what started them in the same session.
 */
import { quote } from '../../checks/batch/quote.ts';
import {
  type Answer,
  type Fact,
  fail,
  framed,
  type Judgement,
  type LeafKind,
  pass,
  type QuestionOf,
  readFrame,
  trouble,
} from '../../checks/kind.ts';
import { foundIn, oneLine, showPattern } from '../../checks/pattern.ts';

type ProcessQuestion = QuestionOf<'process'>;

/** Bytes of process lists that are read. */
const listLimit = 4_194_304;

/** A word in a command line by which a monitor's loop on the host is known. */
export const ownMark = 'lockstep-monitor';

/** What holds the learner's terminal on a host over ssh: itself, but not what runs in it. */
const isKeeper = (command: string): boolean => /\/lockstep-shell\.\w+\/keeper /.test(command);

/** What Lockstep itself runs on the host: a monitor, and what is left of a batch that was killed. */
const isOwn = (command: string): boolean => command.includes(ownMark) || command.includes('/lockstep-checks.');

/**
 * The asking script's pid and the batch's word; pids; uid, parent, session and state of every process; then the command lines in the order of the pids, with a word
 * before each and at the end that no process can have foreseen. `Name:` is left out: it may hold anything.
 */
const processFact: Fact = {
  weight: 'light',
  alone: true,
  framed: true,
  maxBytes: listLimit,
  inPerl: ['processes', `${listLimit}`],
  // Words without quotes: there is nothing but digits and the folder's name in them, and `set -- "$@" …` takes ever longer.
  script: `${framed}
pids= files=
for q in /proc/[0-9]*; do
  files="$files $d/nonce $q/cmdline"
  pids="$pids \${q#/proc/}"
done
echo "$pids"
grep -sE '^(PPid|Uid|NSsid|State):' /dev/null /proc/[0-9]*/status
exec cat $files "$d/nonce" 2>/dev/null`,
};

function userFact(user: string): Fact {
  return {
    weight: 'light',
    maxBytes: 262_144,
    inPerl: ['user', user],
    script: `id -u -- ${quote(user)} 2>/dev/null || echo -\ncat /etc/passwd 2>/dev/null || :`,
  };
}

/** One running process. */
interface Running {
  readonly pid: number;
  readonly command: string;
  readonly uid: string;
  readonly parent: number;
  readonly session: number;
}

/** Matches, minimum, maximum and absence. */
export const process: LeafKind<ProcessQuestion> = {
  facts: ({ user }) => [processFact, ...(user === undefined ? [] : [userFact(user)])],
  judge(question, [list, users]) {
    if (!list) return trouble('answer-lost', 'The host’s answer was lost.');
    const { pid, nonce, rest } = readFrame(list.stdout.toString('utf8'));
    const all = nonce === '' ? null : readProcesses(rest, nonce);
    if (all === null)
      return trouble('too-much', 'The host’s list of processes is longer than is read, or there was no room for it.');
    const running = others(all, pid);
    if (running.length === 0) return trouble('asking-failed', 'The host’s processes could not be read from /proc.');
    const matching = running.filter(({ command }) => foundIn(question.match, command));
    if (!users || question.user === undefined) return judgeCount(question, matching);
    return judgeOf(question, matching, readUsers(users));
  },
  describe({ match, user, absent, min, max }) {
    const what = `${showPattern(match)}${user === undefined ? '' : ` as ${user}`}`;
    if (absent) return `no process matches ${what}`;
    return `${countWords(min, max)} ${what}`;
  },
};

function countWords(min = 1, max?: number): string {
  if (max !== undefined) return min === max ? `exactly ${max} processes match` : `${min} to ${max} processes match`;
  return min === 1 ? 'a process matches' : `at least ${min} processes match`;
}

/** null when the list does not end as it should. */
function readProcesses(text: string, nonce: string): Running[] | null {
  const [head = '', ...commands] = text.split(nonce);
  const [pids = '', ...lines] = head.split('\n');
  const numbers = pids.trim().split(' ');
  if (commands.length !== numbers.length + 1) return null;
  const fields = new Map(lines.flatMap(readField));
  return numbers.flatMap((pid, index) => {
    const command = (commands[index] ?? '').split('\0').join(' ').trim();
    const uid = fields.get(`${pid} Uid`);
    // Without a command line it is a kernel thread or a zombie, without a uid it came while the list was made.
    if (command === '' || uid === undefined || fields.get(`${pid} State`) === 'Z') return [];
    const number = (name: string): number => Number(fields.get(`${pid} ${name}`) ?? 0);
    return [{ pid: Number(pid), command, uid, parent: number('PPid'), session: number('NSsid') }];
  });
}

/** A line such as `/proc/12/status:Uid:	0	0	0	0`: of the four uids the second is the effective one. */
function readField(line: string): [string, string][] {
  const found = /^\/proc\/(\d+)\/status:(\w+):\s+(\S+)(?:\s+(\S+))?/.exec(line);
  if (found?.[3] === undefined) return [];
  return [[`${found[1]} ${found[2]}`, found[2] === 'Uid' ? (found[4] ?? '') : found[3]]];
}

/** Leaves out the asking script, what it started, and what started it within its session. */
function others(running: readonly Running[], asker: number): Running[] {
  const byPid = new Map(running.map((each) => [each.pid, each]));
  const upwards = (from: Running | undefined): Running[] => {
    const seen = new Set<Running>();
    for (let at = from; at && !seen.has(at); at = byPid.get(at.parent)) seen.add(at);
    return [...seen];
  };
  const session = byPid.get(asker)?.session;
  const starters = new Set(upwards(byPid.get(asker)).filter((each) => each.session === session));
  return running.filter(
    (each) =>
      !starters.has(each) &&
      !isKeeper(each.command) &&
      !upwards(each).some(({ pid, command }) => pid === asker || isOwn(command)),
  );
}

function readUsers(answer: Answer): { readonly uid: string | null; readonly nameOf: (uid: string) => string } {
  const [uid = '-', ...lines] = answer.stdout.toString('utf8').split('\n');
  const names = new Map<string, string>();
  for (const line of lines) {
    const [name = '', , id = ''] = line.split(':');
    if (!names.has(id)) names.set(id, name);
  }
  return { uid: uid === '-' ? null : uid, nameOf: (id) => names.get(id) ?? id };
}

function judgeOf(question: ProcessQuestion, matching: readonly Running[], users: ReturnType<typeof readUsers>): Judgement {
  const user = question.user ?? '';
  const theirs = matching.filter(({ uid }) => uid === users.uid || uid === user);
  const [other] = matching;
  if (theirs.length > 0 || question.absent || !other) return judgeCount(question, theirs);
  const name = users.nameOf(other.uid);
  const shown = showPattern(question.match);
  return fail('wrong-owner', user, name, `A process that matches ${shown} should run as ${user}, but it runs as ${name}.`);
}

function judgeCount(question: ProcessQuestion, matching: readonly Running[]): Judgement {
  const { match, user, absent, min = 1, max } = question;
  const count = matching.length;
  const [first] = matching;
  const what = `${showPattern(match)}${user === undefined ? '' : ` as ${user}`}`;
  const found = first === undefined ? 'none' : `${count}: ${oneLine(first.command)} (pid ${first.pid})${count > 1 ? ', …' : ''}`;
  if (absent) {
    if (!first) return pass;
    const also = count === 1 ? '' : ` and ${count - 1} more`;
    return fail('still-running', 'none', found, `No process should match ${what}, but pid ${first.pid}${also} does.`);
  }
  if (count === 0 && min > 0) return fail('not-running', countWords(min, max), 'none', `No process matches ${what}.`);
  if (count < min)
    return fail('too-few-processes', countWords(min, max), found, `${count} of at least ${min} processes match ${what}.`);
  if (max !== undefined && count > max)
    return fail('too-many-processes', countWords(min, max), found, `${count} processes match ${what}, at most ${max} may.`);
  return pass;
}
