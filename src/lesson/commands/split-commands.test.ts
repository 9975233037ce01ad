import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { looksLikeCommands, splitCommands } from './split-commands.ts';

function texts(block: string, lang = 'bash'): readonly string[] {
  const { commands, unfinished } = splitCommands(block, lang);
  expect(unfinished).toBeUndefined();
  return commands.map((command) => command.text);
}

/** Commands that are whole, each as one text. */
const WHOLE = {
  'a simple command': 'ls -l /tmp',
  'a trailing comment': 'make  # it takes a while',
  'an apostrophe in a comment': "make # don't wait",
  'a hash within a word': `echo a#b \${#x} $# c`,
  'a trailing backslash': 'apt install -y \\\n  a \\\n  b',
  'an even number of backslashes': 'echo a\\\\',
  'a quote over two lines': 'echo "a\nb" \'c\nd\'',
  'an escaped quote': 'echo \\" "\\"" $\'it\\\'s\'',
  'a here-document': "cat <<EOF >/tmp/x\nit's $HOME\nEOF",
  'a here-document with a quoted delimiter': "cat <<'END OF IT'\n`\nEND OF IT",
  'a here-document with tabs': 'cat <<-EOF\n\ta\n\tEOF',
  'two here-documents': 'diff /dev/fd/3 3<<A - <<"B"\none\nA\ntwo\nB',
  'a here-document whose delimiter is joined to a line': 'cat <<EOF\na \\\nEOF\nEOF',
  'a here-document in a substitution': 'x=$(cat <<EOF\na)\nEOF\n)',
  'a here-string': 'cat <<<"a"',
  'a shift that is no here-document': 'echo $((1<<2)); (( x = 1 << 2 ))',
  'a for loop': 'for i in 1 2; do\n  echo $i\ndone',
  'a for loop in the way of C': 'for ((i = 0; i < 3; i++)); do\n  echo $i\ndone',
  'a loop on one line': 'while [ 1 ]; do uwsgitop localhost:9190; sleep 1; done  # in a second terminal',
  'an if with else': 'if a\nthen b\nelif c; then d\nelse\n  e\nfi',
  'compound commands that end together': 'if a; then if b; then c; fi fi',
  'a case': 'case "$x" in\n  a|b) c ;;\n  (if) d;;\n  *) if e; then f; fi ;;\nesac',
  'a function': 'greet() {\n  echo "hello"\n}',
  'a function whose body starts below': 'function greet\n{\n  :\n}',
  'a subshell': '(\n  cd /tmp && ls\n)',
  braces: '{ a; { b\n}; }',
  'braces that are arguments': 'cp a.{txt,md} {} }',
  'words that are arguments': 'echo if then done case { esac for',
  'an array': "list=(a\n  b # it's the second\n)",
  'a test': '[[ -f a && ( -f b\n  || 1 < 2 ) ]]',
  'a parameter with a quote': `echo \${x#'}'} "\${x:-it's}"`,
  'a substitution in backticks': 'x=`if a; then b; fi`',
  'an arithmetic expansion': 'echo $(( (1 + 2) * 3 ))',
  'a process substitution': 'diff <(sort a) <(sort b\n)',
  'operators at the end of a line': 'a &&\n\n  # first\n  b |\nc ||\nd',
  'a background command': 'sleep 100 &',
  redirections: 'a >&2 2>/dev/null &>/tmp/log <>/tmp/fifo',
} as const;

describe('what belongs to one command', () => {
  test.each(Object.entries(WHOLE))('%s', (_, command) => {
    expect(texts(`first\n${command}\nlast`)).toEqual(['first', command, 'last']);
  });
});

describe('what is no command', () => {
  test('empty lines and comments on lines of their own are left out', () => {
    expect(texts('\n# first\nls\n\n  # then\npwd\n')).toEqual(['ls', 'pwd']);
  });

  test('white space before a command is not typed', () => {
    expect(texts('   ls -l')).toEqual(['ls -l']);
  });

  test('each command knows its line', () => {
    expect(splitCommands('# a\nls\n\ncat <<E\nE\npwd', 'sh').commands.map(({ line }) => line)).toEqual([1, 3, 5]);
  });
});

describe('a command that never ends', () => {
  test.each([
    ["echo don't", "a closing '"],
    ['echo "', 'a closing "'],
    ['echo `a', 'a closing `'],
    ['echo $(a', 'a closing )'],
    ['echo ${a', 'a closing }'],
    ['{ a', 'a closing }'],
    ['[[ a', 'a closing ]]'],
    ['if a; then', 'fi'],
    ['for a in b', 'done'],
    ['case a in', 'esac'],
    ['cat <<EOF\na', 'the end of the here-document, EOF'],
    ['a \\', 'the line after the backslash'],
    ['a |', 'a command after the last | or && or ||'],
    ['a()', "the function's body"],
  ])('%j waits for %s, and is not among the commands', (block, waiting) => {
    const split = splitCommands(`ls\n${block}`, 'bash');
    expect(split.commands.map(({ text }) => text)).toEqual(['ls']);
    expect(split.unfinished).toEqual({ line: 1, waiting });
  });
});

describe('prompts', () => {
  test('a dollar is stripped, and lines without one are sample output', () => {
    expect(texts('$ ls\na  b\n$ cat a\nit\'s "output"\n$', 'console')).toEqual(['ls', 'cat a']);
  });

  test('a session in a language of scripts has prompts as well', () => {
    expect(texts('$ ls\nout', 'bash')).toEqual(['ls']);
  });

  test('a command goes on without a prompt, or behind the second one', () => {
    expect(texts('$ a \\\n  b\nout\n$ cat <<E\n> one\n>\n> E\nout', 'console')).toEqual(['a \\\n  b', 'cat <<E\none\n\nE']);
  });

  test.each(['ubuntu@host:~$ ls', '[ubuntu@host ~]$ ls', '(venv) $ ls', '[root@host /]# ls', 'root@host:/srv# ls'])(
    '%s',
    (line) => {
      expect(texts(`${line}\nout`, 'console')).toEqual(['ls']);
    },
  );

  test("a hash is root's prompt where all such lines are commands and no other line is", () => {
    expect(texts('# systemctl restart nginx\n# systemctl status nginx\nactive (running)', 'console')).toEqual([
      'systemctl restart nginx',
      'systemctl status nginx',
    ]);
  });

  test('a hash is a comment before a command without a prompt', () => {
    expect(texts('# find the file\nls', 'console')).toEqual(['ls']);
  });

  test('a hash is a comment in a script', () => {
    expect(texts('# systemctl restart nginx', 'sh')).toEqual([]);
  });

  test("a hash is root's prompt after a command that opened root's shell", () => {
    expect(texts('$ # ls\n$ sudo -i\n# ls\n# exit', 'console')).toEqual(['sudo -i', 'ls', 'exit']);
  });

  test('a next prompt shows that a command never ended, even where a later quote would close it', () => {
    expect(splitCommands("$ echo don't\n$ echo isn't", 'console').unfinished).toEqual({ line: 0, waiting: "a closing '" });
  });
});

describe('a block without a language', () => {
  test.each(['ls -l', 'FOO=1 make', 'cd /etc\n./configure --prefix=/usr', '/usr/bin/id', '$ anything at all', 'sudo nothing'])(
    '%j is commands',
    (block) => expect(looksLikeCommands(block)).toBe(true),
  );

  test.each([
    'Hello there',
    'ls -l\nHello',
    '',
    '# only a comment',
    'key = value',
    '{"a": 1}',
    "cat don't",
    'total 12\n-rw-r--r-- 1 a',
  ])('%j is not', (block) => expect(looksLikeCommands(block)).toBe(false));
});

/** Whole commands, simple and compound, nested a few times. */
const wholeCommand = fc.letrec<{ readonly command: string; readonly word: string; readonly simple: string }>((tie) => ({
  word: fc.oneof(
    fc.constantFrom(
      'a',
      '-x',
      '/tmp/b',
      'x=1',
      '$HOME',
      '$#',
      'a\\ b',
      '{}',
      '"it\'s"',
      "'\"'",
      '"a\n$(b)"',
      `\${a:-"}"}`,
      '$((1<<2))',
      'done',
      '#x'.slice(1),
    ),
    fc.stringMatching(/^[a-z0-9_.,:=/-]{1,8}$/),
  ),
  simple: fc
    .tuple(
      fc.constantFrom('ls', 'echo', 'sudo'),
      fc.array(tie('word'), { maxLength: 4 }),
      fc.constantFrom('', ' # note', ' \\\n  -v', ' &&\n b'),
    )
    .map(([name, words, tail]) => [name, ...words].join(' ') + tail),
  command: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('simple'),
    tie('command').map((inner) => `if true\nthen\n${inner}\nfi`),
    tie('command').map((inner) => `while a; do\n${inner}\ndone`),
    tie('command').map((inner) => `(\n${inner}\n)`),
    tie('command').map((inner) => `{\n${inner}\n}`),
    tie('command').map((inner) => `f() {\n${inner}\n}`),
    tie('command').map((inner) => `case x in\n a) ${inner}\n;;\nesac`),
    tie('command').map((inner) => `x=$(\n${inner}\n)`),
    fc.stringMatching(/^[a-z'"`$( ]{0,20}$/).map((text) => `cat <<'END'\n${text}\nEND`),
  ),
})).command;

describe('for all commands', () => {
  test('the commands of a block, joined, give back its text', () => {
    fc.assert(
      fc.property(fc.array(wholeCommand, { minLength: 1, maxLength: 5 }), (commands) => {
        expect(texts(commands.join('\n'))).toEqual(commands);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  test('comments and empty lines between commands change nothing', () => {
    fc.assert(
      fc.property(fc.array(wholeCommand, { minLength: 1, maxLength: 5 }), (commands) => {
        expect(texts(commands.join("\n\n# that's all\n"))).toEqual(commands);
      }),
      { seed: 8, numRuns: 200 },
    );
  });

  test('a session gives the same commands as a script, whatever the output', () => {
    const output = fc.stringMatching(/^[a-z'"`(){}|&;<]{1,20}$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(wholeCommand, output), { minLength: 1, maxLength: 5 }), (pairs) => {
        const session = pairs.map(([command, out]) => `$ ${command}\n${out}`).join('\n');
        expect(texts(session, 'console')).toEqual(pairs.map(([command]) => command));
      }),
      { seed: 9, numRuns: 200 },
    );
  });

  test('any text at all is split, and what is split stands in it', () => {
    const shellish = fc.array(fc.constantFrom(...'ab \t\n\\\'"`$(){}[];&|<>#=-!', '<<E', 'if', 'fi', 'case', 'esac', '$ '), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(shellish, (parts) => {
        const text = parts.join('');
        const { commands, prompts } = splitCommands(text, 'bash');
        if (!prompts) for (const command of commands) expect(text).toContain(command.text);
      }),
      { seed: 10, numRuns: 2000 },
    );
  });
});

describe('a megabyte', () => {
  const size = 1_000_000;
  test.each([
    ['of short commands', 'ls -l\n'.repeat(size / 6), 166_666],
    ['on one line', `echo ${'a '.repeat(size / 2)}`, 1],
    ['of open parentheses', '('.repeat(size), 0],
    ['of open quotes', '"$('.repeat(size / 3), 0],
    ['of backslashes', '\\'.repeat(size), 1],
    ['of here-documents on one line', `cat ${'<<A '.repeat(size / 4)}`, 0],
    ['of one here-document', `cat <<A\n${'x\n'.repeat(size / 2)}A`, 1],
    ['of hashes', '#'.repeat(size), 0],
    ['of prompts', '$ ls\n'.repeat(size / 5), 200_000],
    ['of blanks and parentheses', '( '.repeat(size / 2), 0],
  ])('%s is split in time', (_, text, count) => {
    expect(splitCommands(text, 'bash').commands).toHaveLength(count);
  });
});
