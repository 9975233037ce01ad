/** The request loop of a monitor, on this machine, with each tool it can use. */
import { execFileSync } from 'node:child_process';
import type { RequestListener, ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runChecks } from '../../src/checks/checks.ts';
import type { Slice } from '../../src/checks/monitor/tally.ts';
import { startMonitor } from '../../src/checks/monitor.ts';
import { Bench, checkOf, commandLinesWith, expectGone } from '../support/check-host.ts';
import { localExec, scriptFolders } from '../support/local-exec.ts';
import { findProgram, makeToolBox } from '../support/sh-flavours.ts';

const tools = ['python3', 'curl'] as const;
type Tool = (typeof tools)[number];

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.close());

/** A monitor with one tool, and what it has counted. */
async function watch(tool: Tool, url: string, { everyMs = 100, ...limit }: { everyMs?: number; limitMs?: number } = {}) {
  const box = makeToolBox(bench.path(`box-${tool}`), [tool]);
  const host = localExec({ env: { PATH: box } });
  const slices: Slice[] = [];
  const controller = new AbortController();
  const options = { signal: controller.signal, ...limit };
  const monitor = await startMonitor(host, { url, everyMs }, (slice) => slices.push(slice), options);
  bench.onClose(() => controller.abort());
  const sum = (field: 'served' | 'failed'): number => slices.reduce((total, slice) => total + slice[field], 0);
  const failure = (): string | null => slices.findLast((slice) => slice.failure !== null)?.failure ?? null;
  return { monitor, slices, sum, failure, controller };
}

const within = { timeout: 30_000, interval: 50 };
const ok: RequestListener = (_request, response) => response.end('fine');

describe.each(tools)('with %s', (tool) => {
  const it = test.skipIf(findProgram(tool) === null);

  it('requests are served and counted until it is stopped, and then nothing is left on the host', async () => {
    const port = await bench.http(ok);
    const { monitor, sum, slices } = await watch(tool, `http://127.0.0.1:${port}/?only-here`);
    await expect.poll(() => sum('served'), within).toBeGreaterThan(10);
    expect(sum('failed')).toBe(0);
    monitor.stop();
    await expectGone(`${port}/?only-here`);
    const counted = slices.length;
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(slices.length).toBe(counted);
  });

  it('a slow answer does not keep the others waiting, and counts as slow', async () => {
    const held: ServerResponse[] = [];
    let asked = 0;
    const port = await bench.http((_request, response) => {
      asked += 1;
      if (asked === 1) held.push(response);
      else response.end('fine');
    });
    const { sum, slices } = await watch(tool, `http://127.0.0.1:${port}/`);
    await expect.poll(() => sum('served'), within).toBeGreaterThan(10);
    held[0]!.end('late');
    await expect.poll(() => Math.max(...slices.map(({ slowestMs }) => slowestMs)), within).toBeGreaterThan(500);
    expect(sum('failed')).toBe(0);
  });

  it.each<[string, RequestListener, RegExp]>([
    ['a status of 500 and more', (_request, response) => response.writeHead(502).end('bad gateway'), /^status 502$/],
    ['a connection that is closed', (request) => request.socket.destroy(), /closed|reset/],
    [
      'an answer that breaks off',
      (_request, response) => {
        response.writeHead(200, { 'content-length': '10' });
        response.write('half');
        setTimeout(() => response.destroy(), 20);
      },
      /broke off|reset|closed/,
    ],
  ])('%s is a failed request that says why', async (_title, listener, says) => {
    const port = await bench.http(listener);
    const { sum, failure } = await watch(tool, `http://127.0.0.1:${port}/`);
    await expect.poll(() => sum('failed'), within).toBeGreaterThan(2);
    expect(sum('served')).toBe(0);
    expect(failure()).toMatch(says);
  });

  it('a status of 404 is served: the program answered', async () => {
    const port = await bench.http((_request, response) => response.writeHead(404).end());
    const { sum } = await watch(tool, `http://127.0.0.1:${port}/`);
    await expect.poll(() => sum('served'), within).toBeGreaterThan(2);
    expect(sum('failed')).toBe(0);
  });

  it('a refused connection is a failed request', async () => {
    const { sum, failure } = await watch(tool, `http://127.0.0.1:${await bench.freePort()}/`);
    await expect.poll(() => sum('failed'), within).toBeGreaterThan(2);
    expect(failure()).toMatch(/refused/);
  });

  it('no answer within the limit is a failed request', async () => {
    const port = await bench.http(() => {});
    const { sum, failure } = await watch(tool, `http://127.0.0.1:${port}/`, { limitMs: 1500 });
    await expect.poll(() => sum('failed'), within).toBeGreaterThan(0);
    expect(failure()).toBe('no whole answer within 1.5 s');
    expect(sum('served')).toBe(0);
  });

  it('the loop is started again when it ends unasked', async () => {
    const port = await bench.http(ok);
    const { sum } = await watch(tool, `http://127.0.0.1:${port}/?again`);
    await expect.poll(() => sum('served'), within).toBeGreaterThan(2);
    const before = sum('served');
    for (const pid of pidsOfLoop(tool, `${port}/?again`)) process.kill(pid, 'SIGKILL');
    await expect.poll(() => sum('served'), within).toBeGreaterThan(before + 5);
  });

  it('its own requests are not found by a process check', async () => {
    const port = await bench.http(ok);
    const { sum } = await watch(tool, `http://127.0.0.1:${port}/?hidden`);
    await expect.poll(() => sum('served'), within).toBeGreaterThan(2);
    const check = checkOf({ kind: 'process', match: { text: `${port}/?hidden` }, absent: true });
    for (let round = 0; round < 10; round += 1) {
      expect((await runChecks(localExec(), [check])).verdicts[check.id]).toEqual({ status: 'pass' });
    }
  });

  it('aborting its signal ends it like stop', async () => {
    const port = await bench.http(ok);
    const { controller, sum } = await watch(tool, `http://127.0.0.1:${port}/?aborted`);
    await expect.poll(() => sum('served'), within).toBeGreaterThan(0);
    controller.abort();
    await expectGone(`${port}/?aborted`);
  });

  it('the address is never run as shell', async () => {
    const proof = bench.path('proof');
    const { sum } = await watch(tool, `http://127.0.0.1:1/$(touch ${proof})\`touch ${proof}\`';touch ${proof};'`);
    await expect.poll(() => sum('failed'), within).toBeGreaterThan(1);
    expect(commandLinesWith(`touch ${proof}`).filter((line) => line.startsWith('touch'))).toEqual([]);
    const gone = checkOf({ kind: 'file', path: proof, absent: true });
    expect((await runChecks(localExec(), [gone])).verdicts[gone.id]).toEqual({ status: 'pass' });
  });
});

test('a host with neither python3 nor curl is told at once, with what to do', async () => {
  const host = localExec({ env: { PATH: makeToolBox(bench.path('box-none')) } });
  const started = startMonitor(host, { url: 'http://127.0.0.1/', everyMs: 100 }, () => {}, {
    signal: new AbortController().signal,
  });
  await expect(started).rejects.toMatchObject({
    name: 'UserError',
    code: 'monitor-no-tool',
    tries: [expect.stringContaining('curl')],
  });
});

/** The loop itself: python3, or the sh whose child is the curl that asks for the address. */
function pidsOfLoop(tool: Tool, url: string): number[] {
  const list = execFileSync('sh', [
    '-c',
    `for f in /proc/[0-9]*; do printf '%s ' "\${f#/proc/}" "$(sed -n 's/^PPid:\\t//p' "$f/status")"; tr '\\0' ' ' <"$f/cmdline"; echo; done 2>/dev/null`,
  ])
    .toString()
    .split('\n')
    .map((line) => /^(\d+) (\d+) (.*)$/.exec(line))
    .filter((found) => found !== null)
    .map((found) => ({ pid: Number(found[1]), parent: Number(found[2]), command: found[3] ?? '' }));
  if (tool === 'python3')
    return list.filter(({ command }) => command.startsWith('python3') && command.includes(url)).map(({ pid }) => pid);
  return list.filter(({ command }) => command.startsWith('sh ') && command.includes(scriptFolders)).map(({ pid }) => pid);
}
