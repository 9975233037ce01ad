/**
 * Where everything is on a screen of some size. Pure maths: it knows what wants room, not what is in it.
 */
import type { Region } from './compositor/layer.ts';

/** What decides the layout. */
export interface LayoutNeeds {
  readonly cols: number;
  readonly rows: number;
  /** The pane that has the whole room, if one was zoomed. */
  readonly zoom: 'lesson' | 'shell' | null;
  /** Rows that the panel would like: checks, and a spare one. */
  readonly wanted: number;
  /** Rows of live evidence (requests, programs) that stay even where checks shrink to one line. */
  readonly evidence: number;
}

/** A pane: a rule with its title on it, and the room below. */
export interface PanePlace {
  readonly title: Region;
  readonly body: Region;
}

/** Places of everything; panes that are not shown are null. */
export interface Layout {
  readonly kind: 'side' | 'stacked';
  readonly cols: number;
  readonly rows: number;
  readonly header: Region;
  readonly lesson: PanePlace | null;
  readonly shell: PanePlace | null;
  /** The line between panes that are side by side. */
  readonly divider: Region | null;
  readonly panel: PanePlace;
  readonly footer: Region;
  /** Size of the terminals, also while their pane is hidden. */
  readonly terminal: { readonly cols: number; readonly rows: number };
}

/** The smallest screen that is drawn at all. */
export const smallest = { cols: 60, rows: 20 } as const;

/** From this width on the panes stand side by side. */
const sideFrom = 100;
/** What a terminal needs for what is usually printed at conferences. */
const terminalCols = 60;
/** Longer lines are hard to read; what is left over is the terminal's. */
const lessonCols = 84;
/** Rows that panes keep whatever the panel would like. */
const paneRows = 12;
const stackedRows = 28;

/**
 * The layout for a screen; null where it is too small to be of use.
 * @param needs size and wishes.
 */
export function layoutOf(needs: LayoutNeeds): Layout | null {
  const { cols, rows } = needs;
  if (cols < smallest.cols || rows < smallest.rows) return null;
  const kind = cols >= sideFrom ? 'side' : 'stacked';
  const panelRows = panelHeight(needs, kind);
  const footer = { col: 0, row: rows - 1, cols, rows: 1 };
  const panelTop = rows - 2 - panelRows;
  const shared = {
    kind,
    cols,
    rows,
    header: { col: 0, row: 0, cols, rows: 1 },
    panel: { title: { col: 0, row: panelTop, cols, rows: 1 }, body: { col: 0, row: panelTop + 1, cols, rows: panelRows } },
    footer,
  } as const;
  const room = { col: 0, row: 1, cols, rows: panelTop - 1 };
  const panes = kind === 'side' ? sidePanes(room) : stackedPanes(room);
  const terminal = needs.zoom === 'shell' ? pane(room).body : panes.shell.body;
  return { ...shared, ...shownPanes(panes, room, needs.zoom), terminal: { cols: terminal.cols, rows: terminal.rows } };
}

interface Panes {
  readonly lesson: PanePlace;
  readonly shell: PanePlace;
  readonly divider: Region | null;
}

function shownPanes(panes: Panes, room: Region, zoom: LayoutNeeds['zoom']): Pick<Layout, 'lesson' | 'shell' | 'divider'> {
  if (zoom === 'lesson') return { lesson: pane(room), shell: null, divider: null };
  if (zoom === 'shell') return { lesson: null, shell: pane(room), divider: null };
  return panes;
}

function panelHeight(needs: LayoutNeeds, kind: Layout['kind']): number {
  const { rows, wanted, evidence } = needs;
  const least = evidence > 0 ? Math.min(evidence, rows < 24 ? 1 : 3) + 1 : 1;
  if (kind === 'stacked' && rows < stackedRows) return least;
  const fixed = kind === 'side' ? 4 : 5;
  const most = Math.min(Math.floor(rows / 3), rows - fixed - paneRows);
  return Math.max(least, Math.min(wanted + evidence, most));
}

function sidePanes(room: Region): Panes {
  const left = Math.min(Math.floor((room.cols - 1) / 2), room.cols - 1 - terminalCols, lessonCols);
  const right = room.cols - 1 - left;
  return {
    lesson: pane({ ...room, cols: left }),
    shell: pane({ ...room, col: left + 1, cols: right }),
    divider: { col: left, row: room.row, cols: 1, rows: room.rows },
  };
}

function stackedPanes(room: Region): Panes {
  const upper = Math.floor((room.rows - 2) * 0.46) + 1;
  return {
    lesson: pane({ ...room, rows: upper }),
    shell: pane({ ...room, row: room.row + upper, rows: room.rows - upper }),
    divider: null,
  };
}

function pane(room: Region): PanePlace {
  return { title: { ...room, rows: 1 }, body: { ...room, row: room.row + 1, rows: room.rows - 1 } };
}
