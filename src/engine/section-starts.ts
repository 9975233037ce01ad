/** What is kept of a section's start, and what is asked again when somebody comes back. */
import { setTimeout as sleep } from 'node:timers/promises';
import { runChecks } from '../checks/checks.ts';
import type { Host } from '../host/host.ts';
import type { Check, Verdict } from '../model/check.ts';
import { messageOf } from '../model/errors.ts';
import type { SessionEvent } from '../session/events.ts';

/** Where, and whom to tell. */
export interface StartOptions {
  readonly host: Pick<Host, 'exec' | 'snapshot'>;
  readonly now: () => number;
  readonly dispatch: (event: SessionEvent) => void;
}

/** After a start something may still be coming up: how long that is waited for at most, and between two looks, milliseconds. */
const patienceMs = { shortest: 5_000, longest: 60_000, between: 500 } as const;

/**
 * Keeps the host's files under a section's name.
 * @param options where.
 * @param section its id.
 */
export async function takeSnapshot({ host, now, dispatch }: StartOptions, section: string): Promise<void> {
  const began = now();
  try {
    await host.snapshot(section);
    dispatch({ type: 'snapshot-taken', at: now(), section, tookMs: now() - began });
  } catch (thrown) {
    const sentence = `There will be no way back to the start of this section: ${messageOf(thrown)}`;
    dispatch({ type: 'snapshot-failed', at: now(), section, sentence });
  }
}

/**
 * Notes which of these checks hold.
 * @param options where.
 * @param begun the section, and the checks of those before it.
 * @param signal ends it; nothing is told then.
 */
export async function takeBaseline(
  { host, now, dispatch }: StartOptions,
  begun: { readonly section: string; readonly checks: readonly Check[] },
  signal: AbortSignal,
): Promise<void> {
  const verdicts = await ask(host, begun.checks, signal);
  if (verdicts === null) return;
  const holds = begun.checks.filter((check) => verdicts[check.id]?.status === 'pass').map((check) => check.id);
  dispatch({ type: 'baseline-taken', at: now(), section: begun.section, holds });
}

/**
 * Finds out what holds no longer. A check that is given time by the lesson is given time here as well.
 * @param options where.
 * @param checks what should hold.
 * @param signal ends it; nothing is told then.
 */
export async function checkEarlier(
  { host, now, dispatch }: StartOptions,
  checks: readonly Check[],
  signal: AbortSignal,
): Promise<void> {
  const began = now();
  for (;;) {
    const verdicts = await ask(host, checks, signal);
    if (verdicts === null) return;
    const broken = checks.filter((check) => verdicts[check.id]?.status !== 'pass');
    const waiting = broken.some((check) => now() - began < patienceOf(check));
    if (!waiting) {
      const told = Object.fromEntries(broken.flatMap(({ id }) => (verdicts[id] ? [[id, verdicts[id]]] : [])));
      dispatch({ type: 'earlier-judged', at: now(), broken: told });
      return;
    }
    await sleep(patienceMs.between, undefined, { signal }).catch(() => {});
  }
}

function patienceOf({ timing }: Check): number {
  return Math.max(patienceMs.shortest, Math.min(patienceMs.longest, timing.withinMs ?? 0));
}

/** Null when it was ended. */
async function ask(
  host: Pick<Host, 'exec'>,
  checks: readonly Check[],
  signal: AbortSignal,
): Promise<Readonly<Record<string, Verdict>> | null> {
  const round = await runChecks(host, checks, { signal }).catch(() => null);
  return signal.aborted ? null : (round?.verdicts ?? null);
}
