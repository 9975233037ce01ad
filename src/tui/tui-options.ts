/** What the screen is made of. */
import type { Engine } from '../engine/engine.ts';
import type { TuiClock } from './clock.ts';
import type { Compositor } from './compositor/layer.ts';

/** What the program is given. It starts the engine once the first frame is painted; who opened it closes it. */
export interface TuiOptions {
  readonly engine: Engine;
  readonly compositor: Compositor;
  /** `NO_COLOR` and `TERM` are looked at. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** The machine's clock where absent. */
  readonly clock?: TuiClock;
  /** The key between shell and lesson, e.g. `ctrl-o`; `Ctrl-]` where absent. */
  readonly prefix?: string;
  /** Where the shell is, e.g. `ubuntu@galaxy`. */
  readonly where?: string;
  /** What kind of place that is, e.g. `sandbox · private network`. */
  readonly place?: string;
  /** Whether what is shown is being recorded; it is said on the screen. */
  readonly recording?: boolean;
  /** Told with each picture which terminal tab is shown. */
  readonly onTabShown?: (tab: number) => void;
  /** Called once the first frame is painted and everything else is on its way. */
  readonly onFirstFrame?: () => void;
  /** Whether the lesson has the whole room to begin with. */
  readonly zoomed?: boolean;
}
