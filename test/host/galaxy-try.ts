/**
 * What the tests of the Galaxy host share: a sandbox of its own for each test file, the lesson's blocks done by hand, and a
 * load client that runs on the host.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { writeBlock } from '../../src/engine/write-files.ts';
import type { Host } from '../../src/host/host.ts';
import { createSandboxHost } from '../../src/host/sandbox/sandbox.ts';
import { readHostDefinition, readLesson } from '../../src/lesson/lesson.ts';
import type { Lesson, Section } from '../../src/model/lesson.ts';
import { describeProblem } from '../../src/model/problem.ts';
import { sharedState } from '../support/test-state.ts';

const root = resolve(import.meta.dirname, '../..');

/** A host and the folder its state is kept in. */
export interface GalaxyTry {
  readonly host: Host;
  readonly stateDir: string;
  /** Throws host and state away. */
  end(): Promise<void>;
}

/**
 * A Galaxy host in the state folder that all tests share, where whoever comes first prepares it; not started. What an
 * earlier run left of the session is thrown away.
 * @param session a name that no other test file uses.
 */
export async function tryGalaxy(session: string): Promise<GalaxyTry> {
  await mkdir(sharedState, { recursive: true });
  const host = await galaxyHost(sharedState, session);
  await host.destroy();
  return { host, stateDir: sharedState, end: () => host.destroy() };
}

/** A Galaxy host with a state folder of its own, for tests of preparing itself; neither prepared nor started. */
export async function tryNewGalaxy(): Promise<GalaxyTry> {
  const stateDir = await mkdtemp('/var/tmp/lockstep-test-galaxy-');
  const host = await galaxyHost(stateDir, 'test');
  return {
    host,
    stateDir,
    async end() {
      await host.destroy();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}

async function galaxyHost(stateDir: string, session: string): Promise<Host> {
  const read = await readHostDefinition(resolve(root, 'fixtures/hosts/galaxy'));
  if (!read.ok) throw new Error(read.problems.map(describeProblem).join('\n'));
  return createSandboxHost(read.definition, { stateDir, session, programDir: resolve(root, 'src/host/sandbox') });
}

/** The lesson as everybody reads it. */
export async function readZergLesson(): Promise<Lesson> {
  const read = await readLesson(resolve(root, 'lessons/uwsgi-zerg-mode'), { hosts: ['galaxy'] });
  if (!read.ok) throw new Error(read.problems.map(describeProblem).join('\n'));
  return read.lesson;
}

/**
 * Runs a script and gives its output; throws with everything it said when it fails.
 * @param host where.
 * @param script POSIX sh.
 * @param user as whom; default root.
 */
export async function say(host: Host, script: string, user = 'root'): Promise<string> {
  const result = await host.exec({ script, user, timeoutMs: 120_000 });
  const words = `${result.stdout}${result.stderr}`;
  if (result.code !== 0) throw new Error(`${script} ended with ${result.code ?? result.signal}:\n${words}`);
  return words;
}

/**
 * Does what a section's blocks say, in order, as a learner at the first terminal would. What is for other terminals goes on
 * for ever and is left out.
 * @param host where.
 * @param lesson whose user does it.
 * @param section what to do.
 */
export async function doBlocks(host: Host, lesson: Lesson, section: Section): Promise<void> {
  for (const block of section.blocks) {
    if (block.kind === 'write') {
      await writeBlock(host, block, lesson.user);
      continue;
    }
    const commands = block.commands.filter((command) => command.terminal === 1).map((command) => command.text);
    if (commands.length > 0) await say(host, ['cd ~', 'set -e', ...commands].join('\n'), lesson.user);
  }
}

/** What the load client has counted. */
export interface Load {
  readonly served: number;
  readonly failed: number;
  readonly slowestMs: number;
  /** Who answered, by the program's name. */
  readonly by: Readonly<Record<string, number>>;
  readonly failures: Readonly<Record<string, number>>;
}

/** Eight clients that ask as fast as they are answered, until there is a certain file. */
const loadClient = `
import collections, http.client, json, os, threading, time
by, failures, slowest, lock, over = collections.Counter(), collections.Counter(), [0.0], threading.Lock(), threading.Event()

def ask():
    connection = http.client.HTTPConnection("127.0.0.1", 80, timeout=30)
    try:
        connection.request("GET", "/")
        answer = connection.getresponse()
        text = answer.read().decode()
        if answer.status != 200:
            raise RuntimeError("status %d" % answer.status)
        return text.split("answered by ")[1].split(",")[0]
    finally:
        connection.close()

def client():
    while not over.is_set():
        began = time.monotonic()
        try:
            name = ask()
        except Exception as error:
            with lock:
                failures["%s: %s" % (type(error).__name__, error)] += 1
            time.sleep(0.05)
            continue
        with lock:
            by[name] += 1
            slowest[0] = max(slowest[0], time.monotonic() - began)

clients = [threading.Thread(target=client) for _ in range(8)]
for each in clients:
    each.start()
print("asking", flush=True)
while not os.path.exists("/tmp/load-is-over"):
    time.sleep(0.05)
over.set()
for each in clients:
    each.join()
print(json.dumps({"served": sum(by.values()), "failed": sum(failures.values()), "slowestMs": round(slowest[0] * 1000), "by": by, "failures": failures}), flush=True)
`;

/**
 * Keeps requesting http://localhost/ while something happens.
 * @param host where the requests come from.
 * @param during what happens meanwhile.
 */
export async function underLoad(host: Host, during: () => Promise<void>): Promise<Load> {
  await say(host, 'rm -f /tmp/load-is-over');
  const stream = await host.stream({ script: `exec python3 - <<'PYTHON'\n${loadClient}\nPYTHON\n` });
  const lines: string[] = [];
  stream.onLine((line) => lines.push(line));
  try {
    await until('the load client asks', async () => lines.includes('asking'));
    await during();
    await say(host, 'touch /tmp/load-is-over');
    await until('the load client has counted', async () => lines.some((line) => line.startsWith('{')));
  } finally {
    stream.stop();
  }
  return JSON.parse(lines.find((line) => line.startsWith('{')) ?? '{}') as Load;
}

/**
 * Asks until it is so.
 * @param what for the message when it never is.
 * @param isSo asked again and again.
 * @param withinMs the deadline.
 */
export async function until(what: string, isSo: () => Promise<boolean>, withinMs = 60_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`Not within ${withinMs / 1000} s: ${what}.`);
    await new Promise((wake) => setTimeout(wake, 200));
  }
}
