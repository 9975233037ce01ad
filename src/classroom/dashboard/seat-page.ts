/** One learner: their sections and checks, what happened, what was said, and their screen while they share it. */
import { checksOf, duration, paceWords, stateWords, timeOn } from '../../classroom/instructor/seat-words.ts';
import { timeline } from '../../classroom/instructor/timeline.ts';
import type { SeatPage, SeatStand } from '../../classroom/protocol/instructor-api.ts';
import { checkList, sectionFacts, writeTo } from './check-card.ts';
import type { Desk } from './desk.ts';
import { button, codeNodes, el, setAttr, setText } from './dom.ts';
import { icon } from './icons.ts';
import { mark } from './matrix-cell.ts';
import { createScreenPart } from './screen-part.ts';

/** Reports come in bursts: the page is asked for again after this, milliseconds. */
const AGAIN_AFTER = 600;
/** Lines of a timeline that are shown. */
const MOST_LINES = 300;

/** A learner's page. */
export interface SeatPageView {
  readonly element: HTMLElement;
  /** The learner's stand has changed, or time has passed. */
  render(changed: boolean): void;
  close(): void;
}

/**
 * The page of a learner.
 * @param desk the page.
 * @param seat whose.
 * @param back leaves it.
 */
export function createSeatPage(desk: Desk, seat: string, back: () => void): SeatPageView {
  const current = (): SeatStand | undefined => desk.view().seats.get(seat);
  const name = el('h1', { attrs: { tabindex: '-1' } });
  const state = el('i', { class: 'state' });
  const facts = el('p', { class: 'quiet' });
  const hand = el('p', { class: 'raised' });
  const sections = el('div', { class: 'sections' });
  const moments = el('ol', { class: 'moments' });
  const said = el('ol', { class: 'moments said' });
  const nothingSaid = el('p', { class: 'quiet', text: 'Nothing yet.' });
  const screen = createScreenPart(desk, seat);
  const write = (): void => {
    const stand = current();
    if (stand) writeTo(desk, stand);
  };
  const seen = button('Hand seen', () => {
    void desk.attempt(
      () => desk.client.handSeen(seat),
      () => 'The hand is down.',
    );
  });
  const leave = el('button', { class: 'tool', attrs: { type: 'button' }, click: back }, icon('back'), 'Class');
  const element = el(
    'main',
    { class: 'seat-page' },
    el(
      'header',
      { class: 'seat-head' },
      leave,
      el('div', { class: 'about' }, el('div', { class: 'seat-name' }, state, name), facts),
      el(
        'div',
        { class: 'tools' },
        button('Write', write, { class: 'first' }),
        seen,
        button('Remove', () => remove(desk, current(), back), { class: 'link danger' }),
      ),
    ),
    hand,
    el(
      'div',
      { class: 'seat-columns' },
      el('section', { attrs: { 'aria-label': 'Sections' } }, el('h2', { text: 'Sections' }), sections),
      el(
        'section',
        { attrs: { 'aria-label': 'What happened' } },
        el('h2', { text: 'What happened' }),
        el('div', { class: 'scroll', attrs: { tabindex: '0', role: 'group', 'aria-label': 'Timeline' } }, moments),
      ),
      el('section', { attrs: { 'aria-label': 'Said' } }, screen.element, el('h2', { text: 'Said' }), said, nothingSaid),
    ),
  );

  let asked: ReturnType<typeof setTimeout> | undefined;
  let shown = '';
  const fetchPage = async (): Promise<void> => {
    try {
      const page = await desk.client.seat(seat);
      moments.replaceChildren(...momentLines(desk, page));
      said.replaceChildren(...saidLines(page));
      nothingSaid.toggleAttribute('hidden', page.messages.length > 0);
    } catch (error) {
      moments.replaceChildren(el('li', { class: 'quiet', text: (error as Error).message }));
    }
  };
  void fetchPage();

  return {
    element,
    render(changed) {
      const stand = current();
      if (!stand) return setText(facts, 'No longer in the class.');
      setText(name, stand.name);
      setAttr(state, 'data-state', stand.state);
      setText(facts, factLine(desk, stand));
      setText(
        hand,
        stand.hand ? `Hand up for ${duration(desk.now() - stand.hand.at)}${stand.hand.note ? `: ${stand.hand.note}` : ''}` : '',
      );
      hand.toggleAttribute('hidden', stand.hand === null);
      seen.toggleAttribute('hidden', stand.hand === null);
      screen.render(stand);
      const signature = JSON.stringify([stand.sections, stand.checks, Math.floor(desk.now() / 15_000)]);
      if (signature !== shown) sections.replaceChildren(...sectionNodes(desk, stand));
      shown = signature;
      if (!changed) return;
      clearTimeout(asked);
      asked = setTimeout(() => void fetchPage(), AGAIN_AFTER);
    },
    close() {
      clearTimeout(asked);
      screen.close();
    },
  };
}

function factLine(desk: Desk, stand: SeatStand): string {
  const on = stand.open === null ? null : timeOn(stand, stand.open, desk.now());
  return [
    stateWords(stand.state),
    ...(on === null ? [] : [`${duration(on)} on the section, ${paceWords(stand.pace)}`]),
    ...(stand.host === null ? [] : [stand.host]),
    `joined ${clock(stand.joinedAt)}`,
    `heard ${duration(desk.now() - stand.heardAt)} ago`,
  ].join(' · ');
}

function sectionNodes(desk: Desk, stand: SeatStand): readonly HTMLElement[] {
  return desk.view().lesson.sections.map((section, index) => {
    const status = stand.sections[section.id]?.status ?? 'locked';
    const shape = status === 'done' ? 'pass' : status;
    const head = [
      mark(shape),
      el('h3', { text: `${index + 1} ${section.title}` }),
      el('span', { class: 'quiet', text: sectionFacts(desk, stand, section.id) }),
    ];
    return el(
      'article',
      { class: 'section', attrs: { 'data-status': status } },
      el('div', { class: 'card-head' }, ...head),
      ...(status === 'open' ? [checkList(checksOf(section, stand), desk.now())] : []),
    );
  });
}

function momentLines(desk: Desk, { journals }: SeatPage): readonly HTMLElement[] {
  const { lesson } = desk.view();
  const lines = [...journals].reverse().flatMap(({ reports }) => timeline(lesson, reports));
  const shown = lines
    .slice(0, MOST_LINES)
    .map(({ at, words, tone }) =>
      el('li', { attrs: { 'data-tone': tone } }, el('time', { text: clock(at) }), el('span', { text: words })),
    );
  if (lines.length === 0) return [el('li', { class: 'quiet', text: 'Nothing was told yet.' })];
  return lines.length > MOST_LINES
    ? [...shown, el('li', { class: 'quiet', text: `and ${lines.length - MOST_LINES} before` })]
    : shown;
}

function saidLines({ messages }: SeatPage): readonly HTMLElement[] {
  return [...messages]
    .reverse()
    .map(({ at, kind, text, shownAt }) =>
      el(
        'li',
        { attrs: { 'data-tone': shownAt === null ? 'plain' : 'said' } },
        el('time', { text: clock(at) }),
        el(
          'span',
          {},
          el('span', {}, ...codeNodes(text)),
          el('span', { class: 'quiet', text: `${kind}, ${shownAt === null ? 'not shown yet' : `shown ${clock(shownAt)}`}` }),
        ),
      ),
    );
}

function remove(desk: Desk, stand: SeatStand | undefined, back: () => void): void {
  if (!stand || !confirm(`Take ${stand.name} out of the class? What they did is kept; their program can no longer report.`))
    return;
  void desk
    .attempt(
      () => desk.client.removeSeat(stand.seat),
      () => `${stand.name} is no longer in the class.`,
    )
    .then(back);
}

function clock(ms: number): string {
  return new Date(ms).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}
