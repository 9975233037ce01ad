/**
 * A lesson's text as plain data: what was written, not how it was parsed or will be drawn.
 * It knows nothing of the markdown library that read it nor of any screen.
 */

/** A run of text inside a paragraph, heading, list item or table cell. */
export type Inline =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'strong' | 'emphasis' | 'strike'; readonly children: readonly Inline[] }
  | { readonly type: 'link'; readonly href: string; readonly children: readonly Inline[] }
  | { readonly type: 'image'; readonly href: string; readonly alt: string }
  | { readonly type: 'break' };

/** How a table column is set. */
export type Align = 'left' | 'center' | 'right' | null;

/** One item of a list; `checked` is there for task lists only. */
export interface ListItem {
  readonly checked?: boolean;
  readonly children: readonly Node[];
}

/** A block of the text. */
export type Node =
  | { readonly type: 'heading'; readonly depth: number; readonly children: readonly Inline[] }
  | { readonly type: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly type: 'list'; readonly ordered: boolean; readonly start: number; readonly items: readonly ListItem[] }
  | { readonly type: 'quote'; readonly children: readonly Node[] }
  | {
      readonly type: 'table';
      readonly align: readonly Align[];
      readonly header: readonly (readonly Inline[])[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    }
  | {
      readonly type: 'code';
      readonly lang: string;
      readonly text: string;
      /** The id of the lesson block this fence became; absent where it is only shown. */
      readonly block?: string;
    }
  | { readonly type: 'rule' };

/**
 * The plain text of inline runs, without any mark-up; links give their text.
 * @param inlines the runs, in order.
 */
export function plainText(inlines: readonly Inline[]): string {
  return inlines
    .map((part) => {
      switch (part.type) {
        case 'text':
        case 'code':
          return part.text;
        case 'image':
          return part.alt;
        case 'break':
          return '\n';
        default:
          return plainText(part.children);
      }
    })
    .join('');
}
