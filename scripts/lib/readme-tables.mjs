/**
 * The tables of README that are made from the code: the keys and the Debian packages. Pure: each stands between two
 * comments that name it and is replaced as a whole.
 */

/**
 * Puts a table in its place.
 * @param {string} text the document.
 * @param {string} name as in `<!-- name -->` … `<!-- /name -->`.
 * @param {string} table the new contents.
 * @returns {string}
 */
export function replaceTable(text, name, table) {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(open), text.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`there is no place for ${name}`);
  return `${text.slice(0, from + open.length)}\n${table}\n${text.slice(to)}`;
}

/**
 * The keys, grouped by where they are heard.
 * @param {readonly { readonly scope: string; readonly keys: readonly string[]; readonly does: string }[]} keyTable of src/tui/keys.ts.
 * @returns {string}
 */
export function keysTable(keyTable) {
  const places = {
    anywhere: 'anywhere',
    lesson: 'in the lesson',
    sections: 'in its list',
    'looking-back': 'looking back',
    question: 'when asked',
  };
  const rows = Object.entries(places).flatMap(([scope, place]) =>
    keyTable.filter((row) => row.scope === scope).map((row) => `| ${place} | ${shortKeys(row.keys)} | ${row.does} |`),
  );
  return ['', '| where | key | does |', '|---|---|---|', ...rows, ''].join('\n');
}

/**
 * What the mouse does.
 * @param {readonly { readonly what: string; readonly does: string }[]} mouseTable of src/tui/keys.ts.
 * @returns {string}
 */
export function mouseTableText(mouseTable) {
  return ['', '| mouse | does |', '|---|---|', ...mouseTable.map(({ what, does }) => `| ${what} | ${does} |`), ''].join('\n');
}

/**
 * The Debian packages and what each is for.
 * @param {readonly { readonly name: string; readonly why: string }[]} running
 * @param {readonly { readonly name: string; readonly why: string }[]} testing
 * @returns {string}
 */
export function packagesTable(running, testing) {
  const row = (when) => (entry) => `| ${entry.name} | ${when} | ${entry.why} |`;
  const rows = [...running.map(row('lessons')), ...testing.map(row('tests'))];
  const byHand = `sudo apt-get update && sudo apt-get install -y ${running.map(({ name }) => name).join(' ')}`;
  return [
    '',
    '| package | for | what for |',
    '|---|---|---|',
    ...rows,
    '',
    'The same by hand, for lessons:',
    '',
    '```console',
    byHand,
    '```',
    '',
  ].join('\n');
}

/** A run of digits as one range. */
function shortKeys(keys) {
  const shown = keys.length > 4 ? [`${keys[0]} … ${keys.at(-1)}`] : keys;
  return shown.map((key) => `\`${key}\``).join(' ');
}
