/**
 * `service`: whether a service runs, and whether it starts with the system. Asked of whoever keeps services on this host:
 * systemd, where it is running; otherwise supervisord, where it knows the service; otherwise the System V script.
 */
import { quote } from '../../checks/batch/quote.ts';
import { fail, type Judgement, type LeafKind, pass, type QuestionOf, trouble } from '../../checks/kind.ts';
import { oneLine } from '../../checks/pattern.ts';

type ServiceQuestion = QuestionOf<'service'>;

/** The first line says who answered; what follows is theirs. */
export const service: LeafKind<ServiceQuestion> = {
  facts: ({ name }) => [{ weight: 'heavy', maxBytes: 65_536, script: asking(name) }],
  judge(question, [answer]) {
    if (!answer) return trouble('answer-lost', 'The host’s answer was lost.');
    const [manager = '', ...rest] = answer.stdout.toString('utf8').split('\n');
    const read = readers[manager];
    if (read === undefined)
      return trouble(
        'tool-missing',
        `The host has neither systemd running nor supervisord nor System V scripts, which are needed to ask about ${question.name}.`,
      );
    const facts = read(rest.join('\n'));
    return 'status' in facts ? facts : judge(question, facts);
  },
  describe: ({ name, state, enabled }) =>
    `${name} ${[state === undefined ? '' : `is ${state}`, enabled === undefined ? '' : startWords(enabled)].filter((part) => part !== '').join(' and ')}`,
};

function startWords(enabled: boolean): string {
  return enabled ? 'starts with the system' : 'does not start with the system';
}

interface ServiceFacts {
  readonly known: boolean;
  /** In the words of whoever keeps it, e.g. `active (running)`. */
  readonly words: string;
  readonly running: boolean;
  /** null where that cannot be told. */
  readonly enabled: boolean | null;
}

// Runlevel links: https://wiki.debian.org/LSBInitScripts/DependencyBasedBoot
function asking(name: string): string {
  const word = quote(name.replace(/\.service$/, ''));
  return `LC_ALL=C; export LC_ALL
n=${word}
if command -v systemctl >/dev/null 2>&1; then
  # Where systemd is installed but does not run, it says nothing.
  said=$(systemctl show --no-pager -p LoadState -p ActiveState -p SubState -p UnitFileState -- "$n.service" 2>/dev/null)
  case $said in
  *LoadState=*) echo systemd; printf '%s\\n' "$said"; exit 0 ;;
  esac
fi
if command -v supervisorctl >/dev/null 2>&1; then
  # A program, or all of a group.
  said=$(supervisorctl status "$n" "$n:*" 2>/dev/null | grep -v ': ERROR (no such')
  case $said in
  "$n "*|"$n":*) echo supervisord; printf '%s\\n' "$said"; exit 0 ;;
  esac
fi
if [ -x "/etc/init.d/$n" ]; then
  echo sysv
  set -- /etc/rc[2345].d/S[0-9][0-9]"$n"
  [ -e "$1" ] || [ -L "$1" ] && echo enabled || echo disabled
  "/etc/init.d/$n" status
  echo "
code $?"
  exit 0
fi
if [ -d /etc/init.d ] || command -v supervisorctl >/dev/null 2>&1; then
  echo nobody
fi`;
}

const readers: Readonly<Record<string, (text: string) => ServiceFacts | Judgement>> = {
  systemd(text) {
    const value = (key: string): string => new RegExp(`^${key}=(.*)$`, 'm').exec(text)?.[1] ?? '';
    return {
      known: value('LoadState') !== 'not-found',
      words: `${value('ActiveState')} (${value('SubState')})`,
      running: value('ActiveState') === 'active',
      enabled: /^(?:enabled|enabled-runtime|alias|static|indirect|generated)$/.test(value('UnitFileState')),
    };
  },
  supervisord(text) {
    const states = text.split('\n').flatMap((line) => /^\S+\s+([A-Z]+)/.exec(line)?.[1] ?? []);
    return {
      known: true,
      words: [...new Set(states)].join(', '),
      running: states.length > 0 && states.every((state) => state === 'RUNNING'),
      // `autostart` is in its configuration, which may be anywhere.
      enabled: null,
    };
  },
  sysv(text) {
    const [first = '', ...rest] = text.split('\n');
    const said = rest.join('\n');
    const code = Number(/^code (\d+)$/m.exec(said)?.[1] ?? 4);
    // Exit codes of `status`: https://refspecs.linuxbase.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/iniscrptact.html
    const words = oneLine(said.replace(/\ncode \d+\s*$/, '')) || (code === 0 ? 'running' : 'not running');
    if (code > 3 || /^usage:/im.test(said)) return trouble('asking-failed', `Its script in /etc/init.d does not tell: ${words}`);
    return { known: true, words, running: code === 0, enabled: first === 'enabled' };
  },
  nobody: () => ({ known: false, words: '', running: false, enabled: false }),
};

function judge({ name, state, enabled }: ServiceQuestion, facts: ServiceFacts): Judgement {
  if (!facts.known) return fail('unknown-service', name, 'no such service', `The host knows no service ${name}.`);
  if (state !== undefined && facts.running !== (state === 'running'))
    return fail(
      state === 'running' ? 'service-stopped' : 'service-running',
      state,
      facts.words,
      `${name} should be ${state}, but it is ${facts.words}.`,
    );
  if (enabled === undefined) return pass;
  if (facts.enabled === null) return trouble('asking-failed', `supervisord does not tell whether ${name} starts with it.`);
  if (facts.enabled === enabled) return pass;
  return fail(
    'wrong-start',
    startWords(enabled),
    startWords(!enabled),
    `${name} ${startWords(!enabled)}, but it should be the other way.`,
  );
}
