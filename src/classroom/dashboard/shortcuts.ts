/** The page's keys: one table for what they do and for the list of them. */
import { el } from './dom.ts';

/** What keys can ask for. */
export interface ShortcutActions {
  readonly find: () => void;
  readonly matrix: () => void;
  readonly hand: () => void;
  readonly hint: () => void;
  readonly write: () => void;
  readonly sayToAll: () => void;
  readonly gate: () => void;
  readonly sort: () => void;
  readonly projector: () => void;
  readonly theme: () => void;
  readonly list: () => void;
  readonly group: (place: number) => void;
}

const TABLE: readonly (readonly [key: string, name: Exclude<keyof ShortcutActions, 'group'>, words: string])[] = [
  ['/', 'find', 'find a name'],
  ['m', 'matrix', 'to the matrix; arrows move, Enter opens'],
  ['h', 'hand', 'the hand that has been up longest'],
  ['t', 'hint', 'send the hint to the largest group that is stuck'],
  ['w', 'write', 'write to the learner the keyboard is on'],
  ['a', 'sayToAll', 'say something to all'],
  ['g', 'gate', 'the section the keyboard is on: hold, release'],
  ['o', 'sort', 'put the order right now'],
  ['p', 'projector', 'the view for the wall'],
  ['c', 'theme', 'colours: system, light, dark'],
  ['?', 'list', 'this list'],
];

/**
 * Listens to the keys. None does anything while something is being written, or with Ctrl, Alt or Meta.
 * @param actions what they do; null while they mean nothing.
 */
export function listenToKeys(actions: () => ShortcutActions | null): void {
  document.addEventListener('keydown', (event) => {
    const now = actions();
    if (!now || event.ctrlKey || event.altKey || event.metaKey || isWriting(event.target)) return;
    if (document.querySelector('dialog[open]')) return;
    const found = TABLE.find(([key]) => key === event.key);
    if (found) now[found[1]]();
    else if (/^[1-8]$/.test(event.key)) now.group(Number(event.key));
    else return;
    event.preventDefault();
  });
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select');
}

/** The list of keys, as a dialog. */
export function createShortcutList(): { readonly element: HTMLDialogElement; open(): void } {
  const rows = [...TABLE.map(([key, , words]) => [key, words] as const), ['1 … 8', 'narrow the matrix to a group'] as const];
  const close = el('button', { text: 'Close', attrs: { type: 'button' } });
  const element = el(
    'dialog',
    { class: 'card keys', attrs: { 'aria-labelledby': 'keys-title' } },
    el('h2', { class: 'card-title', text: 'Keys', attrs: { id: 'keys-title' } }),
    el('dl', {}, ...rows.map(([key, words]) => el('div', {}, el('dt', {}, el('kbd', { text: key })), el('dd', { text: words })))),
    el('div', { class: 'buttons' }, close),
  );
  close.addEventListener('click', () => element.close());
  return { element, open: () => element.showModal() };
}
