/** The door to scenarios: built, all that is known of them is a file beside the program that is read for a scenario alone. */
import { exportScenario } from './export-scenario.ts';
import { readScenario } from './read-scenario.ts';
import { readStructure } from './structure.ts';

/** What can be done with scenarios. */
export interface Killercoda {
  readonly readScenario: typeof readScenario;
  readonly readStructure: typeof readStructure;
  readonly exportScenario: typeof exportScenario;
}

/** Reading and writing them. */
export async function loadKillercoda(): Promise<Killercoda> {
  return { readScenario, readStructure, exportScenario };
}
