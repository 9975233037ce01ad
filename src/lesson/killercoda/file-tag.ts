/** `<pre class="file" data-filename=… data-target=…>`: a file that the learner writes with one press. Pure. */
import { decodeEntities } from '../../lesson/markdown/entities.ts';

/** What such a tag says. */
export interface FileTag {
  /** As the author wrote it; empty where it is missing. */
  readonly path: string;
  readonly target: 'replace' | 'prepend' | 'append' | 'insert' | 'clipboard';
  /** Text that `insert` goes in place of. */
  readonly marker: string;
}

const TARGETS = ['replace', 'prepend', 'append', 'insert', 'clipboard'] as const;

/**
 * Reads the tag.
 * @param tag from `<` to `>`.
 */
export function fileTagOf(tag: string): FileTag {
  const target = attribute(tag, 'data-target').toLowerCase();
  const path = attribute(tag, 'data-filename').trim();
  return {
    path,
    target: TARGETS.find((known) => known === target) ?? (path === '' ? 'clipboard' : 'replace'),
    marker: attribute(tag, 'data-marker'),
  };
}

/**
 * The text that a piece of HTML without further elements shows.
 * @param html text with character references.
 */
export function htmlText(html: string): string {
  return decodeEntities(html);
}

function attribute(tag: string, name: string): string {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(tag);
  return decodeEntities(found?.[1] ?? found?.[2] ?? found?.[3] ?? '');
}
