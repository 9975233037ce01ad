/** The view for the wall: how far the class is, without a name on it. Knows the join code and nothing more. */
import { createClassClient } from '../../classroom/instructor/class-client.ts';
import { several } from '../../classroom/instructor/seat-words.ts';
import type { ProjectorView } from '../../classroom/protocol/instructor-api.ts';
import { applyTheme } from './colours.ts';
import { el, keyedChildren, setAttr, setText } from './dom.ts';
import { icon } from './icons.ts';

/** How often it is asked for, milliseconds. */
const EVERY = 2_000;

applyTheme();

function start(page: HTMLElement, code: string): void {
  const client = createClassClient({ address: '', secret: code });
  const title = el('h1');
  const joining = el(
    'p',
    { class: 'wall-join' },
    'lockstep join ',
    el('b', { text: location.origin }),
    ' --code ',
    el('b', { text: code }),
  );
  const figures = el('p', { class: 'wall-figures' });
  const gate = el('p', { class: 'wall-gate' }, icon('lock'), el('span'));
  const list = el('ol', { class: 'wall-sections' });
  const trouble = el('p', { class: 'wall-trouble', attrs: { role: 'status' } });
  const sections = keyedChildren(list, createSection);
  page.replaceChildren(el('main', { class: 'wall' }, el('header', {}, title, joining), figures, gate, list, trouble));

  const show = (view: ProjectorView): void => {
    document.title = view.title;
    setText(title, view.title);
    const finished = view.sections.at(-1)?.done ?? 0;
    const facts = [several(view.seats, 'learner'), `${view.online} online`, `${finished} finished`];
    setText(figures, [...facts, ...(view.hands > 0 ? [`${several(view.hands, 'hand')} up`] : [])].join('   '));
    const held = view.sections.find(({ id }) => id === view.gate);
    gate.toggleAttribute('hidden', held === undefined);
    setText(gate.lastElementChild ?? gate, held ? `We go on together to “${held.title}”` : '');
    sections.arrange(view.sections.map(({ id }) => id));
    for (const [index, section] of view.sections.entries()) {
      sections.items.get(section.id)?.update(section, index + 1, view.seats, section.id === view.gate);
    }
  };

  const ask = async (): Promise<void> => {
    try {
      show(await client.projector());
      setText(trouble, '');
    } catch (error) {
      setText(trouble, (error as Error).message);
    }
    setTimeout(() => void ask(), EVERY);
  };
  void ask();
}

function createSection() {
  const number = el('span', { class: 'wall-number' });
  const title = el('span', { class: 'wall-title' });
  const done = el('span', { class: 'fill' });
  const here = el('span', { class: 'fill here' });
  const counts = el('span', { class: 'wall-counts' });
  const element = el('li', {}, number, title, el('span', { class: 'wall-bar' }, done, here), counts);
  return {
    element,
    update(section: ProjectorView['sections'][number], place: number, all: number, held: boolean) {
      setText(number, String(place));
      setText(title, section.title);
      const share = (part: number) => String(all === 0 ? 0 : part / all);
      done.style.setProperty('--share', share(section.done));
      here.style.setProperty('--share', share(section.here));
      const facts = [
        ...(section.done > 0 ? [`${section.done} through`] : []),
        ...(section.here > 0 ? [`${section.here} here`] : []),
      ];
      setText(counts, facts.join(', '));
      setAttr(element, 'data-held', held ? 'yes' : null);
    },
  };
}

const page = document.getElementById('page');
const code = decodeURIComponent(location.hash.slice(1));
if (page && code !== '') start(page, code);
else page?.replaceChildren(el('p', { class: 'middle quiet', text: 'Open this view from the instructor’s page.' }));
