import { describe, expect, test } from 'vitest';
import type { Fact } from '../kind.ts';
import { quote, quotePath } from './quote.ts';
import { type Asked, batchScript } from './script.ts';

const fact = (script: string, weight: Fact['weight'] = 'light'): Fact => ({ script, weight, maxBytes: 100 });
const asked = (...facts: readonly Fact[]): Asked[] => facts.map((each) => ({ fact: each, timeoutMs: 1500 }));

describe('the script of a batch', () => {
  // What is forked but not yet a program of its own still has the script's traps. bash ran the EXIT trap in a watchdog
  // that was ended that early, and the answers were gone before they had been printed.
  test('has no trap that what it starts could run in its place', () => {
    const script = batchScript(asked(fact('a'), fact('b', 'heavy')), 'nonce', 'folder');
    expect(script).not.toMatch(/trap .*\bEXIT\b/);
    const trap = script.indexOf("trap 'rm -rf");
    expect(trap).toBeGreaterThan(script.lastIndexOf('&\n'));
  });

  test('does not name the word that frames the answers where a command line would show it', () => {
    const script = batchScript(asked(fact('a', 'heavy')), 'SECRET', 'folder');
    expect(script).toContain('lockstep-checks.$$.folder');
    expect(script).not.toMatch(/lockstep-checks\S*SECRET/);
    // A variable that is not exported; only `printf`, which is built in, gets it.
    expect(script.split('\n').filter((each) => each.includes('SECRET') && !each.trim().startsWith('printf '))).toEqual([
      'nonce=SECRET',
    ]);
    for (const line of script.split('\n').filter((each) => each.includes('"$nonce"'))) expect(line.trim()).toMatch(/^printf /);
  });

  test('holds a heavy fact only as quoted text', () => {
    const evil = "x'; touch /tmp/proof; '";
    expect(batchScript(asked(fact(evil, 'heavy')), 'n', 'f')).toContain(`printf '%s\\n' ${quote(evil)} >`);
  });

  test('has one watchdog a deadline', () => {
    const facts: Asked[] = [1000, 2500, 1000].map((timeoutMs, index) => ({ fact: fact(`${index}`), timeoutMs }));
    const script = batchScript(facts, 'n', 'f');
    expect(script.match(/sh "\$d\/watchdog"/g)).toHaveLength(2);
    expect(script).toContain('1.00 1 0 "$p0" 2 "$p2"');
    expect(script).toContain('2.50 3 1 "$p1"');
  });
});

describe('quoting', () => {
  test.each([
    ['', "''"],
    ['a b', "'a b'"],
    ["it's", `'it'\\''s'`],
    ['$(x) `y` "z" \\', `'$(x) \`y\` "z" \\'`],
  ])('%j becomes one word', (text, word) => {
    expect(quote(text)).toBe(word);
  });

  test('a text with a NUL is refused: no argument can carry it', () => {
    expect(() => quote('a\0b')).toThrow(RangeError);
  });

  test('a path is never an option', () => {
    expect(quotePath('-rf')).toBe("'./-rf'");
    expect(quotePath('/-rf')).toBe("'/-rf'");
  });
});
