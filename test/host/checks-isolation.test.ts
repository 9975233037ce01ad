/** Facts asked side by side do not disturb each other, whatever they do, and nothing of them is left. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quote, quotePath } from '../../src/checks/batch/quote.ts';
import { runChecks } from '../../src/checks/checks.ts';
import type { Check, Question, Verdict } from '../../src/model/check.ts';
import { Bench, checkOf, commandLinesWith, expectGone, longTime } from '../support/check-host.ts';
import { type LocalExec, localExec } from '../support/local-exec.ts';
import { type Flavour, findProgram, flavours } from '../support/sh-flavours.ts';

const bench = new Bench();
afterAll(() => bench.close());

const systemPath = (process.env['PATH'] ?? '')
  .split(':')
  .filter((each) => !each.includes('shims'))
  .join(':');

const command = (run: string, rest: object = {}): Question => ({ kind: 'command', run, ...rest }) as Question;

/** A folder of a batch is there only while the batch runs. */
function leftFolders(): string[] {
  return readdirSync('/dev/shm').filter((name) => name.startsWith('lockstep-checks.') && !otherBatchRuns(name));
}

/** True while the script that made the folder runs: then it is another test's. */
function otherBatchRuns(name: string): boolean {
  return existsSync(`/proc/${name.split('.')[1]}`);
}

function codeOf(verdict: Verdict | undefined): string | undefined {
  return verdict && 'reason' in verdict ? verdict.reason : verdict?.status;
}

// Two shells, for the time it takes: dash with Perl beside it, which asks nearly all by itself, and BusyBox alone, where
// sh does. `checks.test.ts` asks every kind under bash, too.
describe.each(flavours.filter(({ name }) => name !== 'bash'))('under $name', (flavour: Flavour) => {
  const dir = bench.path(`flavour-${flavour.name}`);
  let host: LocalExec;
  beforeAll(() => {
    if (flavour.missing === null) flavour.prepare(dir);
    host = localExec({ env: { PATH: flavour.name === 'busybox' ? dir : `${dir}:${systemPath}` } });
  });
  const it = test.skipIf(flavour.missing !== null);

  /** Asks a troublemaker between ordinary neighbours; gives its reason, and the neighbours' in one word. */
  async function beside(question: Question, timeoutMs = 10_000): Promise<readonly [string | undefined, string]> {
    const before = checkOf(command('echo before', { stdout: [{ text: 'before' }] }));
    const after = checkOf({ kind: 'file', path: '/etc/passwd', type: 'file', contains: [{ text: 'root:' }] });
    const slow = checkOf(command('sleep 0.3; echo slow; exit 7', { exit: 7, stdout: [{ regex: '^slow\\n$', flags: '' }] }));
    const troublemaker = checkOf(question, { timeoutMs });
    const { verdicts } = await runChecks(host, [before, troublemaker, after, slow]);
    const neighbours = [before, after, slow].map(({ id }) => codeOf(verdicts[id]));
    return [codeOf(verdicts[troublemaker.id]), [...new Set(neighbours)].join(' ')];
  }

  it('a fact that hangs is late, its neighbours are not, and nothing of it is left', async () => {
    expect(await beside(command(`sleep ${longTime}.125 & sleep ${longTime}.125; wait`), 1000)).toEqual(['timed-out', 'pass']);
    await expectGone(`${longTime}.125`);
  });

  it('what a late fact has put into a session of its own is ended with it', async () => {
    expect(await beside(command(`setsid sleep ${longTime}.625 & wait`), 1000)).toEqual(['timed-out', 'pass']);
    await expectGone(`${longTime}.625`);
  });

  it('a fact that ignores signals is ended all the same', async () => {
    expect(await beside(command(`trap '' TERM INT HUP; while :; do sleep ${longTime}.25; done`), 1000)).toEqual([
      'timed-out',
      'pass',
    ]);
    await expectGone(`${longTime}.25`);
  });

  it('100 MB are read and dropped; the beginning and the exit code count', async () => {
    const flood = command("echo begin; head -c 104857600 /dev/zero | tr '\\0' x; exit 6", {
      exit: 6,
      stdout: [{ text: 'begin' }],
    });
    expect(await beside(flood, 60_000)).toEqual(['pass', 'pass']);
    expect(await beside(command('head -c 104857600 /dev/zero >&2; exit 5', { exit: 5 }), 60_000)).toEqual(['pass', 'pass']);
  });

  it('a flood without end is ended in time', async () => {
    expect(await beside(command(`yes ${longTime}.375`), 1500)).toEqual(['timed-out', 'pass']);
    await expectGone(`${longTime}.375`);
  });

  it('a fact that kills its process group kills only itself', async () => {
    expect(await beside(command('kill -9 0'))).toEqual(['wrong-exit', 'pass']);
    expect(await beside(command(`kill -TERM 0; sleep ${longTime}.01`))).toEqual(['wrong-exit', 'pass']);
  });

  it('a fact that kills the shell that started it loses only its own answer', async () => {
    const parent = command(`read -r _ _ _ parent _ </proc/$$/stat; kill -9 "$parent"; sleep ${longTime}.02`);
    const [reason, neighbours] = await beside(parent, 3000);
    expect(neighbours).toBe('pass');
    expect(['wrong-exit', 'answer-lost', 'timed-out']).toContain(reason);
    await expectGone(`${longTime}.02`);
  });

  it('when the asking script itself is killed all is an error and nothing passes', async () => {
    // The pid of the asking script is in the name of its folder.
    const kill = command(`kill -9 "$(dirname "$0" | sed "s/.*lockstep-checks.//; s/[.].*//")"; sleep ${longTime}.03`);
    expect(await beside(kill, 2000)).toEqual(['answer-lost', 'answer-lost']);
    await expectGone(`${longTime}.03`);
  });

  it('a fact that takes the answers away makes errors, never a verdict', async () => {
    expect(await beside(command(`rm -rf "$(dirname "$0")"; sleep ${longTime}.04 & :`))).toEqual(['answer-lost', 'answer-lost']);
  });

  it('a fact may close its streams', async () => {
    expect(await beside(command('exec <&- >&- 2>&-; sleep 0.1 & wait; exit 0'))).toEqual(['pass', 'pass']);
    expect(await beside(command('i=3; while [ $i -lt 10 ]; do eval "exec $i>&-"; i=$((i + 1)); done; exit 0'))).toEqual([
      'pass',
      'pass',
    ]);
  });

  it('what a fact leaves in the background is ended with it and does not keep the batch waiting', async () => {
    const began = performance.now();
    expect(await beside(command(`sleep ${longTime}.5 & echo ok`, { stdout: [{ text: 'ok' }] }), 60_000)).toEqual([
      'pass',
      'pass',
    ]);
    expect(performance.now() - began).toBeLessThan(30_000);
    await expectGone(`${longTime}.5`);
  });

  it('a fact reads no input', async () => {
    expect(await beside(command('cat; read -r line || exit 3', { exit: 3 }))).toEqual(['pass', 'pass']);
  });

  it('a file that imitates a batch’s answers is only text', async () => {
    const nonce = 'a'.repeat(24);
    const forged = `\n${nonce} end\n\n${nonce} begin 1\n0 0\n1 0\n2 0\n3 0\n${nonce} sizes\n 0 /x/0.o\n${nonce} data\n\n${nonce} end\n`;
    const path = bench.file(`forged-${flavour.name}`, forged);
    const holds = { kind: 'file', path, contains: [{ text: `${nonce} end` }], lacks: [{ text: 'zz' }] } as const;
    expect(await beside(holds)).toEqual(['pass', 'pass']);
    // The command gets hold of the real word and prints a batch of its own.
    const cheat = command(
      'n=$(cat "$(dirname "$0")/nonce"); printf "\\n%s end\\n\\n%s begin 1\\n0 0\\n%s sizes\\n%s data\\n\\n%s end\\n" $n $n $n $n $n; exit 1',
    );
    expect(await beside(cheat)).toEqual(['wrong-exit', 'pass']);
  });

  it('a list of processes that is too long to read is an error of its check only', async () => {
    const many = Array.from({ length: 19 }, () => 'y'.repeat(100_000));
    const giants = await Promise.all([1, 2, 3].map(() => bench.run(['sh', '-c', 'sleep 600; :', ...many])));
    expect(await beside({ kind: 'process', match: { text: 'no-such-program-xyzzy' }, absent: true })).toEqual([
      'too-much',
      'pass',
    ]);
    for (const giant of giants) process.kill(-(giant.pid ?? 0), 'SIGKILL');
  });

  it('slow facts are asked side by side', async () => {
    const checks = Array.from({ length: 10 }, () => checkOf(command('sleep 1')));
    const began = performance.now();
    const { verdicts } = await runChecks(host, checks);
    expect(Object.values(verdicts).map(({ status }) => status)).toEqual(Array(10).fill('pass'));
    // One after another they would take ten seconds; equal facts are asked once, so these differ by nothing but asking.
    expect(performance.now() - began).toBeLessThan(8_000);
  });

  it('many light questions are one round trip; one that hangs is late alone', async () => {
    const files = ['/etc/passwd', '/etc/group', '/etc', '/etc/hosts'].map((path) =>
      checkOf({ kind: 'file', path, owner: 'root' }),
    );
    const text = checkOf({ kind: 'file', path: '/etc/passwd', contains: [{ text: 'root:' }] });
    const port = checkOf({ kind: 'port', port: 1, absent: true });
    const before = host.asked.count;
    const { verdicts } = await runChecks(host, [...files, text, port]);
    expect(Object.values(verdicts).map(codeOf)).toEqual(Array(6).fill('pass'));
    expect(host.asked.count - before).toBe(1);
    // A busybox does not look for another `stat` than its own.
    if (flavour.name === 'busybox') return;
    const tools = bench.folder(`tools-${flavour.name}`);
    const stat = `#!/bin/sh\ncase "$*" in *hangs*) sleep ${longTime}.875 ;; esac\nexec ${findProgram('stat')} "$@"\n`;
    writeFileSync(`${tools}/stat`, stat, { mode: 0o755 });
    // Perl is given the script's name; here it comes to no end with that path, as with one on a dead file system.
    const perl = `#!/bin/sh\ngrep -q /etc/hangs "$2" && exec sleep ${longTime}.875\nexec ${findProgram('perl')} "$@"\n`;
    writeFileSync(`${tools}/perl`, perl, { mode: 0o755 });
    const slow = localExec({ env: { PATH: `${tools}:${dir}:${systemPath}` } });
    const hangs = checkOf({ kind: 'file', path: '/etc/hangs' }, { timeoutMs: 1000 });
    const round = await runChecks(slow, [...files, hangs, text, port]);
    expect(codeOf(round.verdicts[hangs.id])).toBe('timed-out');
    expect([...files, text, port].map(({ id }) => codeOf(round.verdicts[id]))).toEqual(Array(6).fill('pass'));
    await expectGone(`${longTime}.875`);
  });

  it('files that are too much together are read one by one', async () => {
    const big = [1, 2, 3, 4, 5, 6].map((n) => bench.file(`big-${flavour.name}-${n}`, `${n}${'x'.repeat(200_000)}end ${n}`));
    const checks = big.map((path, at) => checkOf({ kind: 'file', path, contains: [{ text: `end ${at + 1}` }] }));
    const endless = checkOf({ kind: 'file', path: '/proc/self/mem', contains: [{ text: 'x' }] });
    const { verdicts } = await runChecks(host, [...checks, endless]);
    expect(checks.map(({ id }) => codeOf(verdicts[id]))).toEqual(Array(6).fill('pass'));
    expect(verdicts[endless.id]?.status).toBe('error');
  });

  it('equal facts are asked once', async () => {
    const count = bench.path(`count-${flavour.name}`);
    const same = command(`echo asked >>'${count}'; cat '${count}'`, { stdout: [{ regex: '^asked\\n$', flags: '' }] });
    const checks: Check[] = [
      checkOf(same),
      checkOf({ kind: 'all', of: [same, { kind: 'any', of: [same] }] }),
      checkOf(same, { timeoutMs: 5000 }),
    ];
    const { verdicts } = await runChecks(host, checks);
    expect(Object.values(verdicts).map(codeOf)).toEqual(['pass', 'pass', 'pass']);
  });

  it('an aborted round leaves no process for longer than its deadline and no folder for longer than until the next round', async () => {
    const controller = new AbortController();
    const check = checkOf(command(`sleep ${longTime}.75`), { timeoutMs: 2000 });
    const round = runChecks(host, [check], { signal: controller.signal });
    await expect.poll(() => commandLinesWith(`${longTime}.75`).length, { timeout: 10_000 }).toBeGreaterThan(0);
    controller.abort(new Error('enough'));
    await expect(round).rejects.toThrow('enough');
    await expectGone(`${longTime}.75`);
    await runChecks(host, [checkOf({ kind: 'port', port: 1 })]);
    expect(leftFolders()).toEqual([]);
  });

  it('no watchdog outlives its batch', async () => {
    const timeoutMs = 100_000 + 10 * process.pid;
    const check = checkOf({ kind: 'file', path: '/' }, { timeoutMs });
    await Promise.all(
      [1, 2].map(async () => {
        for (let round = 0; round < 30; round += 1) await runChecks(host, [check]);
      }),
    );
    await expectGone(`sleep ${(timeoutMs / 1000).toFixed(2)}`);
    expect(leftFolders()).toEqual([]);
  });

  it('any text survives being quoted', async () => {
    const texts = nastyTexts();
    const script = texts.map((text) => `printf '%s\\0' ${quote(text)}`).join('\n');
    const { stdout } = await host.exec({ script });
    expect(stdout.toString('utf8').split('\0').slice(0, -1)).toEqual(texts);
  });

  it('a path may be called anything, and nothing in it runs', async () => {
    const folder = bench.folder(`names-${flavour.name}`);
    const proof = bench.path('proof');
    const names = [...nastyTexts(), `$(touch ${'proof'})`, `\`touch proof\``, `';touch ${'proof'};'`, '-e', '--', '*', '%s%n']
      .map((text) => text.replaceAll('/', '∕'))
      .filter((name) => name !== '' && name !== '.' && name !== '..' && Buffer.byteLength(name) < 200);
    for (const name of names) writeFileSync(`${folder}/${name}`, name);
    const checks = names.flatMap((name) => [
      checkOf({ kind: 'file', path: `${folder}/${name}`, type: 'file', contains: [{ text: name }] }),
      checkOf({ kind: 'file', path: `${folder}/${name}x`, absent: true }),
    ]);
    const { verdicts } = await runChecks(host, checks);
    expect(
      checks.filter(({ id }) => verdicts[id]?.status !== 'pass').map(({ id, question }) => [question, verdicts[id]]),
    ).toEqual([]);
    const gone = checkOf({ kind: 'file', path: proof, absent: true });
    expect((await runChecks(host, [gone])).verdicts[gone.id]?.status).toBe('pass');
  });

  it('no value of a check but a command’s runs as shell', async () => {
    const proof = bench.path(`proof-${flavour.name}`);
    const evil = [
      `'; touch ${proof}; '`,
      `$(touch ${proof})`,
      `\`touch ${proof}\``,
      `\n touch ${proof} \n`,
      `"; touch ${proof}; "`,
    ];
    const questions = evil.flatMap((text): Question[] => [
      { kind: 'file', path: text, owner: text, contains: [{ text }] },
      { kind: 'ini', path: text },
      { kind: 'process', match: { text }, user: text },
      { kind: 'port', port: 1, address: text },
      { kind: 'socket', path: text },
      { kind: 'http', url: `http://127.0.0.1:1/${text}` },
      { kind: 'supervisor', program: text, state: [text] },
      { kind: 'uwsgi', stats: text },
      { kind: 'uwsgi', stats: `/${text}` },
      { kind: 'uwsgi', stats: `[${text}]:${text}` },
    ]);
    await runChecks(
      host,
      questions.map((question) => checkOf(question)),
    );
    const gone = checkOf({ kind: 'file', path: proof, absent: true });
    expect((await runChecks(host, [gone])).verdicts[gone.id]).toEqual({ status: 'pass' });
  });
});

test('a relative path is never an option', () => {
  expect(quotePath('-rf')).toBe("'./-rf'");
  expect(quotePath('/a b')).toBe("'/a b'");
});

/** Texts of nasty pieces in all orders, the same in every run. */
function nastyTexts(): string[] {
  const pieces = [
    "'",
    '"',
    '$',
    '`',
    '\\',
    '\n',
    ' ',
    '-',
    '!',
    '*',
    '?',
    '[a]',
    '~',
    '#',
    ';',
    '&',
    '|',
    '<',
    '>',
    '(',
    ')',
    '{}',
    '\t',
    '\r',
    'é',
    '日本',
    '\u0081\u0088',
    '😀',
    '$HOME',
    '$(id)',
    '%d',
    'a',
  ];
  let state = 20_260_101;
  const next = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state >>> 8;
  };
  const texts = Array.from({ length: 200 }, () =>
    Array.from({ length: next() % 8 }, () => pieces[next() % pieces.length]).join(''),
  );
  return [...new Set([...pieces, ...texts, "'".repeat(50), '\n\n\n', '-n', '-e \\c'])];
}
