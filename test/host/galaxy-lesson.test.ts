/**
 * The zerg lesson on the real Galaxy host, without any screen: each check fails for the right reason before the section's
 * work and passes after it, leaving and coming back loses nothing, and a restart by zergling loses no request while an
 * ordinary one does.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runChecks } from '../../src/checks/checks.ts';
import { startMonitor } from '../../src/checks/monitor.ts';
import { advance, createSeries, type Series } from '../../src/checks/series.ts';
import type { Verdict } from '../../src/model/check.ts';
import type { Lesson, Section } from '../../src/model/lesson.ts';
import { doBlocks, type GalaxyTry, readZergLesson, say, tryGalaxy, underLoad, until } from './galaxy-try.ts';

/** Why each check fails while its section's work has not been done, in the lesson's order. */
const before: Readonly<Record<string, readonly string[]>> = {
  'section-1---configure-supervisor': [
    'file-missing',
    'file-missing',
    'section-missing',
    'section-missing',
    'section-missing',
    'unwanted-section',
    'wrong-value',
  ],
  'section-2---configure-galaxy': ['unwanted-key', 'key-missing', 'key-missing', 'key-missing', 'key-missing'],
  'section-3---configure-uwsgi': ['file-missing', 'wrong-exit', 'file-missing'],
  'section-4---start-the-zerg-galaxy': [
    'wrong-state',
    'still-running',
    'not-running',
    'unknown-program',
    'unknown-program',
    'unknown-program',
    'unknown-program',
    'file-missing',
    'no-answer',
    'text-missing',
  ],
  'section-5---restart-galaxy': ['none-holds', 'wrong-state', 'wrong-state', 'wrong-state'],
};

describe('the zerg lesson on the Galaxy host', () => {
  let galaxy: GalaxyTry;
  let lesson: Lesson;
  const counted = { served: 0, failed: 0 };

  beforeAll(async () => {
    lesson = await readZergLesson();
    galaxy = await tryGalaxy('galaxy-lesson-test');
    await galaxy.host.prepare(() => {});
    await galaxy.host.start();
    await allRunning();
  });
  afterAll(() => galaxy.end());

  const section = (id: string): Section => {
    const found = lesson.sections.find((each) => each.id === id);
    if (!found) throw new Error(`no section ${id}`);
    return found;
  };
  const verdicts = async (of: Section): Promise<readonly Verdict[]> => {
    const round = await runChecks(galaxy.host, of.checks, { monitor: counted });
    return of.checks.map((check) => round.verdicts[check.id] ?? { status: 'error', reason: 'none', sentence: 'no verdict' });
  };
  const reasons = async (of: Section): Promise<readonly string[]> =>
    (await verdicts(of)).map((verdict) => (verdict.status === 'fail' ? verdict.reason : `not fail: ${JSON.stringify(verdict)}`));
  const allRunning = (): Promise<void> =>
    until('every program that starts by itself is RUNNING', async () => !/STARTING|BACKOFF/.test(await status()));
  const status = (): Promise<string> => say(galaxy.host, 'supervisorctl status || :');

  /** Asks as a session does, again and again, until every check of the section passes. */
  const allPass = async (of: Section, seriesSoFar: Series = createSeries()): Promise<void> => {
    let series = seriesSoFar;
    const openedAt = Date.now();
    let left: readonly string[] = [];
    await until(`every check of ${of.id} passes`, async () => {
      const now = await verdicts(of);
      left = of.checks.flatMap((check, index) => {
        const step = advance(series, check, now[index] as Verdict, Date.now(), openedAt);
        series = step.series;
        return step.verdict.status === 'pass' ? [] : [`${check.title}: ${JSON.stringify(step.verdict)}`];
      });
      return left.length === 0;
    }).catch((thrown: unknown) => {
      throw new Error([String(thrown), ...left].join('\n'));
    });
  };

  test('an ordinary restart loses requests, and the monitor tells', async () => {
    const { monitor } = section('section-5---restart-galaxy');
    if (!monitor) throw new Error('section 5 has no monitor');
    const ending = new AbortController();
    const failures: string[] = [];
    const seen = { served: 0, failed: 0 };
    const running = await startMonitor(
      galaxy.host,
      monitor,
      (slice) => {
        seen.served += slice.served;
        seen.failed += slice.failed;
        if (slice.failure !== null) failures.push(slice.failure);
      },
      { signal: ending.signal },
    );
    const load = await underLoad(galaxy.host, async () => {
      await say(galaxy.host, 'sudo supervisorctl restart gx:web', 'ubuntu');
      await until('the monitor has seen it', async () => seen.served > 0 && seen.failed > 0);
    });
    running.stop();
    console.info('an ordinary restart:', JSON.stringify(load), 'monitor:', JSON.stringify(seen));
    expect(load.served).toBeGreaterThan(0);
    expect(load.failed).toBeGreaterThan(0);
    expect(failures.join('\n')).toMatch(/502|refused/);
    await allRunning();
  });

  test.each(['section-1---configure-supervisor', 'section-2---configure-galaxy', 'section-3---configure-uwsgi'])(
    '%s: every check fails before its work, for the right reason, and passes after it',
    async (id) => {
      expect(await reasons(section(id))).toEqual(before[id]);
      await doBlocks(galaxy.host, lesson, section(id));
      await allPass(section(id));
    },
  );

  test('coming back before the new configuration is loaded, Galaxy runs in the old way and all work is there', async () => {
    await galaxy.host.stop();
    await galaxy.host.start();
    expect(await say(galaxy.host, 'curl -sS --max-time 30 http://localhost/')).toContain('answered by web');
    for (const id of ['section-1---configure-supervisor', 'section-2---configure-galaxy', 'section-3---configure-uwsgi']) {
      await allPass(section(id));
    }
    await allRunning();
  });

  test('section 4: every check fails before its work, for the right reason, and passes after it', async () => {
    const four = section('section-4---start-the-zerg-galaxy');
    expect(await reasons(four)).toEqual(before[four.id]);
    await doBlocks(galaxy.host, lesson, four);
    await allPass(four);
  });

  test('section 5: the checks fail before, pass after, and of thousands of requests not one is lost', async () => {
    const five = section('section-5---restart-galaxy');
    expect(await reasons(five)).toEqual(before[five.id]);
    if (!five.monitor) throw new Error('section 5 has no monitor');
    const monitor = await startMonitor(
      galaxy.host,
      five.monitor,
      (slice) => {
        counted.served += slice.served;
        counted.failed += slice.failed;
      },
      { signal: new AbortController().signal },
    );
    const load = await underLoad(galaxy.host, async () => {
      await Promise.all([doBlocks(galaxy.host, lesson, five), allPass(five)]);
    });
    monitor.stop();
    console.info('a restart by zergling:', JSON.stringify(load), 'monitor:', JSON.stringify(counted));
    expect(load).toMatchObject({ failed: 0, failures: {} });
    expect(load.by['zergling0']).toBeGreaterThan(0);
    expect(load.by['zergling1']).toBeGreaterThan(0);
    expect(counted.failed).toBe(0);
    expect(await status()).toMatch(/gx:zergling0 +EXITED[\s\S]*gx:zergling1 +RUNNING/);
  });

  test('coming back afterwards, zergling0 serves before anybody can start the other one', async () => {
    await galaxy.host.stop();
    await galaxy.host.start();
    expect(await say(galaxy.host, 'curl -sS --max-time 5 http://localhost/')).toContain('answered by zergling0');
    const four = section('section-4---start-the-zerg-galaxy');
    await allPass(four);
  });
});
