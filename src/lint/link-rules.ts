/** Rules about links: one that leads to nothing. Addresses on the network are not asked. */
import { createSlugger } from '../lesson/text/slug.ts';
import type { Inline, Node } from '../model/markdown.ts';
import { plainText } from '../model/markdown.ts';
import type { Place, Problem } from '../model/problem.ts';
import type { LintRule, LintSubject } from './rule.ts';

/**
 * `dead-link` for files that are not there, `dead-anchor` for headings that the text does not have.
 * @param subject the lesson.
 */
export const deadLinks: LintRule = (subject) => {
  const { lesson } = subject;
  const nodes = [...lesson.introduction, ...lesson.sections.flatMap(({ body, explain }) => [...body, ...explain])];
  const anchors = anchorsOf(subject);
  const findPlace = placeFinder(subject);
  return hrefsIn(nodes).flatMap((href): readonly Problem[] => {
    if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(href)) return [];
    const [path = '', anchor = ''] = href.split('#');
    if (path === '' && anchor !== '') return anchors.has(decoded(anchor)) ? [] : [deadAnchor(anchor, anchors, findPlace(href))];
    if (path === '' || subject.exists(decoded(path))) return [];
    const message = `This link leads nowhere: there is no \`${path}\` beside the text.`;
    const suggestion = 'Mend the path, which is relative to the text.';
    return [{ place: findPlace(href), rule: 'dead-link', message, suggestion, severity: 'error' }];
  });
};

function deadAnchor(anchor: string, anchors: ReadonlySet<string>, place: Place): Problem {
  const message = `This link leads nowhere: no heading of the text has the anchor \`#${anchor}\`.`;
  const suggestion =
    anchors.size === 0 ? 'The text has no headings.' : `There are: ${[...anchors].map((each) => `#${each}`).join(', ')}.`;
  return { place, rule: 'dead-anchor', message, suggestion, severity: 'error' };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The anchors that a forge would give the headings, and those set by hand in HTML. */
function anchorsOf({ lesson, text }: LintSubject): ReadonlySet<string> {
  const slugger = createSlugger();
  const anchors = new Set<string>();
  const add = (nodes: readonly Node[]): void => {
    for (const node of nodes) if (node.type === 'heading') anchors.add(slugger.slug(plainText(node.children)));
  };
  if (lesson.title !== '') anchors.add(slugger.slug(lesson.title));
  add(lesson.introduction);
  for (const section of lesson.sections) {
    anchors.add(section.id);
    add(section.body);
  }
  for (const [, name = ''] of text.matchAll(/<[a-z][^>]{0,200}\b(?:id|name)=["']([^"']{1,200})["']/gi)) anchors.add(name);
  return anchors;
}

function hrefsIn(nodes: readonly Node[]): readonly string[] {
  return nodes.flatMap((node): readonly string[] => {
    switch (node.type) {
      case 'heading':
      case 'paragraph':
        return hrefsOf(node.children);
      case 'quote':
        return hrefsIn(node.children);
      case 'list':
        return node.items.flatMap(({ children }) => hrefsIn(children));
      case 'table':
        return [...node.header, ...node.rows.flat()].flatMap(hrefsOf);
      default:
        return [];
    }
  });
}

function hrefsOf(inlines: readonly Inline[]): readonly string[] {
  return inlines.flatMap((inline): readonly string[] => {
    switch (inline.type) {
      case 'link':
        return [inline.href, ...hrefsOf(inline.children)];
      case 'image':
        return [inline.href];
      case 'strong':
      case 'emphasis':
      case 'strike':
        return hrefsOf(inline.children);
      default:
        return [];
    }
  });
}

/** Nodes have no places; a link is found again by its address, the second of an address after the first. */
function placeFinder({ text, file }: LintSubject): (href: string) => Place {
  const lines = text.split('\n');
  const after = new Map<string, { readonly line: number; readonly column: number }>();
  return (href) => {
    const from = after.get(href) ?? { line: 0, column: 0 };
    for (let line = from.line; line < lines.length; line += 1) {
      const column = (lines[line] ?? '').indexOf(href, line === from.line ? from.column : 0);
      if (column < 0) continue;
      after.set(href, { line, column: column + href.length });
      return { file, line: line + 1, column: column + 1 };
    }
    return { file, line: 1, column: 1 };
  };
}
