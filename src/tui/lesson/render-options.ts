/** What else than the text decides how it looks. */
import type { StepView } from '../../session/view.ts';

/** What else decides how nodes look. */
export interface RenderOptions {
  /** The steps of the section by block id; code of other blocks is only shown. */
  readonly steps?: ReadonlyMap<string, StepView>;
  /** The block that is marked, if any. */
  readonly selected?: string | null;
  /** The key that acts on the marked block as it is called now, e.g. `⏎`; empty where none does. */
  readonly actionKey?: string;
}
