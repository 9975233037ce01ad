/**
 * Puts the picture together: from a moment to layers and a cursor. It keeps painted rows, so that scrolling costs
 * next to nothing, and asks the chrome's painter only for what has changed. It knows nothing of keys and streams.
 */
import type { Tab } from '../engine/engine.ts';
import type { View } from '../session/view.ts';
import { words } from '../words/words.ts';
import { type Chrome, overlayTextWidth, placeOverlay } from './chrome/chrome.ts';
import { footerLine, promptCursor } from './chrome/footer.ts';
import { headerLine } from './chrome/header.ts';
import { overlayContent } from './chrome/overlays.ts';
import { sharedMark } from './classroom/class-mark.ts';
import type { CursorPlace, Layer, Region } from './compositor/layer.ts';
import type { KeyBook } from './key-book.ts';
import { type Layout, layoutOf, smallest } from './layout.ts';
import { createDocumentRenderer } from './lesson/document.ts';
import { openSection } from './lesson/progress.ts';
import { createLinesLayer, type LinesLayer } from './lines-layer.ts';
import { cursorFor, lessonLayers, margin, shellLayers } from './pane/pane-layers.ts';
import { ruleLayers } from './pane/rule-layers.ts';
import { type Panel, panelLines } from './panel/panel-lines.ts';
import { hintable, markedStop, openQuestion, readingOf, type Situation, shownTab } from './situation.ts';
import { type Line, lineWidth, span } from './text/line.ts';
import { wrapSpans } from './text/wrap.ts';
import type { Theme } from './theme.ts';
import { onward, type UiState } from './ui-state.ts';

/** What a screen always needs. */
export interface ScreenOptions {
  readonly theme: Theme;
  readonly keys: KeyBook;
  readonly version: string;
  /** Where the shell is, e.g. `ubuntu@galaxy`; empty where not known. */
  readonly where: string;
  /** What kind of place that is, e.g. `sandbox · private network`. */
  readonly place: string;
  /** Whether what is shown is being recorded. */
  readonly recording?: boolean;
  readonly time: (at: number) => string;
}

/** A picture of one moment. */
export interface Picture {
  readonly layers: readonly Layer[];
  /** Where the cursor is by now; it moves with the shell while the layers stay. */
  cursor(): CursorPlace | null;
  /** Lines back from the live screen that the shown shell had. */
  readonly scrollback: number;
}

/** Draws moments. */
export interface Screen {
  /**
   * Everything keys and panes must know of this moment; null where the screen is too small for it.
   * @param moment view, screen state, tabs and size.
   */
  situation(moment: Moment): Situation | null;
  /**
   * The picture of a moment.
   * @param situation from `situation`; null says that the screen is too small.
   * @param moment the same moment.
   * @param chrome who paints the parts around the panes.
   */
  picture(situation: Situation | null, moment: Moment, chrome: Chrome): Picture;
}

/** What a picture is made of. */
export interface Moment {
  readonly view: View;
  readonly ui: UiState;
  readonly tabs: readonly Tab[];
  readonly cols: number;
  readonly rows: number;
  /** Whether the section has been shown long enough to be acted on. */
  readonly settled: boolean;
  /** Notices newer than this are shown, ms since the epoch. */
  readonly noticeAfter: number;
}

/**
 * A screen that has drawn nothing yet.
 * @param options colours, names and clock.
 */
export function createScreen(options: ScreenOptions): Screen {
  const { theme, keys } = options;
  const documents = createDocumentRenderer();
  const linesLayer = createLinesLayer(theme);

  return {
    situation({ view, ui, tabs, cols, rows, settled }) {
      const layout = layoutFor(view, ui, cols, rows);
      if (layout === null) return null;
      const body = (layout.lesson ?? layout.shell)?.body;
      const width = (body?.cols ?? cols) - 2 * margin;
      const document = documents.render({
        view,
        width,
        marked: markedStop(view, ui),
        actionKey: settled ? keys.keyFor('act', ui.focus) : '',
        messageKey: keys.keyFor('read-message', ui.focus),
        prefix: keys.prefix,
      });
      return {
        view,
        ui,
        tabs,
        layout,
        keys,
        settled,
        reading: readingOf(view, ui, document, { width, height: body?.rows ?? 1 }),
      };
    },

    picture(situation, moment, chrome) {
      if (situation === null) return { layers: [tooSmall(moment, linesLayer)], cursor: () => null, scrollback: 0 };
      const { layout } = situation;
      const panel = panelFor(situation, options, moment.noticeAfter);
      const mark = footerMark(situation.view, options.recording === true);
      const [footerRegion, ...marks] = footerRegions(layout.footer, mark);
      const footer =
        (situation.ui.prompt === null ? panel.spill : undefined) ?? footerLine(situation, footerRegion.cols, options.place);
      const layers: Layer[] = [
        rowsLayer(layout.header, chrome.part('header', [headerLine(situation.view, layout.cols)], layout.header)),
        ...ruleLayers(situation, options.where, linesLayer),
        ...(layout.lesson ? lessonLayers(situation, layout.lesson, linesLayer) : []),
        ...(layout.shell ? shellLayers(situation, layout.shell, linesLayer) : []),
        rowsLayer(layout.panel.body, chrome.part('panel', panel.lines, layout.panel.body)),
        rowsLayer(footerRegion, chrome.part('footer', [footer], footerRegion)),
        ...marks.map((region) => linesLayer(region, [mark])),
      ];
      const content = overlayContent(situation, {
        width: overlayTextWidth(layout.cols),
        time: options.time,
        version: options.version,
      });
      if (content) {
        const overlay = placeOverlay(content, layout.cols, layout.rows);
        layers.push(rowsLayer(overlay.region, chrome.overlay(overlay)));
      }
      return {
        layers,
        cursor: () => (content === null ? cursorOf(situation, footerRegion) : null),
        scrollback: shownTab(situation.tabs, situation.ui)?.terminal.scrollback ?? 0,
      };
    },
  };
}

/** In what is typed into the footer, or where the shell's is. */
function cursorOf(situation: Situation, footer: Region): CursorPlace | null {
  const { prompt } = situation.ui;
  if (prompt === null) return cursorFor(situation);
  return { col: footer.col + promptCursor(prompt, footer.cols), row: footer.row, shape: 0 };
}

/** Nobody is recorded without seeing so: the mark stands at the end of the footer, whatever else does. */
function recordingMark(): Line {
  return [span(words().screen.recording, { tone: 'accent', bold: true })];
}

/** Who is looking along now. */
function footerMark(view: View, recording: boolean): Line {
  return [...(view.class?.share?.status === 'on' ? sharedMark() : []), ...(recording ? recordingMark() : [])];
}

/** The footer's own region, and the mark's where there is one. */
function footerRegions(footer: Region, mark: Line): readonly [Region, ...Region[]] {
  if (mark.length === 0) return [footer];
  const cols = lineWidth(mark);
  const rest = { ...footer, cols: footer.cols - cols };
  return [rest, { ...footer, col: footer.col + rest.cols, cols }];
}

function rowsLayer(region: Region, rows: readonly string[]): Layer {
  return { region, still: true, row: (y) => rows[y] ?? ' '.repeat(region.cols) };
}

function layoutFor(view: View, ui: UiState, cols: number, rows: number): Layout | null {
  const open = openSection(view);
  const evidence = open?.monitor ? 1 + Math.max(2, open.monitor.programs.length) : 0;
  const wanted = Math.max(2, (open?.checks.length ?? 0) + 1);
  return layoutOf({ cols, rows, zoom: ui.zoomed ? ui.focus : null, wanted, evidence });
}

function tooSmall({ cols, rows }: Moment, linesLayer: LinesLayer): Layer {
  const sentence = words().screen.tooSmall(`${smallest.cols}×${smallest.rows}`, `${cols}×${rows}`);
  return linesLayer({ col: 0, row: 0, cols, rows }, wrapSpans([span(sentence)], Math.max(1, cols)));
}

function panelFor({ view, ui, layout, keys, reading }: Situation, options: ScreenOptions, noticeAfter: number): Panel {
  const { cols, rows } = layout.panel.body;
  const actKey = reading.marked === onward && reading.markSeen ? keys.keyFor('act', ui.focus) : '';
  return panelLines(view, {
    width: cols,
    rows,
    hint: { check: hintable(view)?.id ?? null, key: keys.keyFor('hint', ui.focus) },
    answer: { check: openQuestion(view)?.id ?? null, key: keys.keyFor('answer', ui.focus) },
    actKey,
    classKeys: {
      message: keys.keyFor('read-message', ui.focus),
      share: keys.keyFor('share-screen', ui.focus),
      act: actKey,
    },
    allKey: keys.keyFor('all-checks', ui.focus),
    noticeAfter: Math.max(noticeAfter, ui.noticeRead),
    time: options.time,
  });
}
