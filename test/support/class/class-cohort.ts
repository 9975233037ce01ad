/**
 * A class of any size as an instructor sees it, made from a number: the same number makes the same class. Some are
 * ahead, most in the middle, several stuck at the same check; for tests, pictures and measurements.
 */
import type { FailReason } from '../../../src/checks/reasons.ts';
import type { ClassSnapshot, Cluster, SeatStand } from '../../../src/classroom/protocol/instructor-api.ts';
import { classLesson } from './class-lesson.ts';

const MINUTE = 60_000;
const FIRST =
  'Ada Amir Anna Ayo Bea Ben Björn Carla Chen Dario Dina Elif Emma Farid Fay Gita Hana Hugo Ida Igor Ines Jonas Kim Lara Leo Lin Luca Maja Marek Mei Mina Nadia Nils Noor Olga Omar Paul Pia Priya Rosa Sam Sara Selma Tariq Theo Uma Vera Wei Yara Zoe'.split(
    ' ',
  );
const LAST =
  'Adeyemi Ahlberg Bauer Bianchi Castro Chen Costa Dahl Demir Fischer García Haddad Ivanov Jansen Khan Kowalski Laine Moreau Nguyen Novák Okafor Olsen Park Petrov Rossi Sato Schmidt Silva Singh Yilmaz'.split(
    ' ',
  );
const NOTES = [
  'Which user should own the plugin?',
  'supervisorctl says ERROR (spawn error)',
  'I have no sudo rights any more',
  '',
  'Is the sample file the right one?',
];
/** How long each section takes the class's middle, minutes. */
const USUAL = [2, 4, 6, 9, 7, 8, 6, 5, 9, 12];
/** What is amiss where a check with such a title fails. */
const REASONS: readonly (readonly [title: RegExp, reason: FailReason])[] = [
  [/is installed/, 'package-missing'],
  [/there is a user/, 'user-missing'],
  [/its home/, 'wrong-home'],
  [/owned by/, 'wrong-owner'],
  [/is there|is in config/, 'file-missing'],
  [/admin user/, 'wrong-value'],
  [/names|is listed|is in|passes|static/, 'text-missing'],
  [/readable/, 'wrong-mode'],
  [/supervisor knows/, 'unknown-program'],
  [/is running/, 'wrong-state'],
  [/answers/, 'not-listening'],
  [/its job ran/, 'file-missing'],
  [/no request failed/, 'too-few-requests'],
];
/** The check that many are stuck at. */
const STUMBLE = 'install-a-plugin.plugin-is-owned-by-galaxy';

/** What a class is made from. */
export interface CohortOptions {
  readonly seats: number;
  readonly seed?: number;
  /** The server's time, ms. */
  readonly now?: number;
  /** How far the middle of the class is, in sections. */
  readonly middle?: number;
}

/**
 * A class.
 * @param options how large, and which.
 */
export function cohort({ seats: count, seed = 7, now = Date.UTC(2026, 4, 11, 9, 42), middle = 4 }: CohortOptions): ClassSnapshot {
  const random = randomNumbers(seed);
  const seats = Array.from({ length: count }, (_, index) => seatOf(index, { random, now, middle, count }));
  const medians = Object.fromEntries(
    classLesson.sections.slice(0, count === 0 ? 0 : middle + 2).map(({ id }, index) => [id, (USUAL[index] ?? 5) * MINUTE]),
  );
  return {
    class: {
      id: 'galaxy-class-2026',
      title: 'Galaxy administrators, May 2026',
      code: 'KPQX-7312',
      codeExpiresAt: null,
      gate: null,
      startedAt: now - 50 * MINUTE,
    },
    lesson: classLesson,
    seats,
    clusters: clustersOf(seats),
    medians,
    now,
  };
}

interface Making {
  readonly random: () => number;
  readonly now: number;
  readonly middle: number;
  readonly count: number;
}

function seatOf(index: number, { random, now, middle, count }: Making): SeatStand {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const last = classLesson.sections.length;
  const spread = (random() + random() + random()) / 1.5 - 1;
  const notStarted = random() < 0.04;
  const at = notStarted ? -1 : Math.max(0, Math.min(last, Math.round(middle + spread * (count > 100 ? 8 : 4))));
  const offline = random() < 0.06;
  const waiting = random() < 0.12;
  const usual = (USUAL[at] ?? 5) * MINUTE;
  const on = usual * (0.3 - Math.log(1 - random() * 0.98) * 0.85);
  const sections: SeatStand['sections'] = {};
  const checks: SeatStand['checks'] = {};
  let began = now - on;
  for (let place = at - 1; place >= 0; place -= 1) {
    const took = (USUAL[place] ?? 5) * MINUTE * (0.6 + random());
    const section = classLesson.sections[place]!;
    const skipped = random() < 0.02;
    sections[section.id] = {
      status: skipped ? 'skipped' : 'done',
      openedAt: Math.round(began - took),
      closedAt: Math.round(began),
      hints: Math.floor(random() * 2),
      ...(random() < 0.04 && !skipped ? { solvedBy: 'program' } : {}),
    };
    for (const check of section.checks) checks[check.id] = { verdict: { status: 'pass' }, since: Math.round(began) };
    began -= took;
  }
  const open = at >= 0 && at < last ? classLesson.sections[at]! : null;
  if (open) sections[open.id] = { status: 'open', openedAt: Math.round(now - on), hints: on > usual ? 1 : 0 };
  for (const [place, check] of open?.checks.entries() ?? []) {
    const since = Math.round(now - on * random());
    if (random() < (at === 4 ? 0.9 : 0.5) - place * 0.1 && check.id !== STUMBLE)
      checks[check.id] = { verdict: { status: 'pass' }, since };
    else if (place === 0 || random() < 0.55 || (check.id === STUMBLE && random() < 0.85)) {
      const reason = REASONS.find(([title]) => title.test(check.title))?.[1] ?? 'script-failed';
      checks[check.id] = { verdict: { status: 'fail', reason }, since };
      if (check.id !== STUMBLE) break;
    }
  }
  const state = notStarted ? 'not-started' : offline ? 'offline' : at === last ? 'done' : waiting ? 'waiting' : 'working';
  const hand =
    open && !offline && random() < Math.max(0.02, 2 / Math.max(20, count))
      ? { at: Math.round(now - random() * 8 * MINUTE), note: pick(NOTES) }
      : null;
  const pace = open && open.checks.length > 0 ? on / usual : null;
  return {
    seat: `seat-${String(index).padStart(6, '0')}`,
    name: `${FIRST[(index * 7) % FIRST.length]} ${LAST[(index * 11 + Math.floor(index / FIRST.length)) % LAST.length]}`,
    joinedAt: now - 48 * MINUTE,
    online: !offline && !notStarted,
    heardAt: Math.round(now - (offline ? 14 * MINUTE : random() * 20_000)),
    state,
    host: pick(['sandbox', 'sandbox', 'docker'] as const),
    hand,
    open: open?.id ?? null,
    sections,
    checks,
    pace,
    need: (hand ? 100 : 0) + (offline || !open ? 0 : Math.round((pace ?? 0) * 10)),
    sharing: 'no',
  };
}

/** Seats that fail the same check of their open section for the same reason, as a server finds them. */
export function clustersOf(seats: readonly SeatStand[]): Cluster[] {
  const found = new Map<string, Cluster>();
  for (const seat of seats) {
    const section = classLesson.sections.find(({ id }) => id === seat.open);
    for (const check of section?.checks ?? []) {
      const verdict = seat.checks[check.id]?.verdict;
      if (verdict?.status !== 'fail') continue;
      const key = `${check.id} ${verdict.reason}`;
      const of = seats.filter(({ open }) => open === seat.open).length;
      const before = found.get(key) ?? { check: check.id, reason: verdict.reason, seats: [], of };
      found.set(key, { ...before, seats: [...before.seats, seat.seat] });
    }
  }
  return [...found.values()].filter((one) => one.seats.length > 1);
}

/** Numbers in [0, 1) that come in the same order for the same seed (a linear congruence of 32 bits). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
