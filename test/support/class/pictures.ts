/** The pictures of the class's pages in docs/screens: each shows a made-up class in the real page, in Chromium. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openPage, startBrowser } from './browser.ts';
import { cohort } from './class-cohort.ts';
import { sharedScreen, toldOf } from './class-learner.ts';
import { type ScriptedClass, SECRET, startScriptedClass } from './scripted-class.ts';

/** One picture. */
export interface Picture {
  readonly name: string;
  readonly seats: number;
  readonly options?: BrowserContextOptions;
  /** Another page than the instructor's. */
  readonly path?: string;
  /** What is done before it is taken. */
  readonly before?: (page: Page, server: ScriptedClass) => Promise<void>;
}

const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 } as const;
const WIDE = { viewport: { width: 1440, height: 900 } } as const;

/** Opens the learner with the largest need, with something to see on their page. */
async function openLearner(page: Page, server: ScriptedClass): Promise<void> {
  const { clusters, seats, now } = server.snapshot();
  const stuck = clusters.find(({ check }) => check.endsWith('plugin-is-owned-by-galaxy'))?.seats ?? [];
  const asking = seats.find(({ seat, state }) => stuck.includes(seat) && state === 'working');
  if (!asking) return;
  const seat = { ...asking, hand: { at: now - 70_000, note: 'Which user should own the plugin?' }, need: 999 };
  server.page(seat.seat, toldOf(seat, now));
  server.change([{ ...seat, sharing: 'yes' }]);
  await page.locator('.hand-card', { hasText: 'Which user should own' }).waitFor();
  await page.locator('.body .row [role=rowheader]').first().click();
  await page.locator('.moments [data-tone]').first().waitFor();
  await page.waitForTimeout(300);
  server.showScreen(sharedScreen());
  await page.locator('.terminal-row').first().waitFor();
}

async function hold(page: Page, server: ScriptedClass): Promise<void> {
  server.gate(server.snapshot().lesson.sections[6]?.id ?? null);
  await page.locator('.gate:not([hidden])').waitFor();
}

async function openSquare(page: Page): Promise<void> {
  await page.locator('.body .row').nth(1).locator('[data-status=open]').click();
  await page.locator('.popover').waitFor();
}

/** All of them. */
export const pictures: readonly Picture[] = [
  { name: 'class-5', seats: 5, options: { ...WIDE, viewport: { width: 1440, height: 720 } } },
  { name: 'class-24', seats: 24, options: WIDE, before: hold },
  { name: 'class-24-dark', seats: 24, options: { ...WIDE, colorScheme: 'dark' }, before: openSquare },
  { name: 'class-500', seats: 500, options: WIDE },
  { name: 'class-500-dark', seats: 500, options: { ...WIDE, colorScheme: 'dark' } },
  { name: 'class-phone', seats: 24, options: PHONE },
  { name: 'class-phone-dark', seats: 24, options: { ...PHONE, colorScheme: 'dark' } },
  { name: 'class-learner', seats: 24, options: WIDE, before: openLearner },
  {
    name: 'class-projector',
    seats: 24,
    options: { viewport: { width: 1280, height: 720 } },
    path: '/projector#KPQX-7312',
    before: holdOnTheWall,
  },
];

async function holdOnTheWall(page: Page, server: ScriptedClass): Promise<void> {
  server.gate(server.snapshot().lesson.sections[6]?.id ?? null);
  await page.locator('.wall-gate:not([hidden])').waitFor();
  await page.waitForTimeout(900);
}

/**
 * Takes pictures.
 * @param names which; all of them when empty.
 * @param save keeps one.
 */
export async function takePictures(names: readonly string[], save: (name: string, png: Buffer) => void): Promise<void> {
  const browser = await startBrowser();
  try {
    for (const picture of pictures.filter(({ name }) => names.length === 0 || names.includes(name))) {
      save(picture.name, await take(browser, picture));
    }
  } finally {
    await browser.close();
  }
}

async function take(browser: Browser, { seats, options = {}, path = `/instructor#${SECRET}`, before }: Picture): Promise<Buffer> {
  const server = await startScriptedClass(cohort({ seats }));
  const { page } = await openPage(browser, { reducedMotion: 'reduce', ...options });
  try {
    await page.goto(`${server.address}${path}`);
    await page.locator('.body .row, .empty:not([hidden]), .wall-sections li').first().waitFor();
    await before?.(page, server);
    await page.mouse.move(0, 0);
    return await page.screenshot({ type: 'png' });
  } finally {
    await page.context().close();
    await server.close();
  }
}
