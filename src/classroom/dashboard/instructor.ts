/** The instructor's page: who may see it, and which part of it is on the screen. */
import { createClassClient } from '../../classroom/instructor/class-client.ts';
import { openDesk } from './class-page.ts';
import { applyTheme } from './colours.ts';
import { forgetSecret, takeSecret } from './secret.ts';
import { signIn } from './sign-in.ts';

applyTheme();

function start(): void {
  const secret = takeSecret();
  const page = document.getElementById('page');
  if (!page) return;
  if (secret === null) {
    signIn(page, '', start);
    return;
  }
  openDesk(page, createClassClient({ address: '', secret }), (sentence) => {
    forgetSecret();
    signIn(page, sentence, start);
  });
}

// A link with a secret that is opened in a tab which is here already only changes the part behind the #.
addEventListener('hashchange', () => {
  if (location.hash.length > 1 && !location.hash.startsWith('#/')) {
    takeSecret();
    location.reload();
  }
});
start();
