/** What a file block makes of a file: pure text in, text out. */
import type { WriteBlock } from '../model/lesson.ts';

/**
 * The file's contents after the block was written.
 * @param current the contents now; null where there is no file.
 * @param block the block.
 */
export function changedContent(current: string | null, block: Pick<WriteBlock, 'content' | 'mode'>): string {
  const content = withNewline(block.content);
  const before = current ?? '';
  switch (block.mode.how) {
    case 'replace':
      return content;
    case 'append':
      return before.endsWith(content) ? before : `${withNewline(before)}${content}`;
    case 'prepend':
      return before.startsWith(content) ? before : `${content}${before}`;
    case 'insert': {
      const at = before.indexOf(block.mode.marker);
      // The block's last newline would tear the line apart that the marker stands in.
      const inserted = content.replace(/\n$/, '');
      return at < 0 ? before : before.slice(0, at) + inserted + before.slice(at + block.mode.marker.length);
    }
    default:
      return replaceSection(before, block.mode.section, content);
  }
}

function withNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

const header = /^\s*\[([^\]]*)\]\s*$/;

/** Puts `content` where the ini section stands, header included, or at the end where there is none. */
function replaceSection(text: string, section: string, content: string): string {
  // One blank line stands between this section and the next, however many the block ends in.
  const titled = `${(startsWithHeader(content, section) ? content : `[${section}]\n${content}`).trimEnd()}\n`;
  const lines = text.split('\n');
  const start = lines.findIndex((line) => header.exec(line)?.[1] === section);
  if (start < 0) return text === '' ? titled : `${withNewline(text)}\n${titled}`;
  const after = lines.findIndex((line, index) => index > start && header.test(line));
  const before = lines.slice(0, start).join('\n');
  const rest = after < 0 ? '' : `\n${lines.slice(after).join('\n')}`;
  return `${start === 0 ? '' : `${before}\n`}${titled}${rest}`;
}

function startsWithHeader(content: string, section: string): boolean {
  const first = content.split('\n').find((line) => line.trim() !== '' && !/^\s*[;#]/.test(line));
  return first !== undefined && header.exec(first)?.[1] === section;
}
