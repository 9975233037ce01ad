/** The definition's start.sh: brings services up after each start, as a boot would. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { HostProgress } from '../../host/host.ts';
import { UserError } from '../../model/errors.ts';
import type { HostDefinition } from '../../model/host.ts';
import type { Helper } from './helper.ts';
import { DEFINITION_INSIDE, scriptOf } from './prepare.ts';
import { runScript } from './run-script.ts';

const START_SCRIPT_MS = 180_000;
const LAST_LINES = 5;

/**
 * Whether there is anything to run.
 * @param definition whose start.sh.
 */
export function hasStartScript(definition: HostDefinition): boolean {
  return existsSync(join(definition.dir, 'start.sh'));
}

/**
 * Runs start.sh as root where there is one. Rejects with a UserError (code `host-start-failed`) with its last lines.
 * @param helper of a session that runs.
 * @param definition whose start.sh.
 * @param onProgress told before it begins.
 */
export async function runStartScript(
  helper: Helper,
  definition: HostDefinition,
  onProgress?: (progress: HostProgress) => void,
): Promise<void> {
  if (!hasStartScript(definition)) return;
  onProgress?.({ sentence: `Starting ${definition.title}` });
  const result = await runScript(
    helper,
    { script: scriptOf('start.sh'), timeoutMs: START_SCRIPT_MS },
    // What it starts is the learner's to stop and to overload.
    { group: 'user', cwd: DEFINITION_INSIDE, starts: true },
  );
  if (result.code === 0) return;
  const words = `${result.stdout}${result.stderr}`.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '').trimEnd();
  const last = words.split('\n').slice(-LAST_LINES).join('\n  ');
  const how = result.timedOut ? 'did not end in time' : `ended with ${result.code ?? result.signal}`;
  throw new UserError('host-start-failed', `${definition.title} did not start: start.sh ${how}.\n  ${last}`, {
    tries: ['Start the session afresh: lockstep reset LESSON'],
  });
}
