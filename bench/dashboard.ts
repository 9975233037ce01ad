/**
 * What an update costs the instructor's page: 5 % of the seats change, as they do a few times a second in a busy class.
 * Beside it, in the same rounds, the same page that is told the whole class anew, and the same in a class of 50. Time is
 * that of a processor on the page's own thread (scripts, styles, layout, painting), as Chromium counts it.
 */
import type { CDPSession } from 'playwright-core';
import type { SeatStand } from '../src/classroom/protocol/instructor-api.ts';
import { openPage, startBrowser } from '../test/support/class/browser.ts';
import { cohort } from '../test/support/class/class-cohort.ts';
import { type ScriptedClass, SECRET, startScriptedClass } from '../test/support/class/scripted-class.ts';
import { type Measurement, median, quantile } from './measurement.ts';

const LARGE = 500;
const SMALL = 50;
const SHARE = 0.05;
/** Between two updates, milliseconds: the server sends no faster. */
const EVERY = 250;
const UPDATES = 12;

/**
 * Measures all three in turn.
 * @param rounds how often.
 * @param note told what is being measured.
 */
export async function measureDashboard(rounds: number, note: (text: string) => void): Promise<Measurement> {
  const browser = await startBrowser();
  const samples = { ours: [] as number[], whole: [] as number[], small: [] as number[] };
  try {
    for (let round = 1; round <= rounds; round += 1) {
      note(`an update of the instructor's page, round ${round} of ${rounds}`);
      for (const [list, seats, share] of [
        [samples.ours, LARGE, SHARE],
        [samples.whole, LARGE, 1],
        [samples.small, SMALL, SHARE],
      ] as const) {
        const server = await startScriptedClass(cohort({ seats, seed: round }));
        const { page } = await openPage(browser);
        await page.goto(`${server.address}/instructor#${SECRET}`);
        await page
          .locator('.body .row')
          .nth(seats - 1)
          .waitFor({ state: 'attached' });
        const debug = await page.context().newCDPSession(page);
        list.push(await updateCost(server, debug, share));
        await page.context().close();
        await server.close();
      }
    }
  } finally {
    await browser.close();
  }
  return {
    title: `an update of the instructor's page, ${LARGE} learners, ${LARGE * SHARE} of them changed`,
    unit: 'ms',
    smallerIsBetter: true,
    ours: { label: 'Lockstep', samples: samples.ours },
    others: [
      { label: 'all of them changed', samples: samples.whole },
      { label: `a class of ${SMALL}`, samples: samples.small },
    ],
    targets: {},
  };
}

/** Milliseconds of a processor for one update, the page's clock tick taken out. */
async function updateCost(server: ScriptedClass, debug: CDPSession, share: number): Promise<number> {
  await debug.send('Performance.enable');
  const spent = async (): Promise<number> => {
    const { metrics } = await debug.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? 0) * 1000;
  };
  const idleFor = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  await idleFor(1_500);
  const before = await spent();
  await idleFor(UPDATES * EVERY);
  const idle = (await spent()) - before;
  const begun = await spent();
  for (let update = 0; update < UPDATES; update += 1) {
    server.change(changed(server.snapshot().seats, share, update));
    await idleFor(EVERY);
  }
  return ((await spent()) - begun - idle) / UPDATES;
}

/** Other verdicts and another need for every n-th seat. */
function changed(seats: readonly SeatStand[], share: number, update: number): readonly SeatStand[] {
  const step = Math.round(1 / share);
  return seats
    .filter((_, index) => index % step === update % step)
    .map((seat) => {
      const checks = Object.entries(seat.checks).map(([id, { since }], index) => {
        const verdict = (index + update) % 2 === 0 ? { status: 'pass' } : { status: 'fail', reason: 'wrong-owner' };
        return [id, { verdict, since }];
      });
      return { ...seat, need: (seat.need + 37) % 100, checks: Object.fromEntries(checks) as SeatStand['checks'] };
    });
}

/**
 * The measurement as lines for people.
 * @param measurement what was measured.
 */
export function dashboardLines({ title, ours, others }: Measurement): string {
  const line = (label: string, samples: readonly number[], ratio: string): string =>
    `  ${label.padEnd(22)} ${median(samples).toFixed(1).padStart(7)} ms   (90 %: ${quantile(samples, 0.9).toFixed(1)} ms)${ratio}`;
  const rest = others.map(({ label, samples }) =>
    line(label, samples, `   ratio ${(median(ours.samples) / median(samples)).toFixed(2)}×`),
  );
  return [`${title}:`, line(ours.label, ours.samples, ''), ...rest, ''].join('\n');
}
