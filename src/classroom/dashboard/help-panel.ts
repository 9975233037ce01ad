/** Who asks, and what several are stuck at: hands with their notes, clusters with the hint ready to be said. */
import { duration, type NamedCluster, namedClusters, reasonWords, several } from '../../classroom/instructor/seat-words.ts';
import type { SeatStand } from '../../classroom/protocol/instructor-api.ts';
import { writeTo } from './check-card.ts';
import type { Desk } from './desk.ts';
import { button, codeNodes, el, keyedChildren, setText } from './dom.ts';
import { icon } from './icons.ts';

/** Clusters shown at once; the rest is counted. */
const MOST_CLUSTERS = 6;
/** Hands shown at once, those up longest; the groups below should be in sight as well. */
const MOST_HANDS = 3;

/** The panel. */
export interface HelpPanel {
  readonly element: HTMLElement;
  render(): void;
}

/**
 * The panel beside the matrix.
 * @param desk the page.
 */
export function createHelpPanel(desk: Desk): HelpPanel {
  const handList = el('div', { class: 'cards' });
  const handTitle = el('h2');
  const noHands = el('p', { class: 'quiet', text: 'No hand is up.' });
  const moreHands = button('', () => desk.setFilter({ group: 'hand', only: null, search: '' }), { class: 'link more' });
  const clusterList = el('div', { class: 'cards' });
  const clusterTitle = el('h2', { text: 'Stuck together' });
  const noClusters = el('p', { class: 'quiet', text: 'Nobody is stuck where others are.' });
  const more = el('p', { class: 'quiet' });
  const element = el(
    'aside',
    { class: 'help', attrs: { 'aria-label': 'Who needs help' } },
    el('section', { attrs: { 'aria-label': 'Hands' } }, handTitle, handList, moreHands, noHands),
    el('section', { attrs: { 'aria-label': 'Clusters' } }, clusterTitle, clusterList, more, noClusters),
  );
  const hands = keyedChildren(handList, (seat) => createHandCard(desk, seat));
  const clusters = keyedChildren(clusterList, () => createClusterCard(desk));

  return {
    element,
    render() {
      const raised = [...desk.view().seats.values()].filter(({ hand }) => hand !== null).sort(byHand);
      setText(handTitle, raised.length === 0 ? 'Hands' : several(raised.length, 'hand'));
      noHands.toggleAttribute('hidden', raised.length > 0);
      hands.arrange(raised.slice(0, MOST_HANDS).map(({ seat }) => seat));
      const rest = raised.length - MOST_HANDS;
      setText(moreHands, `${several(rest, 'more hand')}: show all in the class`);
      moreHands.toggleAttribute('hidden', rest <= 0);
      for (const seat of raised) hands.items.get(seat.seat)?.update(seat);
      const named = namedClusters(desk.view());
      noClusters.toggleAttribute('hidden', named.length > 0);
      clusters.arrange(named.slice(0, MOST_CLUSTERS).map(({ key }) => key));
      for (const cluster of named) clusters.items.get(cluster.key)?.update(cluster);
      setText(more, named.length > MOST_CLUSTERS ? `and ${several(named.length - MOST_CLUSTERS, 'smaller group')}` : '');
    },
  };
}

function byHand(a: SeatStand, b: SeatStand): number {
  return (a.hand?.at ?? 0) - (b.hand?.at ?? 0);
}

function createHandCard(desk: Desk, seat: string) {
  const current = (): SeatStand | undefined => desk.view().seats.get(seat);
  const name = button('', () => desk.openSeat(seat), { class: 'link name' });
  const since = el('span', { class: 'quiet' });
  const note = el('p', { class: 'note' });
  const answer = (): void => {
    const stand = current();
    if (stand) writeTo(desk, stand);
  };
  const seen = (): void => {
    const words = () => `${current()?.name ?? 'Their'}: hand seen.`;
    void desk.attempt(() => desk.client.handSeen(seat), words);
  };
  const element = el(
    'article',
    { class: 'card hand-card' },
    el('div', { class: 'card-head' }, el('span', { class: 'hand' }, icon('hand')), name, since),
    note,
    el('div', { class: 'buttons' }, button('Answer', answer, { class: 'first' }), button('Seen', seen)),
  );
  return {
    element,
    update(stand: SeatStand) {
      setText(name, stand.name);
      setText(since, stand.hand ? duration(desk.now() - stand.hand.at) : '');
      setText(note, stand.hand?.note ?? '');
      note.toggleAttribute('hidden', !stand.hand?.note);
    },
  };
}

function createClusterCard(desk: Desk) {
  let cluster: NamedCluster | null = null;
  let which = 0;
  let shownHint = '';
  const count = el('strong', { class: 'count' });
  const of = el('span', { class: 'quiet' });
  const title = el('h3', { class: 'card-title' });
  const reason = el('p', { class: 'quiet' });
  const hint = el('blockquote', { class: 'hint' });
  const next = button('Another hint', () => turn(), { class: 'link' });
  const send = button('', () => push(), { class: 'first' });
  const done = el('p', { class: 'sent' });

  const recipient = ({ check, reason: code }: NamedCluster) => ({ type: 'cluster', check, reason: code }) as const;
  const turn = (): void => {
    which += 1;
    show();
  };
  const push = (): void => {
    const text = cluster?.hints[which % cluster.hints.length];
    if (!cluster || text === undefined) {
      write();
      return;
    }
    const { check } = cluster;
    const to = recipient(cluster);
    void desk.attempt(
      () => desk.client.send({ to, kind: 'hint', check, text }),
      (sent) => {
        setText(done, `Sent to ${several(sent, 'learner')} at ${clock(desk.now())}`);
        return `The hint was sent to ${several(sent, 'learner')}.`;
      },
    );
  };
  const write = (): void => {
    if (!cluster) return;
    const name = several(cluster.seats.length, 'learner');
    const text = cluster.hints[which % Math.max(1, cluster.hints.length)] ?? '';
    desk.write({ to: recipient(cluster), name, kind: 'hint', check: cluster.check, text });
  };
  const only = (): void => {
    if (cluster) desk.setFilter({ only: new Set(cluster.seats), group: 'all', search: '' });
  };
  const show = (): void => {
    if (!cluster) return;
    setText(count, String(cluster.seats.length));
    setText(of, `of ${cluster.of} on ${cluster.section}`);
    setText(title, cluster.title);
    setText(reason, reasonWords(cluster.reason));
    const text = cluster.hints[which % Math.max(1, cluster.hints.length)] ?? '';
    if (text !== shownHint) hint.replaceChildren(...codeNodes(text));
    shownHint = text;
    hint.toggleAttribute('hidden', cluster.hints.length === 0);
    next.toggleAttribute('hidden', cluster.hints.length < 2);
    setText(send, cluster.hints.length === 0 ? 'Write to them' : `Send to ${cluster.seats.length}`);
  };
  const element = el(
    'article',
    { class: 'card cluster' },
    el('div', { class: 'card-head' }, count, of),
    title,
    reason,
    hint,
    el('div', { class: 'buttons' }, send, button('Edit', write), button('Show them', only, { class: 'link' }), next),
    done,
  );
  return {
    element,
    update(current: NamedCluster) {
      cluster = current;
      show();
    },
  };
}

/** The time of day, as the reader's place writes it. */
function clock(ms: number): string {
  return new Date(ms).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}
