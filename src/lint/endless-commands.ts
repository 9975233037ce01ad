/**
 * `endless-command`: a command that does not end by itself, in a terminal where the next one waits for it. Goes by what
 * a command line looks like; a command hidden in a variable or a function is not found.
 */
import type { Problem } from '../model/problem.ts';
import type { LintRule } from './rule.ts';

/** Words before a command that are not the command. */
const WRAPPERS = new Set(['sudo', 'env', 'exec', 'nohup', 'nice', 'time', 'command']);
/** Options of sudo that take a value. */
const VALUED = /^-[A-Za-z]*[ugpCDhRTr]$/;
const LOOP = /^(?:while|until)\s+(?:\[\s*1\s*\]|true|:|false)\s*(?:;|\n|$)/;

/** Programs that go on until somebody ends them; with the arguments that make them end by themselves. */
const ENDLESS: readonly { readonly name: RegExp; readonly unless?: RegExp; readonly only?: RegExp }[] = [
  { name: /^(?:top|htop|atop)$/, unless: /(?:^|\s)-\w*[bn]/ },
  { name: /^(?:vi|vim|nvim|nano|emacs|pico|ed|joe|mcedit|visudo|sudoedit|vipw)$/, unless: /(?:^|\s)-(?:c|es|-version)\b/ },
  { name: /^(?:less|more|most|man|info)$/ },
  { name: /^(?:watch|uwsgitop|screen|tmux)$/, unless: /(?:^|\s)-d\b/ },
  { name: /^tail$/, only: /(?:^|\s)(?:-\w*[fF]|--follow)/ },
  { name: /^journalctl$/, only: /(?:^|\s)(?:-\w*f\w*|--follow)(?:\s|$)/ },
  { name: /^(?:kubectl|docker|podman)$/, only: /\blogs\b.*\s(?:-\w*f\b|--follow)/ },
  { name: /^ping6?$/, unless: /(?:^|\s)-\w*[cw]/ },
  { name: /^sleep$/, only: /\binfinity\b/ },
  { name: /^yes$/ },
  { name: /^(?:bash|sh|su|zsh|mysql|psql|python3?|node|irb)$/, only: /^\s*(?:-[il]?)?\s*\w*$/ },
  { name: /^python3?$/, only: /-m\s+http\.server/ },
  { name: /^(?:nc|netcat|ncat)$/, only: /(?:^|\s)-\w*l/ },
  { name: /^tcpdump$/, unless: /(?:^|\s)-\w*c/ },
];

/**
 * Commands that never end where the next one waits for them.
 * @param subject the lesson.
 */
export const endlessCommands: LintRule = ({ lesson }) =>
  lesson.sections.flatMap(({ blocks, solution }) =>
    solution === undefined
      ? blocks.flatMap((block): readonly Problem[] => {
          if (block.kind !== 'run') return [];
          return (
            block.commands
              // What is only typed as keys is not waited for.
              .filter(({ terminal, keys }) => terminal === 1 && keys === undefined)
              .flatMap(({ text }): readonly Problem[] => {
                const program = endlessProgram(text);
                if (program === null) return [];
                const line = text.split('\n')[0] ?? text;
                const message = `\`${line}\` goes on until somebody ends ${program}, and what comes after it waits.`;
                const suggestion = 'Give its block another `terminal` in lesson.yaml, make it end by itself, or write `show`.';
                const severity = block.optional ? 'warning' : 'error';
                return [{ place: block.place, rule: 'endless-command', message, suggestion, severity }];
              })
          );
        })
      : [],
  );

/**
 * The program of a command line that does not end by itself; null where there is none.
 * @param text the command.
 */
export function endlessProgram(text: string): string | null {
  const trimmed = text.trim();
  if (/(?:^|[^&>|])&$/.test(trimmed)) return null;
  if (LOOP.test(trimmed)) return /\bbreak\b|\bexit\b/.test(trimmed) ? null : 'the loop';
  // Only the last of a pipe decides on a pager; any part can be what goes on. A here-document's text is no command.
  const [head = ''] = trimmed.includes('<<') ? trimmed.split('\n') : [trimmed];
  const bare = head.replace(/'[^']*'|"[^"]*"/g, (quoted) => quoted.replace(/[;&|\n]/g, '_'));
  for (const part of bare.split(/&&|\|\||[;|\n]/)) {
    const program = endlessPart(part, head.includes('|') || head.includes('<'));
    if (program !== null) return program;
  }
  return null;
}

function endlessPart(part: string, redirected: boolean): string | null {
  const words = part.trim().split(/\s+/);
  if (words[0] === 'timeout') return null;
  if (words[0] === 'sudo' && words.slice(1).some((word) => /^-\w*e$/.test(word) || word === '--edit')) return 'the editor';
  let at = 0;
  while (at < words.length && isPrefix(words, at)) at += VALUED.test(words[at] ?? '') ? 2 : 1;
  const name = (words[at] ?? '').split('/').at(-1) ?? '';
  const rest = words.slice(at + 1).join(' ');
  if (name === '' && words[0] === 'sudo' && words.some((word) => /^-\w*[is]$/.test(word))) return 'that shell';
  const found = ENDLESS.find((each) => each.name.test(name) && !each.unless?.test(rest) && (each.only?.test(rest) ?? true));
  if (found === undefined) return null;
  // An interpreter whose input comes from somewhere else ends with it.
  return redirected && /^(?:bash|sh|su|zsh|mysql|psql|python3?|node|irb)$/.test(name) ? null : name;
}

function isPrefix(words: readonly string[], at: number): boolean {
  const word = words[at] ?? '';
  return WRAPPERS.has(word) || /^[A-Za-z_]\w*=/.test(word) || (at > 0 && word.startsWith('-') && WRAPPERS.has(words[0] ?? ''));
}
