/**
 * The instructor's page in Chromium, over a class server that the test writes the lines of; both sides are held against
 * the protocol.
 */
import axe, { type AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { SeatStand } from '../../src/classroom/protocol/instructor-api.ts';
import { openPage, startBrowser } from '../support/class/browser.ts';
import { cohort } from '../support/class/class-cohort.ts';
import { sharedScreen, toldOf } from '../support/class/class-learner.ts';
import { type ScriptedClass, SECRET, startScriptedClass } from '../support/class/scripted-class.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true } as const;
const names = (page: Page) => page.locator('.body .row .name').allTextContents();
const focused = (page: Page) => page.evaluate<string>("document.activeElement?.getAttribute('aria-label') ?? ''");
const row = (page: Page, seat: string) => page.locator(`.row[data-seat="${seat}"]`);

/** A class of so many, and the page that shows it. Nothing may be complained of in its console. */
async function openClass(seats: number, options: BrowserContextOptions & { readonly may?: RegExp } = {}) {
  const server = await startScriptedClass(cohort({ seats }));
  const { may, ...window } = options;
  const { page, complaints } = await openPage(browser, { reducedMotion: 'reduce', ...window });
  onTestFinished(async () => {
    await page.context().close();
    await server.close();
    expect(complaints.filter((text) => !may?.test(text))).toEqual([]);
  });
  await page.goto(`${server.address}/instructor#${SECRET}`);
  await page.locator('.body .row, .empty:not([hidden])').first().waitFor();
  return { server, page };
}

/** What axe finds, each rule with the first place. The page's policy forbids scripts in it: the debugger puts it there. */
async function accessibility(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations.map(({ id, nodes }) => `${id}, ${nodes.length} times: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
}

function seatOf(server: ScriptedClass, which: (seat: SeatStand) => boolean): SeatStand {
  const found = server.snapshot().seats.find(which);
  if (!found) throw new Error('the class has no such seat');
  return found;
}

describe('the class', () => {
  test('is shown with who needs help first', async () => {
    const { server, page } = await openClass(24);
    const wanted = [...server.snapshot().seats].sort((a, b) => b.need - a.need).map(({ name }) => name);
    expect((await names(page)).slice(0, 5)).toEqual(wanted.slice(0, 5));
    expect(await page.locator('.body .row').count()).toBe(24);
    expect(await page.locator('.code').textContent()).toBe('KPQX-7312');
  });

  test('may be empty', async () => {
    const { page } = await openClass(0);
    expect(await page.locator('.empty').textContent()).toBe('Nobody has joined yet.');
  });

  test('takes the secret out of the address and keeps it for the tab', async () => {
    const { page } = await openClass(5);
    expect(page.url()).not.toContain(SECRET);
    await page.reload();
    await page.locator('.body .row').first().waitFor();
    expect(await page.evaluate('JSON.stringify({ ...localStorage })')).not.toContain(SECRET);
  });

  test('asks for the secret again when the server does not know it', async () => {
    const { server, page } = await openClass(5, { may: /401/ });
    await page.evaluate("sessionStorage.setItem('lockstep-secret', 'another one')");
    await page.reload();
    await page.getByRole('alert').filter({ hasText: 'This is not the secret of this class.' }).waitFor();
    await page.getByLabel("The instructor's secret").fill(SECRET);
    await page.keyboard.press('Enter');
    await page.locator('.body .row').first().waitFor();
    expect(server.snapshot().seats).toHaveLength(5);
  });

  test('loads nothing from anywhere else', async () => {
    const { page } = await openClass(5);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).origin));
    await page.reload();
    await page.locator('.body .row').first().waitFor();
    expect(new Set(asked)).toEqual(new Set([new URL(page.url()).origin]));
  });
});

describe('what changes', () => {
  test('is shown where it is: a state, a check, a hand with its note', async () => {
    const { server, page } = await openClass(24);
    const working = seatOf(
      server,
      ({ state, hand, open }) => state === 'working' && hand === null && open === 'configure-galaxy',
    );
    const check = 'configure-galaxy.galaxy-yml-is-there';
    server.changeSeat(working.seat, {
      state: 'waiting',
      hand: { at: server.snapshot().now, note: 'Where is the sample?' },
      checks: { ...working.checks, [check]: { verdict: { status: 'error', reason: 'timed-out' }, since: 1 } },
    });
    await page.locator('.hand-card', { hasText: 'Where is the sample?' }).waitFor();
    expect(await row(page, working.seat).getAttribute('data-state')).toBe('waiting');
    expect(await row(page, working.seat).locator('[data-status=open]').getAttribute('aria-label')).toContain(
      'galaxy.yml is there: could not tell: timed out',
    );
    expect(await page.locator('#status').textContent()).toContain(`${working.name} raised a hand: Where is the sample?`);
    expect(await page.title()).toContain('(2 hands)');
  });

  test('moves nobody from under the pointer, and everybody once it has gone', async () => {
    const { server, page } = await openClass(24);
    const before = await names(page);
    await page.locator('.body .row').nth(2).hover();
    const last = seatOf(server, ({ name }) => name === before.at(-1));
    server.changeSeat(last.seat, { need: 1_000 });
    await page.getByText('The order is held while you are here').waitFor();
    expect(await names(page)).toEqual(before);
    await page.mouse.move(700, 10);
    await expect.poll(async () => (await names(page))[0]).toBe(last.name);
  });

  test('is put in order at once when asked, with the keyboard still on the same learner', async () => {
    const { server, page } = await openClass(24);
    await page.keyboard.press('m');
    await page.keyboard.press('ArrowDown');
    const label = await focused(page);
    const last = seatOf(server, ({ name }) => name === label.split(',')[0]);
    server.changeSeat(last.seat, { need: 1_000 });
    await page.getByText('The order is held while you are here').waitFor();
    await page.keyboard.press('o');
    expect((await names(page))[0]).toBe(last.name);
    expect(await focused(page)).toContain(last.name);
  });

  test('comes again after the server was away', async () => {
    const { server, page } = await openClass(5, { may: /ERR_|Failed to load/ });
    server.answers(false);
    server.breakStreams();
    await page.getByText('Not connected; what you see is from before').waitFor();
    const { seat } = server.snapshot().seats[0]!;
    server.changeSeat(seat, { name: 'Renamed Meanwhile' });
    server.answers(true);
    await page.getByText('Renamed Meanwhile').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
  });

  test('narrows to a group, and to a name', async () => {
    const { server, page } = await openClass(24);
    await page.getByRole('button', { name: /^Offline/ }).click();
    const offline = server.snapshot().seats.filter(({ state }) => state === 'offline');
    expect((await names(page)).sort()).toEqual(offline.map(({ name }) => name).sort());
    await page.getByRole('button', { name: /^All/ }).click();
    await page.keyboard.press('/');
    await page.keyboard.type(server.snapshot().seats[3]!.name.slice(2, 9));
    await expect.poll(() => names(page)).toContain(server.snapshot().seats[3]!.name);
    expect((await names(page)).length).toBeLessThan(5);
  });
});

describe('what is done', () => {
  test('one click sends the hint to a group that is stuck together', async () => {
    const { server, page } = await openClass(24);
    const card = page.locator('.cluster', { hasText: 'plugin is owned by galaxy' });
    const stuck = server.snapshot().clusters.find(({ check }) => check === 'install-a-plugin.plugin-is-owned-by-galaxy')!;
    expect(await card.locator('.count').textContent()).toBe(String(stuck.seats.length));
    expect(await card.textContent()).toContain('sudo chown -R galaxy: config/plugins');
    await card.getByRole('button', { name: `Send to ${stuck.seats.length}` }).click();
    await card.getByText(`Sent to ${stuck.seats.length} learners at`).waitFor();
    expect(server.sent).toEqual([
      {
        to: { type: 'cluster', check: stuck.check, reason: 'wrong-owner' },
        kind: 'hint',
        check: stuck.check,
        text: 'You unpacked as root. `sudo chown -R galaxy: config/plugins` gives it to Galaxy.',
      },
    ]);
  });

  test('a hand is answered, and goes down', async () => {
    const { server, page } = await openClass(24);
    const asking = seatOf(server, ({ hand }) => hand !== null);
    await page.locator('.hand-card').getByRole('button', { name: 'Answer' }).click();
    await page.getByLabel('What to say').fill('The galaxy user. Always.');
    await page.keyboard.press('Control+Enter');
    await page.getByText(`Sent to ${asking.name}.`).first().waitFor();
    await page.getByText('No hand is up.').waitFor();
    expect(server.sent).toEqual([
      { to: { type: 'seat', seat: asking.seat }, kind: 'answer', check: null, text: 'The galaxy user. Always.' },
    ]);
  });

  test('the class is held before a section, and released', async () => {
    const { server, page } = await openClass(24);
    await page.getByRole('columnheader', { name: /^Section 7/ }).click();
    await page.getByRole('button', { name: 'Hold the class before it' }).click();
    await page.locator('.gate', { hasText: 'Held before 7, A proxy in front.' }).waitFor();
    expect(server.snapshot().class.gate).toBe('a-proxy-in-front');
    await page.locator('.gate').getByRole('button', { name: 'Release' }).click();
    await page.locator('.gate').waitFor({ state: 'hidden' });
    expect(server.snapshot().class.gate).toBeNull();
  });

  test('what the server refuses is told in its words', async () => {
    const { server, page } = await openClass(5, { may: /404/ });
    const gone = server.snapshot().seats[0]!;
    await page.evaluate("location.hash = '#/seat/seat-that-is-not'");
    await page.getByText('There is no such seat.').waitFor();
    await page.getByRole('button', { name: 'Class' }).click();
    await row(page, gone.seat).waitFor();
  });

  test('everybody is told something; the list is saved', async () => {
    const { server, page } = await openClass(5);
    await page.keyboard.press('a');
    await page.getByLabel('What to say').fill('Back at eleven.');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('Sent to 5 learners.').first().waitFor();
    expect(server.sent[0]).toEqual({ to: { type: 'all' }, kind: 'message', check: null, text: 'Back at eleven.' });
    await page.getByRole('button', { name: 'Export' }).click();
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV' }).click();
    expect((await saved).suggestedFilename()).toBe('class-galaxy-class-2026.csv');
  });
});

describe('one learner', () => {
  test('has a page with what happened, and a screen while they share it', async () => {
    const { server, page } = await openClass(24);
    const seat = seatOf(server, ({ hand }) => hand !== null);
    server.page(seat.seat, toldOf(seat, server.snapshot().now));
    await row(page, seat.seat).getByRole('rowheader').click();
    await page.locator('.moments').getByText('raised a hand').first().waitFor();
    await page.getByRole('button', { name: 'Ask to see it' }).click();
    await page.getByText(`${seat.name} is asked whether you may see it.`).waitFor();
    server.changeSeat(seat.seat, { sharing: 'yes' });
    await page.getByText('Shared with you, read-only').waitFor();
    await expect
      .poll(async () => {
        server.showScreen(sharedScreen());
        return page.locator('.terminal-row').count();
      })
      .toBe(sharedScreen().rows.length);
    expect(await page.locator('.terminal').textContent()).toContain('Operation not permitted');
    server.changeSeat(seat.seat, { sharing: 'no' });
    await page.locator('.terminal').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Class' }).click();
    await row(page, seat.seat).waitFor();
  });
});

describe('what is not to be trusted', () => {
  const hostile = ['<img src=x onerror=alert(1)>', '"><script>alert(1)</script>', '\u202Eevil\u202C', '&amp;<b>bold', '{{7*7}}'];

  test('names, notes, checks and screens are shown as text', async () => {
    const { server, page } = await openClass(5);
    const alerts: string[] = [];
    page.on('dialog', (dialog) => {
      alerts.push(dialog.message());
      void dialog.dismiss();
    });
    const seats = server.snapshot().seats.map((seat, index) => ({
      ...seat,
      name: hostile[index]!,
      hand: { at: 1, note: `${hostile[index]} \u001b[31mred\u001b]0;title\u0007` },
      sharing: 'yes' as const,
    }));
    server.change(seats);
    await page.locator('.hand-card').nth(2).waitFor();
    expect((await names(page)).sort()).toEqual([...hostile].sort());
    await row(page, seats[0]!.seat).getByRole('rowheader').click();
    await expect
      .poll(async () => {
        server.showScreen({ ...sharedScreen(), rows: hostile.map((text) => [{ text, fg: '#ff0000' }]) });
        return page.locator('.terminal-row').allTextContents();
      })
      .toEqual(hostile);
    expect(await page.locator('img, script:not([src]), b').count()).toBe(0);
    expect(alerts).toEqual([]);
  });
});

describe('the keyboard', () => {
  test('reaches every square by arrows, opens it, and comes back to it', async () => {
    const { page } = await openClass(5);
    await page.keyboard.press('m');
    const first = await focused(page);
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    expect(await focused(page)).toMatch(/^Section 2/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: /Install the packages/ }).waitFor();
    await page.keyboard.press('Escape');
    expect(await focused(page)).toMatch(/^Section 2/);
    await page.keyboard.press('Home');
    expect(await focused(page)).toBe(first);
    await page.keyboard.press('Control+End');
    expect(await focused(page)).toMatch(/^Section 10/);
    expect(await page.locator('.grid [tabindex="0"]').count()).toBe(1);
  });

  test('has its list of keys', async () => {
    const { page } = await openClass(5);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).getByText('say something to all').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.getByText('Move to a section in the matrix first.').first().waitFor();
  });
});

describe('anybody can use it', () => {
  test.each([
    ['in light colours', 24, {}],
    ['in dark colours', 24, { colorScheme: 'dark' }],
    ['in the low rows of a large class', 64, {}],
    ['on a telephone', 24, PHONE],
    ['with nobody', 0, {}],
  ] as const)('%s axe finds nothing to mend', async (_title, seats, options) => {
    const { server, page } = await openClass(seats, options);
    server.gate('a-proxy-in-front');
    await page.locator('.gate:not([hidden])').waitFor();
    expect(await accessibility(page)).toEqual([]);
  });

  test.each(['light', 'dark'] as const)("on a learner's page and in its dialogs, %s", async (colorScheme) => {
    const { server, page } = await openClass(24, { colorScheme });
    await page.locator('.body [data-status=open]').first().click();
    await page.locator('.popover').waitFor();
    expect(await accessibility(page)).toEqual([]);
    await page.keyboard.press('Escape');
    const seat = seatOf(server, ({ hand }) => hand !== null);
    server.page(seat.seat, toldOf(seat, server.snapshot().now));
    await row(page, seat.seat).getByRole('rowheader').click();
    await page.locator('.moments [data-tone=hand]').waitFor();
    await page.getByRole('button', { name: 'Write' }).click();
    await page.getByLabel('What to say').waitFor();
    expect(await accessibility(page)).toEqual([]);
  });

  test('nothing is cut off at 390 px', async () => {
    const { page } = await openClass(24, PHONE);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    const last = await page.locator('.body .row').first().locator('.cell').last().boundingBox();
    expect(last!.x + last!.width).toBeLessThanOrEqual(390);
    await page.locator('.body .row[data-hand]').first().waitFor();
    const beside = "document.querySelector('.body .row[data-hand]').querySelectorAll('.name, .words')";
    expect(await page.evaluate(`[...${beside}].map((text) => text.scrollWidth - text.clientWidth)`)).toEqual([0, 0]);
  });

  test('colours can be chosen, and stay chosen', async () => {
    const { page } = await openClass(5, { colorScheme: 'light' });
    const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const light = await ground();
    await page.keyboard.press('c');
    await page.keyboard.press('c');
    await page.getByText('Colours: dark').first().waitFor();
    const dark = await ground();
    expect(dark).not.toBe(light);
    await page.reload();
    await page.locator('.body .row').first().waitFor();
    expect(await ground()).toBe(dark);
  });
});

describe('the other pages', () => {
  test('the wall has no name on it, and not the secret', async () => {
    const { server, page } = await openClass(24);
    const opened = page.context().waitForEvent('page');
    await page.getByRole('button', { name: 'Projector' }).click();
    const wall = await opened;
    await wall.locator('.wall-sections li').nth(9).waitFor();
    server.gate('a-proxy-in-front');
    await wall.getByText('We go on together to “A proxy in front”').waitFor();
    const text = (await wall.locator('body').textContent()) ?? '';
    expect(server.snapshot().seats.filter(({ name }) => text.includes(name))).toEqual([]);
    expect(await wall.evaluate('JSON.stringify({ ...sessionStorage, ...localStorage })')).not.toContain(SECRET);
    expect(await accessibility(wall)).toEqual([]);
  });

  test('the page that a join code leads to says what to type', async () => {
    const { server, page } = await openClass(5);
    await page.goto(`${server.address}/#KPQX-7312`);
    await page.getByText(`lockstep join ${server.address}/ --code KPQX-7312`).waitFor();
    expect(await accessibility(page)).toEqual([]);
  });
});
