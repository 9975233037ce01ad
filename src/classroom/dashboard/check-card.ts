/** What opens beside a square of the matrix: a learner's checks in one section, and beside a title: the section. */
import {
  type CheckStand,
  type ClassSection,
  checksOf,
  duration,
  several,
  timeOn,
  verdictWords,
} from '../../classroom/instructor/seat-words.ts';
import type { SeatStand } from '../../classroom/protocol/instructor-api.ts';
import type { Desk } from './desk.ts';
import { button, el } from './dom.ts';
import { mark } from './matrix-cell.ts';
import type { SectionCount } from './matrix-head.ts';

/**
 * The checks of a section as they stand for somebody, with what can be done about them.
 * @param desk the page.
 * @param seat whose.
 * @param section which section.
 * @param close closes the card.
 */
export function checkCard(desk: Desk, seat: SeatStand, section: ClassSection, close: () => void): readonly Node[] {
  const checks = checksOf(section, seat);
  return [
    el('h2', { class: 'card-title', text: section.title }),
    el('p', { class: 'quiet', text: `${seat.name} · ${sectionFacts(desk, seat, section.id)}` }),
    checkList(checks, desk.now()),
    el(
      'div',
      { class: 'buttons' },
      ...hintButtons(desk, seat, checks, close),
      button('Write', () => writeTo(desk, seat, close), {}),
      button('All about them', () => openSeat(desk, seat, close), { class: 'link' }),
    ),
  ];
}

/**
 * How a section stands for somebody: "open · 12 min · 1 hint".
 * @param desk the page.
 * @param seat whose.
 * @param section its id.
 */
export function sectionFacts(desk: Desk, seat: SeatStand, section: string): string {
  const ms = timeOn(seat, section, desk.now());
  const stand = seat.sections[section];
  if (!stand || stand.status === 'locked') return 'locked';
  return [
    stand.status,
    ...(ms === null ? [] : [duration(ms)]),
    ...(stand.hints > 0 ? [several(stand.hints, 'hint')] : []),
    ...(stand.solvedBy ? ['solved by the program'] : []),
  ].join(' · ');
}

function openSeat(desk: Desk, { seat }: SeatStand, close: () => void): void {
  close();
  desk.openSeat(seat);
}

/**
 * Opens the dialog to write to somebody: an answer where their hand is up.
 * @param desk the page.
 * @param seat to whom.
 * @param close closes what is open.
 */
export function writeTo(desk: Desk, seat: SeatStand, close: () => void = () => {}): void {
  close();
  const to = { type: 'seat', seat: seat.seat } as const;
  const draft = { to, name: seat.name, check: null, text: '' } as const;
  const sent = () => void desk.client.handSeen(seat.seat).catch(() => {});
  desk.write(seat.hand ? { ...draft, kind: 'answer', sent } : { ...draft, kind: 'message' });
}

/** A button for the first check that fails and has a hint. */
function hintButtons(desk: Desk, seat: SeatStand, checks: readonly CheckStand[], close: () => void): readonly Node[] {
  const failing = checks.find(({ verdict, hints }) => verdict.status === 'fail' && hints.length > 0);
  const hint = failing?.hints[0];
  if (!failing || hint === undefined) return [];
  const send = (): void => {
    close();
    const to = { type: 'seat', seat: seat.seat } as const;
    void desk.attempt(
      () => desk.client.send({ to, kind: 'hint', check: failing.id, text: hint }),
      () => `The hint was sent to ${seat.name}.`,
    );
  };
  return [button('Send the hint', send, { class: 'first', attrs: { title: hint } })];
}

/**
 * Checks as a list: mark, title, verdict in words.
 * @param checks the checks.
 * @param now the server's time, ms.
 */
export function checkList(checks: readonly CheckStand[], now: number): HTMLElement {
  if (checks.length === 0) return el('p', { class: 'quiet', text: 'Nothing is checked here.' });
  const lines = checks.map(({ title, verdict, since }) => {
    const ago = since === null || verdict.status === 'pass' ? '' : `, for ${duration(now - since)}`;
    return el(
      'li',
      { class: 'check' },
      mark(verdict.status),
      el(
        'span',
        {},
        el('span', { class: 'check-title', text: title }),
        el('span', { class: 'quiet', text: `${verdictWords(verdict)}${ago}` }),
      ),
    );
  });
  return el('ul', { class: 'checks' }, ...lines);
}

/**
 * A section with how many are where, and the gate.
 * @param desk the page.
 * @param section which.
 * @param count how many.
 * @param close closes the card.
 */
export function sectionCard(desk: Desk, section: ClassSection, count: SectionCount, close: () => void): readonly Node[] {
  const view = desk.view();
  const held = view.class.gate === section.id;
  const median = view.medians[section.id];
  const first = view.lesson.sections[0]?.id === section.id;
  const facts = [
    `${count.here} here`,
    `${count.done} through`,
    median === undefined ? 'no median yet' : `median ${duration(median)}`,
  ];
  const gate = (): void => {
    close();
    void desk.attempt(
      () => desk.client.gate(held ? null : section.id),
      () => (held ? 'Released: everybody may go on.' : `Nobody goes on to “${section.title}” until you release it.`),
    );
  };
  return [
    el('h2', { class: 'card-title', text: section.title }),
    el('p', { class: 'quiet', text: facts.join(' · ') }),
    el('ul', { class: 'checks' }, ...section.checks.map(({ title }) => el('li', { class: 'check plain', text: title }))),
    el('div', { class: 'buttons' }, ...(first ? [] : [gateButton(held, gate)])),
  ];
}

function gateButton(held: boolean, gate: () => void): HTMLElement {
  return button(held ? 'Release the class' : 'Hold the class before it', gate, { class: 'first' });
}
