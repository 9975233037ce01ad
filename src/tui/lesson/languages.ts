/** The languages that `highlight.ts` knows: for each an ordered list of patterns and what they are. */

/** What text that a pattern matches is. Patterns are sticky: they match at one place or not at all. */
export interface Rule {
  readonly pattern: RegExp;
  readonly is:
    | 'key'
    | 'comment'
    | 'string'
    | 'keyword'
    | 'name'
    | 'heading'
    | 'variable'
    | 'faint'
    | 'added'
    | 'removed'
    | 'plain';
}

/** Rules in the order they are tried. */
export type Language = readonly Rule[];

const doubleQuoted = /"(?:[^"\\\n]|\\.)*"/y;
const singleQuoted = /'(?:[^'\\\n]|\\.)*'/y;
const word = /[A-Za-z_][\w-]*/y;

function rule(is: Rule['is'], pattern: RegExp): Rule {
  return { is, pattern };
}

const ini: Language = [
  rule('comment', /(?<=^[ \t]*)[;#].*/my),
  rule('comment', /(?<=[ \t])[;#] .*/my),
  rule('heading', /(?<=^[ \t]*)\[[^\]\n]*\]/my),
  rule('key', /(?<=^[ \t]*)[\w.:-]+(?=[ \t]*[=:](?:[ \t]|$|[^:]))/my),
  rule('faint', /(?<=^[ \t]*[\w.:-]+[ \t]*)[=:]/my),
  rule('variable', /%\([\w]+\)[sd]|%%|\$\{?\w+\}?/y),
  rule('plain', /[\w./-]+/y),
];

/** A script: `# ` begins a comment there. */
const sh: Language = [
  rule('faint', /(?<=^)[$>] (?=\S)/my),
  rule('comment', /(?<=^|\s)#.*/my),
  rule('string', /"(?:[^"\\]|\\[\s\S])*"/y),
  rule('string', /'[^']*'/y),
  rule('variable', /\$\{[^}\n]*\}|\$[A-Za-z_]\w*|\$[?$!#@*0-9]/y),
  rule('keyword', /(?<![\w/.-])(?:if|then|else|elif|fi|for|in|while|until|do|done|case|esac|function)(?![\w/.=-])/y),
  rule(
    'name',
    /(?<=(?:^|[;|&(]|\b(?:do|then|else))[ \t]*(?:[$#] )?(?:sudo(?: -[A-Za-z]*[ugU] [\w-]+| --[\w=-]+| -[A-Za-z]*[A-TV-Za-fh-tv-z])* )?)[\w./][\w./+-]*(?=\s|$|[;|&)])/my,
  ),
  rule('plain', /[\w./+-]+/y),
];

/** What somebody typed, with prompts: `# ` is root's. */
const session: Language = [rule('faint', /(?<=^)# (?=\S)/my), ...sh];

const python: Language = [
  rule('comment', /#.*/y),
  rule('string', /[rbfRBF]{0,2}(?:"""[\s\S]*?(?:"""|$(?![\s\S]))|'''[\s\S]*?(?:'''|$(?![\s\S])))/y),
  rule('string', /[rbfRBF]{0,2}(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')/y),
  rule('variable', /(?<=^[ \t]*)@[\w.]+/my),
  rule('name', /(?<=\b(?:def|class)\s+)\w+/y),
  rule(
    'keyword',
    /\b(?:and|as|assert|async|await|break|class|continue|def|del|elif|else|except|finally|for|from|global|if|import|in|is|lambda|nonlocal|not|or|pass|raise|return|try|while|with|yield|None|True|False)\b/y,
  ),
  rule('plain', word),
];

const c: Language = [
  rule('comment', /\/\*[\s\S]*?(?:\*\/|$(?![\s\S]))|\/\/.*/y),
  rule('variable', /(?<=^[ \t]*)#[ \t]*\w+/my),
  rule('string', /(?<=#[ \t]*include[ \t]+)<[^>\n]*>/y),
  rule('string', doubleQuoted),
  rule('string', singleQuoted),
  rule(
    'keyword',
    /\b(?:auto|break|case|char|const|continue|default|do|double|else|enum|extern|float|for|goto|if|inline|int|long|register|return|short|signed|sizeof|static|struct|switch|typedef|union|unsigned|void|volatile|while|bool|size_t|ssize_t|u?int(?:8|16|32|64)_t|NULL)\b/y,
  ),
  rule('name', /[A-Za-z_]\w*(?=\()/y),
  rule('plain', word),
];

const yaml: Language = [
  rule('comment', /(?<=^|\s)#.*/my),
  rule('heading', /^(?:---|\.\.\.)$/my),
  rule('string', doubleQuoted),
  rule('string', /'(?:[^'\n]|'')*'/y),
  rule('key', /(?<=^[ \t]*(?:- +)*|[{,] *)[\w./$][\w ./$-]*(?=:(?:\s|$))/my),
  rule('faint', /(?<=^[ \t]*(?:- +)*)-(?= )/my),
  rule('variable', /(?<=[ [,])[&*!][\w!/-]+/y),
  rule('keyword', /(?<=: +|- +|[[,] *)(?:true|false|null|yes|no|~)(?=\s*(?:[,\]}#]|$))/my),
  rule('plain', word),
];

const json: Language = [
  rule('key', /"(?:[^"\\\n]|\\.)*"(?=\s*:)/y),
  rule('string', doubleQuoted),
  rule('keyword', /\b(?:true|false|null)\b/y),
  rule('comment', /\/\/.*/y),
];

const diff: Language = [
  rule('heading', /^(?:diff|index|---|\+\+\+) .*/my),
  rule('faint', /^@@.*/my),
  rule('added', /^\+.*/my),
  rule('removed', /^-.*/my),
  rule('plain', /^.+/my),
];

const known: ReadonlyMap<string, Language> = new Map<string, Language>([
  ...['ini', 'conf', 'cfg', 'toml', 'properties', 'systemd', 'dosini'].map((name) => [name, ini] as const),
  ...['sh', 'bash', 'shell', 'zsh'].map((name) => [name, sh] as const),
  ...['console', 'shell-session', 'shellsession'].map((name) => [name, session] as const),
  ...['python', 'py', 'python3'].map((name) => [name, python] as const),
  ...['c', 'h', 'cpp', 'c++', 'cc'].map((name) => [name, c] as const),
  ...['yaml', 'yml'].map((name) => [name, yaml] as const),
  ...['json', 'jsonc', 'json5'].map((name) => [name, json] as const),
  ...['diff', 'patch'].map((name) => [name, diff] as const),
]);

/**
 * The language of a fence.
 * @param lang the first word of its info string, in any case.
 */
export function languageOf(lang: string): Language | undefined {
  return known.get(lang.trim().split(/\s+/)[0]?.toLowerCase() ?? '');
}
