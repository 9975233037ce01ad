/**
 * What commands ask for that the sandbox host gives nobody, not even its root: told before a lesson starts. Goes by what a
 * command line plainly says; a command hidden in a variable or a function is not found. Pure.
 */

/** One piece of shell text of a lesson, and where it stands. */
export interface ShellText {
  readonly text: string;
  readonly where: string;
}

/** What a lesson asks for in vain. */
export interface SandboxLimit {
  readonly need: 'kernel' | 'cron';
  readonly where: string;
  /** The command, on one line. */
  readonly command: string;
}

/** Where a command begins: not in the middle of another one's words. */
const BEGIN = String.raw`(?:^|[;&|(\`])[ \t]*(?:(?:then|do|else)\s+)?(?:sudo\s+(?:-\w+\s+)*)?(?:\/(?:usr\/)?s?bin\/)?`;

/** Commands that change what all of a machine's programs share; what only looks is not among them. */
const KERNEL = [
  String.raw`mount[ \t]+(?:-[\w-]+[ \t]+|--[\w=-]+[ \t]+)*[^\s|;&<>#-][^|;&)\n]*`,
  String.raw`mount[ \t]+-a\b`,
  String.raw`losetup[ \t]+(?!-[alj]\b|--(?:all|list|associated)\b)[^\s|;&#][^|;&)\n]*`,
  String.raw`(?:swapon|swapoff)[ \t]+(?:-a|[^\s|;&<>#-])[^|;&)\n]*`,
  String.raw`ip[ \t]+(?:-\w+[ \t]+)*(?:a|addr|address|l|link|r|ro|route|rule|netns|tuntap|neigh)[ \t]+(?:add|del|delete|change|replace|append|set|flush)\b[^|;&)\n]*`,
  String.raw`route[ \t]+(?:add|del)\b[^|;&)\n]*`,
  String.raw`(?:iptables|ip6tables|nft|ufw)[ \t]+[^\s|;&#][^|;&)\n]*`,
  String.raw`sysctl[ \t]+(?:-p|-w|--system|[\w.]+=)[^|;&)\n]*`,
  String.raw`(?:modprobe|insmod|rmmod)[ \t]+[^\s|;&#][^|;&)\n]*`,
];

const CHANGES_KERNEL = new RegExp(`${BEGIN}((?:${KERNEL.join('|')}))`, 'm');
const CRONTAB = new RegExp(String.raw`${BEGIN}(crontab\b(?![.\w-])[^|;&)\n]*)`, 'm');
const CRON_STARTS =
  /\bservice[ \t]+crond?[ \t]+(?:re)?start\b|\/etc\/init\.d\/crond?[ \t]+(?:re)?start\b|(?:^|[;&|]|\bsudo\s)[ \t]*(?:\/usr\/sbin\/)?crond?(?=\s|$)/m;

/**
 * What the texts ask for in vain, the first place of each sort.
 * @param texts all commands and scripts of a lesson.
 */
export function sandboxLimits(texts: readonly ShellText[]): readonly SandboxLimit[] {
  const bare = texts.map(({ text, where }) => ({ text: onlyCommands(text), where }));
  const first = (need: SandboxLimit['need'], pattern: RegExp): readonly SandboxLimit[] => {
    for (const { text, where } of bare) {
      const command = pattern.exec(text)?.[1];
      if (command !== undefined) return [{ need, where, command: shortened(command) }];
    }
    return [];
  };
  const cron = bare.some(({ text }) => CRON_STARTS.test(text)) ? [] : first('cron', CRONTAB);
  return [...first('kernel', CHANGES_KERNEL), ...cron];
}

function shortened(command: string): string {
  const line = command.replace(/\\?$/, '').replace(/\s+/g, ' ').trim();
  return line.length <= 60 ? line : `${line.slice(0, 59)}…`;
}

/** A here-document's text is written, not run; a comment is neither; what is quoted are words. */
function onlyCommands(text: string): string {
  const bare = text.replace(/<<-?[ \t]*(['"]?)(\w+)\1([^\n]*)\n[\s\S]*?\n[ \t]*\2(?=\n|$)/g, '<<$3');
  return bare.replace(/(^|\s)#[^\n]*/g, '$1').replace(/'[^']*'|"[^"]*"/g, (quoted) => quoted.replace(/[;&|(`\n]/g, '_'));
}

/**
 * What it comes to, as a sentence behind the command.
 * @param need the sort.
 */
export function limitSentence(need: SandboxLimit['need']): string {
  return {
    kernel: 'On the sandbox host nobody may mount, use swap, or change network, firewall or kernel settings.',
    cron: 'On the sandbox host no cron runs unless the lesson starts one.',
  }[need];
}
