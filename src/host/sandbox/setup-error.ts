/** What a failed setup.sh means for the person in front of it, judged by its log. Pure. */

import type { ExecResult } from '../../host/host.ts';
import { UserError } from '../../model/errors.ts';

const LAST_LINES = 8;

interface Pattern {
  readonly code: string;
  readonly found: RegExp;
  readonly sentence: string;
  readonly tries: readonly string[];
}

/** First match wins: a full disk also makes downloads fail. */
const PATTERNS: readonly Pattern[] = [
  {
    code: 'sandbox-disk-full',
    found: /No space left on device|not enough free (?:disk )?space|You don't have enough free space|disk is full/i,
    sentence: 'the disk is full',
    tries: ['Free some disk space, or keep the state elsewhere by setting LOCKSTEP_STATE to another folder.'],
  },
  {
    code: 'host-setup-no-network',
    found:
      /Temporary failure (?:in name resolution|resolving)|Could not resolve|Network is unreachable|Unable to connect to|Connection timed out|Could not connect to|Failed to establish a new connection/i,
    sentence: 'the network, or the package mirror, cannot be reached',
    tries: ['Check the network (and http_proxy, if you need one), then start again; preparing begins anew.'],
  },
  {
    code: 'host-setup-apt-locked',
    found: /Could not get lock|Unable to (?:acquire|lock)|is held by process|frontend lock was locked/i,
    sentence: 'another program is installing packages',
    tries: ['Wait until it has ended, then start again.'],
  },
  {
    code: 'host-setup-apt',
    found:
      /Unable to locate package|unmet dependencies|dpkg was interrupted|Hash Sum mismatch|has no installation candidate|Failed to fetch|Unable to fetch|404 +Not Found|is not signed|dpkg: error|Sub-process \/usr\/bin\/dpkg/i,
    sentence: 'apt could not install the packages',
    tries: ['Run apt-get update on this machine, then start again.', 'If dpkg was interrupted: dpkg --configure -a'],
  },
];

/**
 * The error for a setup.sh that failed.
 * @param title the host's title.
 * @param log path of its log.
 * @param text the log's text.
 * @param result how it ended.
 */
export function setupError(
  title: string,
  log: string,
  text: string,
  result: Pick<ExecResult, 'code' | 'signal' | 'timedOut'>,
): UserError {
  const lines = text
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '')
    .trimEnd()
    .split('\n')
    .slice(-LAST_LINES);
  const known = result.timedOut ? undefined : PATTERNS.find((pattern) => pattern.found.test(text.slice(-20_000)));
  const how = result.timedOut
    ? 'it took too long and was stopped'
    : (known?.sentence ?? (result.code === null ? `it was ended by ${result.signal}` : `setup.sh ended with ${result.code}`));
  return new UserError(
    known?.code ?? 'host-setup-failed',
    `${title} could not be prepared: ${how}. Its log is ${log}; the last lines:\n${lines.map((line) => `  ${line}`).join('\n')}`,
    { tries: known?.tries ?? [`Read the log: less ${log}`] },
  );
}
