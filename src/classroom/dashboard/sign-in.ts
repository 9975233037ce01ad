/** Asks for the instructor's secret, where the address had none or the server does not know it. */
import { el } from './dom.ts';
import { keepSecret } from './secret.ts';

/**
 * Shows the question in place of the page.
 * @param page where it is shown.
 * @param refusal what the server said of the last secret; empty for the first time.
 * @param done goes on once there is one.
 */
export function signIn(page: HTMLElement, refusal: string, done: () => void): void {
  const secret = el('input', {
    attrs: { type: 'password', name: 'secret', id: 'secret', autocomplete: 'off', required: '', spellcheck: 'false' },
  });
  const form = el(
    'form',
    { class: 'card sign-in' },
    el('h1', { text: 'Class' }),
    el('label', { text: "The instructor's secret", attrs: { for: 'secret' } }),
    secret,
    el('p', {
      class: 'quiet',
      text: 'It stands in the terminal where `lockstep class serve` runs, and is kept for this tab only.',
    }),
    el('p', { class: 'problem', text: refusal, attrs: { role: 'alert' } }),
    el('div', { class: 'buttons' }, el('button', { class: 'first', text: 'Show the class' })),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (secret.value.trim() === '') return;
    keepSecret(secret.value.trim());
    done();
  });
  page.replaceChildren(el('main', { class: 'middle' }, form));
  secret.focus();
}
