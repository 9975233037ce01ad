/** Light or dark: as the system has it, until somebody says otherwise. */

const KEPT = 'lockstep-theme';
const ORDER = ['auto', 'light', 'dark'] as const;
type Theme = (typeof ORDER)[number];

/** What was chosen on this machine. */
function chosen(): Theme {
  const kept = localStorage.getItem(KEPT);
  return ORDER.find((theme) => theme === kept) ?? 'auto';
}

/** Shows the page in the colours that were chosen. */
export function applyTheme(): void {
  const theme = chosen();
  if (theme === 'auto') document.documentElement.removeAttribute('data-theme');
  else document.documentElement.setAttribute('data-theme', theme);
}

/** Goes on to the next of system, light and dark; returns its name for people. */
export function nextTheme(): string {
  const next = ORDER[(ORDER.indexOf(chosen()) + 1) % ORDER.length] ?? 'auto';
  localStorage.setItem(KEPT, next);
  applyTheme();
  return next === 'auto' ? 'Colours as the system has them' : `Colours: ${next}`;
}
