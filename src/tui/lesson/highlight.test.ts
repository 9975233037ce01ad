import { describe, expect, test } from 'vitest';
import { lineText } from '../text/line.ts';
import { highlight } from './highlight.ts';

/** What is set apart in code, as `text:mark` for each coloured, bold or dim piece. */
function marks(lang: string, text: string): readonly string[] {
  return highlight(lang, text)
    .flat()
    .filter((part) => Object.keys(part.style).length > 0)
    .map(
      (part) => `${part.text}:${[part.style.tone, part.style.bold && 'bold', part.style.dim && 'dim'].filter(Boolean).join(' ')}`,
    );
}

describe('highlighting', () => {
  test.each([
    ['ini', '[uwsgi]\n; zerg\nplugin = x ; why', ['[uwsgi]:accent bold', '; zerg:dim', 'plugin:accent', '=:dim', '; why:dim']],
    ['ini', 'env = PATH="%(ENV_PATH)s"', ['env:accent', '=:dim', '%(ENV_PATH)s:accent']],
    ['ini', 'url = http://a/b#c', ['url:accent', '=:dim']],
    ['console', '$ sudo -Hu galaxy mkdir "$HOME/a" # why', ['$ :dim', 'sudo:bold', 'mkdir:bold', '"$HOME/a":good', '# why:dim']],
    ['sh', 'for f in *; do rm $f; done', ['for:accent', 'in:accent', 'do:accent', 'rm:bold', '$f:accent', 'done:accent']],
    ['sh', 'ls --color=auto a#b', ['ls:bold']],
    ['sh', '# Says why', ['# Says why:dim']],
    ['console', '# mkdir x', ['# :dim', 'mkdir:bold']],
    ['python', 'def f(x):\n  return "a" # b', ['def:accent', 'f:bold', 'return:accent', '"a":good', '# b:dim']],
    ['python', '"""a\nb"""\nx = 1', ['"""a:good', 'b""":good']],
    ['c', '#include <a.h>\nint main() { /* b */ }', ['#include:accent', '<a.h>:good', 'int:accent', 'main:bold', '/* b */:dim']],
    ['yaml', 'a: true # b\n- c: "d"', ['a:accent', 'true:accent', '# b:dim', '-:dim', 'c:accent', '"d":good']],
    ['json', '{"a": "b", "c": null}', ['"a":accent', '"b":good', '"c":accent', 'null:accent']],
    ['diff', '@@ 1 @@\n-a\n+b\n c', ['@@ 1 @@:dim', '-a:dim', '+b:good']],
    ['brainfuck', '++ ; "x"', []],
  ])('reads %s: %j', (lang, text, expected) => {
    expect(marks(lang, text)).toEqual(expected);
  });

  test.each(['ini', 'sh', 'python', 'c', 'yaml', 'json', 'diff', ''])('never changes the text (%s)', (lang) => {
    const text = 'a = "b\n# c \' $d { [e]\n\n  - f: /* g\n"""h\n<<EOF\n日本 🎉\n';
    expect(highlight(lang, text).map(lineText).join('\n')).toBe(text);
  });

  test('leaves code plain that nobody would read here', () => {
    expect(marks('ini', `${'a = b\n'.repeat(20_000)}`)).toEqual([]);
  });
});
