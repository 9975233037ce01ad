/**
 * The instructor's secret on its way into the page: it comes behind the `#` of the address, which browsers send to
 * nobody, is taken out of the address at once, and is kept for this tab alone.
 */

const KEPT = 'lockstep-secret';

/** Where the page is, as the part of the address behind the `#` says. */
export type Route = { readonly page: 'class' } | { readonly page: 'seat'; readonly seat: string };

/** The secret that this tab knows; one in the address replaces it and is taken out of there. Null: none. */
export function takeSecret(): string | null {
  const given = location.hash.slice(1);
  if (given !== '' && !given.startsWith('/')) {
    keepSecret(decodeURIComponent(given));
    history.replaceState(null, '', location.pathname);
  }
  return sessionStorage.getItem(KEPT);
}

/**
 * Keeps a secret for this tab.
 * @param secret the secret.
 */
export function keepSecret(secret: string): void {
  sessionStorage.setItem(KEPT, secret);
}

/** Forgets it, as when the server does not know it. */
export function forgetSecret(): void {
  sessionStorage.removeItem(KEPT);
}

/**
 * What the address asks for.
 * @param hash the part behind the `#`, with it.
 */
export function routeOf(hash: string): Route {
  const seat = /^#\/seat\/([A-Za-z0-9_-]+)$/.exec(hash)?.[1];
  return seat === undefined ? { page: 'class' } : { page: 'seat', seat };
}
