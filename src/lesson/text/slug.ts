/** The names that forges give to headings, so that a link to a section and its name in lesson.yaml are one. */

/** Gives each heading of one text its slug; the second of a name gets `-1`, the third `-2`. */
export interface Slugger {
  /** @param heading the heading's plain text. */
  slug(heading: string): string;
}

/** A slugger for one text. */
export function createSlugger(): Slugger {
  const taken = new Map<string, number>();
  return {
    slug(heading) {
      const wanted = slugOf(heading);
      let slug = wanted;
      let count = taken.get(wanted) ?? 0;
      while (taken.has(slug)) {
        count++;
        slug = `${wanted}-${count}`;
      }
      taken.set(wanted, count);
      taken.set(slug, taken.get(slug) ?? 0);
      return slug;
    },
  };
}

/** As GitHub does: lower case, letters, digits, `-` and `_` stay, spaces become `-`, all else goes. */
function slugOf(heading: string): string {
  const slug = heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
  return slug === '' ? 'section' : slug;
}

/**
 * A heading without its leading count (`Section 3 - `, `Task 2: `, `Step 1. `, `4) `); for tight places.
 * @param heading the heading's plain text.
 */
export function shortTitle(heading: string): string {
  const short = heading.replace(
    /^\s*(?:(?:section|task|step|part|exercise|chapter|lesson|unit|module|lab|stage)\s{1,4}(?:\d{1,4}(?:\.\d{1,4}){0,3}|[ivx]{1,5}|[a-z])\s{0,4}[-–—:.)|]{1,2}|\d{1,4}(?:\.\d{1,4}){0,3}\s{0,4}[-–—:.)|])\s{1,4}/i,
    '',
  );
  return short.trim() === '' ? heading : short.trim();
}
