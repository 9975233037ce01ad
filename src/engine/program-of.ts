/** Names a terminal tab for what runs in it. */

const keywords = new Set([
  'while',
  'until',
  'for',
  'if',
  'then',
  'do',
  '[',
  ']',
  '1',
  'true',
  ':',
  '!',
  '(',
  '{',
  'env',
  'exec',
  'nohup',
  'time',
]);

/**
 * The program a command line is about: `tail` for `sudo -u galaxy tail -f x.log`; `shell` where there is none.
 * @param text one command, possibly of several lines.
 */
export function programOf(text: string): string {
  const words = text.split(/[\s;]+/).filter((word) => word !== '');
  let index = 0;
  while (index < words.length) {
    const word = words[index] ?? '';
    if (word === 'sudo') index = afterOptions(words, index + 1);
    else if (keywords.has(word) || /^[A-Za-z_]\w*=/.test(word)) index += 1;
    else return cleaned(word);
  }
  return 'shell';
}

/** Past sudo's options and the users and groups that some of them take. */
function afterOptions(words: readonly string[], from: number): number {
  let index = from;
  while (words[index]?.startsWith('-')) index += /^-\w*[ugh]$/.test(words[index] ?? '') ? 2 : 1;
  return index;
}

function cleaned(word: string): string {
  const name = word.split('/').at(-1) ?? '';
  return name.replace(/[^\w.-]/g, '').slice(0, 16) || 'shell';
}
