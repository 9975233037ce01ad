/** How every script of a batch begins. */

/** Folders for the answers, the first that can be written to; memory before disk. */
const folders = ['/dev/shm', '/tmp', '/var/tmp', '/run'];

/** How a shell begins what it says of a script of ours, with the number of the line or without. */
const scriptName = /^\S*\/lockstep-checks\.\d+\.\w+\/\d+\.sh: (?:(?:line )?\d+: )?/gm;

/**
 * What a shell said of a script of a batch, without that script's name, which tells nobody anything.
 * @param text what it said.
 */
export function withoutScriptName(text: string): string {
  return text.replace(scriptName, '');
}

/**
 * Makes a folder `$d`, with the batch's word in its file `nonce` and in `$nonce`.
 * Folders left by a batch that was killed are removed.
 * @param nonce the word.
 * @param folder a word for the folder's name; null: none is needed.
 */
export function opening(nonce: string, folder: string | null): string {
  return `umask 077
PATH="\${PATH:-/usr/local/bin:/usr/bin:/bin}:/usr/local/sbin:/usr/sbin:/sbin"
export PATH
nonce=${nonce}
d=
for b in ${folders.join(' ')}; do
  for old in "$b"/lockstep-checks.*; do
    owner=\${old##*/lockstep-checks.}
    [ -O "$old" ] 2>/dev/null && [ ! -d "/proc/\${owner%%.*}" ] && rm -rf "$old"
  done
${folder === null ? 'done' : making(folder)}`;
}

function making(folder: string): string {
  return `  mkdir "$b/lockstep-checks.$$.${folder}" 2>/dev/null && d="$b/lockstep-checks.$$.${folder}" && break
done
if [ -z "$d" ]; then
  printf '\\n%s no-room\\n' "$nonce"
  exit 0
fi
printf '%s' "$nonce" >"$d/nonce"`;
}
