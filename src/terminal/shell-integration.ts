/**
 * The rc file that our shells are started with. It reads the learner's own settings first, then adds marks to the
 * prompts (OSC 133) so that the program can tell when a command starts and how it ended, and two keys that put an
 * unfinished line aside and bring it back. It leaves no trace in the history and none under `set -x`.
 *
 * Everything hangs on the prompts themselves: bash expands PS1 once a prompt, with `$?` still that of the last command,
 * and prints PS0 (bash 4.4) when a command was read. No DEBUG trap is taken from the learner.
 */
import { randomBytes } from 'node:crypto';

/** An rc file and the secret its marks carry. */
export interface ShellIntegration {
  /** Text for `bash --rcfile`. */
  readonly rcFile: string;
  /** Hex digits; marks without it are not believed, so that no program's output can pretend to be the shell. */
  readonly nonce: string;
}

/** What the typist sends to put the unsent line aside (Ctrl-X Ctrl-]). */
export const STASH_KEYS = '\x18\x1d';
/** What the typist sends to bring it back (Ctrl-X Ctrl-^). */
export const RESTORE_KEYS = '\x18\x1e';

/** `$\{` stands for `${`, `@KEY@` for the secret. */
const RC_FILE = String.raw`# Written by Lockstep. Your own settings come first; then the prompts get marks that no terminal shows.
if [ -r ~/.bashrc ]; then . ~/.bashrc; fi

__lockstep_serial=0
__lockstep_line=''

# A prompt that something has replaced gets its marks again.
__lockstep_prompt() {
  local key='lockstep=@KEY@'
  if [[ $\{PS1-} != *"$key"* ]]; then
    PS1='\[\e]133;D;$?;'"$key"';serial=$((__lockstep_serial+=1))\a\e]133;A;'"$key"'\a\]'"$\{PS1-}"'\[\e]133;B;'"$key"'\a\]'
  fi
  if [[ $\{PS2-} != *"$key"* ]]; then PS2='\[\e]133;P;k=s;'"$key"'\a\]'"$\{PS2-}"; fi
  if [[ $\{PS0-} != *"$key"* ]]; then PS0='\e]133;C;'"$key"'\a'"$\{PS0-}"; fi
  return 0
}

# What stands unsent on the line makes room for a command, and comes back after it.
__lockstep_stash() {
  __lockstep_line=$READLINE_LINE$__lockstep_line
  READLINE_LINE=''
  READLINE_POINT=0
  printf '\e]133;S;%d;lockstep=@KEY@\a' "$\{#__lockstep_line}"
}
__lockstep_restore() {
  READLINE_LINE=$__lockstep_line$READLINE_LINE
  READLINE_POINT=0x7fffffff
  __lockstep_line=''
  printf '\e]133;S;0;lockstep=@KEY@\a'
}

{
  bind 'set enable-bracketed-paste on'
  for __lockstep_map in emacs-standard vi-insert; do
    bind -m "$__lockstep_map" -x '"\C-x\C-]": { __lockstep_stash; } 2>/dev/null'
    bind -m "$__lockstep_map" -x '"\C-x\C-^": { __lockstep_restore; } 2>/dev/null'
  done
  bind -m vi-command '"\C-x\C-]": "i\C-x\C-]"'
  bind -m vi-command '"\C-x\C-^": "i\C-x\C-^"'
  unset __lockstep_map
} 2>/dev/null

# Last in line, so that a prompt which is made anew each time has been made by then.
# (A list since bash 5.1; asked without a subshell, for which the first prompt would have to wait.)
if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 501)) && [[ $\{PROMPT_COMMAND[*]+$\{PROMPT_COMMAND[*]@a}} == *a* ]]; then
  PROMPT_COMMAND+=('{ __lockstep_prompt; } 2>/dev/null')
else
  PROMPT_COMMAND=$\{PROMPT_COMMAND:+$PROMPT_COMMAND$'\n'}'{ __lockstep_prompt; } 2>/dev/null'
fi
`;

/**
 * Makes the rc file for one or more shells, with a fresh secret.
 * @param random source of the secret's bytes; for tests.
 */
export function shellIntegration(random: (size: number) => Buffer = randomBytes): ShellIntegration {
  const nonce = random(16).toString('hex');
  return { rcFile: RC_FILE.replaceAll('$\\{', '${').replaceAll('@KEY@', nonce), nonce };
}
