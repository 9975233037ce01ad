/**
 * Puts the picture together: from a moment to layers and a cursor. It keeps painted rows, so that scrolling costs
 * next to nothing, and asks the chrome's painter only for what has changed. It knows nothing of keys and streams.
 */
import type { Tab } from '../engine/engine.ts';
import type { View } from '../session/view.ts';
import { type Chrome, overlayTextWidth, placeOverlay } from './chrome/chrome.ts';
import { footerLine } from './chrome/footer.ts';
import { headerLine } from './chrome/header.ts';
import { overlayContent } from './chrome/overlays.ts';
import { ruleLine, topJunction } from './chrome/rules.ts';
import type { CursorPlace, Layer, Region } from './compositor/layer.ts';
import type { KeyBook } from './keys.ts';
import { type Layout, layoutOf, type PanePlace, smallest } from './layout.ts';
import { createDocumentRenderer } from './lesson/document.ts';
import { openSection } from './lesson/progress.ts';
import { lessonTitle, shellTitle } from './pane/pane-titles.ts';
import { endedLine, hostLines } from './pane/shell-lines.ts';
import { type Panel, panelLines } from './panel/panel-lines.ts';
import { hintable, markedStop, readingOf, type Situation, shownTab } from './situation.ts';
import { dimStyle, type Line, span } from './text/line.ts';
import { fitRow } from './text/row.ts';
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
  /** Notices newer than this are shown, ms since the epoch. */
  readonly noticeAfter: number;
}

/** An empty cell at both sides of the lesson's text. */
const margin = 1;

/**
 * A screen that has drawn nothing yet.
 * @param options colours, names and clock.
 */
export function createScreen(options: ScreenOptions): Screen {
  const { theme, keys } = options;
  const documents = createDocumentRenderer();
  const painted = new WeakMap<Line, { readonly cols: number; readonly text: string }>();

  const paint = (line: Line, cols: number): string => {
    const known = painted.get(line);
    if (known?.cols === cols) return known.text;
    const text = theme.paint(line, cols);
    painted.set(line, { cols, text });
    return text;
  };

  const linesLayer = (region: Region, lines: readonly Line[], first = 0): Layer => ({
    region,
    row: (y) => paint(lines[first + y] ?? emptyLine, region.cols),
  });

  return {
    situation({ view, ui, tabs, cols, rows }) {
      const layout = layoutFor(view, ui, cols, rows);
      if (layout === null) return null;
      const body = (layout.lesson ?? layout.shell)?.body;
      const width = (body?.cols ?? cols) - 2 * margin;
      const document = documents.render({
        view,
        width,
        marked: markedStop(view, ui),
        actionKey: keys.keyFor('act', ui.focus),
        prefix: keys.prefix,
      });
      return { view, ui, tabs, layout, keys, reading: readingOf(view, ui, document, { width, height: body?.rows ?? 1 }) };
    },

    picture(situation, moment, chrome) {
      if (situation === null) return { layers: [tooSmall(moment, linesLayer)], cursor: () => null, scrollback: 0 };
      const { layout } = situation;
      const panel = panelFor(situation, options, moment.noticeAfter);
      const footer = panel.spill ?? footerLine(situation, layout.cols, options.place);
      const layers: Layer[] = [
        rowsLayer(layout.header, chrome.part('header', [headerLine(situation.view, layout.cols)], layout.header)),
        ...ruleLayers(situation, options.where, linesLayer),
        ...(layout.lesson ? lessonLayers(situation, layout.lesson, linesLayer) : []),
        ...(layout.shell ? shellLayers(situation, layout.shell, linesLayer) : []),
        rowsLayer(layout.panel.body, chrome.part('panel', panel.lines, layout.panel.body)),
        rowsLayer(layout.footer, chrome.part('footer', [footer], layout.footer)),
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
        cursor: () => (content === null ? cursorFor(situation) : null),
        scrollback: shownTab(situation.tabs, situation.ui)?.terminal.scrollback ?? 0,
      };
    },
  };
}

const emptyLine: Line = [];

type LinesLayer = (region: Region, lines: readonly Line[], first?: number) => Layer;

function rowsLayer(region: Region, rows: readonly string[]): Layer {
  return { region, row: (y) => rows[y] ?? ' '.repeat(region.cols) };
}

function layoutFor(view: View, ui: UiState, cols: number, rows: number): Layout | null {
  const open = openSection(view);
  const evidence = open?.monitor ? 1 + Math.max(2, open.monitor.programs.length) : 0;
  const wanted = Math.max(2, (open?.checks.length ?? 0) + 1);
  return layoutOf({ cols, rows, zoom: ui.zoomed ? ui.focus : null, wanted, evidence });
}

function tooSmall({ cols, rows }: Moment, linesLayer: LinesLayer): Layer {
  const sentence = `Lockstep needs ${smallest.cols}×${smallest.rows} cells; this terminal has ${cols}×${rows}. Make it larger to go on.`;
  return linesLayer({ col: 0, row: 0, cols, rows }, wrapSpans([span(sentence)], Math.max(1, cols)));
}

function ruleLayers(situation: Situation, where: string, linesLayer: LinesLayer): readonly Layer[] {
  const { layout, ui } = situation;
  const inLesson = ui.focus === 'lesson';
  const { lesson, shell, divider, panel } = layout;
  return [
    ...(lesson ? [linesLayer(lesson.title, [ruleLine(lessonTitle(situation), lesson.title.cols, inLesson)])] : []),
    ...(shell ? [linesLayer(shell.title, [ruleLine(shellTitle(situation, where), shell.title.cols, !inLesson)])] : []),
    ...(divider ? [dividerLayer(divider, inLesson ? 'left' : 'right', linesLayer)] : []),
    linesLayer(panel.title, [panelRule(situation)]),
    ...(divider ? [linesLayer({ ...panel.title, col: divider.col, cols: 1 }, [[span('┴', dimStyle)]])] : []),
  ];
}

function dividerLayer(divider: Region, heavy: 'left' | 'right', linesLayer: LinesLayer): Layer {
  const bar: Line = [span('│', dimStyle)];
  return linesLayer(divider, [[topJunction(heavy)], ...Array.from({ length: divider.rows - 1 }, () => bar)]);
}

function panelRule({ view, layout }: Situation): Line {
  const open = openSection(view);
  const checks = open?.checks ?? [];
  const passed = checks.filter((check) => check.status === 'pass').length;
  const whose = view.shown === view.open || !open ? 'Checks' : `Checks of section ${open.number}`;
  const left: Line = checks.length === 0 ? [] : [span(`${whose}  ${passed} of ${checks.length}`)];
  return ruleLine({ left, right: [] }, layout.cols, false);
}

function lessonLayers({ reading }: Situation, { body }: PanePlace, linesLayer: LinesLayer): readonly Layer[] {
  const text: Region = { ...body, col: body.col + margin, cols: body.cols - margin };
  return [linesLayer({ ...body, cols: margin }, []), linesLayer(text, reading.document.lines, reading.top)];
}

function shellLayers(situation: Situation, { body }: PanePlace, linesLayer: LinesLayer): readonly Layer[] {
  const { view, tabs, ui, keys } = situation;
  const tab = shownTab(tabs, ui);
  const there = view.host.status === 'ready' || view.host.status === 'preparing';
  if (!tab || !there) return [linesLayer(body, hostLines(view.host, body.cols))];
  const { terminal } = tab;
  const rows: Layer = {
    region: body,
    row: (y) => {
      if (y >= terminal.rows) return ' '.repeat(body.cols);
      const row = terminal.paintRow(y);
      return terminal.cols === body.cols ? row : fitRow(row, body.cols);
    },
  };
  if (terminal.alive) return [rows];
  const last: Region = { ...body, row: body.row + body.rows - 1, rows: 1 };
  return [rows, linesLayer(last, [endedLine(keys.keyFor('new-tab', ui.focus))])];
}

function cursorFor({ view, tabs, ui, layout }: Situation): CursorPlace | null {
  const tab = shownTab(tabs, ui);
  const body = layout.shell?.body;
  if (ui.focus !== 'shell' || !tab || !body || view.host.status !== 'ready') return null;
  const { terminal } = tab;
  const { col, row, visible, shape } = terminal.cursor;
  if (!visible || !terminal.alive || terminal.scrollback > 0 || row >= body.rows) return null;
  return { col: body.col + Math.min(col, body.cols - 1), row: body.row + row, shape };
}

function panelFor({ view, ui, layout, keys, reading }: Situation, options: ScreenOptions, noticeAfter: number): Panel {
  const { cols, rows } = layout.panel.body;
  return panelLines(view, {
    width: cols,
    rows,
    hint: { check: hintable(view)?.id ?? null, key: keys.keyFor('hint', ui.focus) },
    actKey: reading.marked === onward && reading.markSeen ? keys.keyFor('act', ui.focus) : '',
    allKey: keys.keyFor('all-checks', ui.focus),
    noticeAfter: Math.max(noticeAfter, ui.noticeRead),
    time: options.time,
  });
}
