/** Addresses that a scenario's text leaves open: they become those of the lesson's host, seen from its own shell. */

/** `https://[[HOST_SUBDOMAIN]]-8080-[[KATACODA_HOST]].environments.katacoda.com`, with its port. */
const SUBDOMAIN =
  /(?:https?:\/\/)?\[\[HOST2?_SUBDOMAIN\]\]-(\d{1,5})-\[\[KATACODA_HOST\]\](?:\.(?:environments\.)?(?:katacoda\.com|\[\[KATACODA_DOMAIN\]\]))?/g;

/** What stands for it on a host of one's own. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  HOST_IP: '127.0.0.1',
  HOST2_IP: '127.0.0.1',
  HOST_SUBDOMAIN: 'localhost',
  HOST2_SUBDOMAIN: 'localhost',
  KATACODA_HOST: 'localhost',
  KATACODA_DOMAIN: 'localhost',
};

/**
 * One line of text with its placeholders filled in.
 * @param line as the author wrote it.
 * @returns the text, and whether something was filled in.
 */
export function fillAddresses(line: string): { readonly text: string; readonly filled: boolean } {
  if (!line.includes('[[') && !line.includes('TRAFFIC_')) return { text: line, filled: false };
  const text = line
    .replace(SUBDOMAIN, 'http://localhost:$1')
    .replace(/\{\{\s*TRAFFIC_HOST\d?_(\d{1,5})\s*\}\}/g, 'http://localhost:$1')
    .replace(/\{\{\s*TRAFFIC_SELECTOR\s*\}\}/g, 'http://localhost')
    .replace(/\[\[([A-Z0-9_]{4,30})\]\]/g, (whole, name: string) => PLACEHOLDERS[name] ?? whole);
  return { text, filled: text !== line };
}
