/** Loads Ink with the environment it needs, and leaves the environment as it was. */
import type { Theme } from '../../tui/theme.ts';
import type { Chrome } from './chrome.ts';

/**
 * Ink's painter, once Ink is loaded. Ink draws nothing live where `CI` is set, and React is several times slower
 * outside of production mode; both look at the environment only while they are loaded. (The built program has React's
 * mode decided already; this is for running from the sources.)
 * @param theme colours.
 * @param env the process's environment; changed while Ink is loading.
 */
export async function loadInkChrome(theme: Theme, env: NodeJS.ProcessEnv): Promise<Chrome> {
  const before = { CI: env['CI'], CONTINUOUS_INTEGRATION: env['CONTINUOUS_INTEGRATION'], NODE_ENV: env['NODE_ENV'] };
  delete env['CI'];
  delete env['CONTINUOUS_INTEGRATION'];
  env['NODE_ENV'] ??= 'production';
  try {
    const { createInkChrome } = await import('./ink-chrome.tsx');
    // In the built program it is this call that loads Ink.
    return await createInkChrome(theme);
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete env[name];
      else env[name] = value;
    }
  }
}
