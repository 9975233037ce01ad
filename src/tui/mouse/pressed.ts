/** What can be pointed at, and a button that is held down on it: types alone. */

/** A thing that can be pointed at. */
export type Target =
  /** Something lies over the panes and takes all there is. */
  | { readonly type: 'overlay' }
  /** A cell of the shell's pane, from 0. */
  | { readonly type: 'shell'; readonly col: number; readonly row: number }
  | { readonly type: 'tab'; readonly tab: number }
  | { readonly type: 'new-tab' }
  /** A stop in the lesson's text: a block, or the way onward. */
  | { readonly type: 'stop'; readonly stop: string }
  | { readonly type: 'lesson' }
  | { readonly type: 'nothing' };

/** A button that is down: where it went down. */
export interface Pressed {
  readonly target: Target;
  readonly col: number;
  readonly row: number;
  /** In the shell: the line that was under it. */
  readonly line: number;
}
