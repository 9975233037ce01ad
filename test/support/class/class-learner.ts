/** What a learner's page has besides their stand, for tests and pictures: reports, messages, a shared screen. */
import type { SeatPage, SeatStand } from '../../../src/classroom/protocol/instructor-api.ts';
import type { ScreenFrame, ScreenRun } from '../../../src/classroom/protocol/learner-api.ts';
import type { ReportedEvent } from '../../../src/classroom/protocol/report.ts';
import { classLesson } from './class-lesson.ts';

/**
 * Reports and messages that fit a stand.
 * @param seat the stand.
 * @param now the server's time, ms.
 */
export function toldOf(seat: SeatStand, now: number): Omit<SeatPage, 'stand'> {
  const opened = Object.values(seat.sections).map(({ openedAt }) => openedAt ?? now);
  const begun = Math.min(seat.joinedAt, ...opened) - 1000;
  const events: ReportedEvent[] = [{ type: 'session-started', at: begun, host: seat.host ?? 'sandbox', version: '0.1.0' }];
  for (const section of classLesson.sections) {
    const stand = seat.sections[section.id];
    if (stand?.openedAt === undefined) continue;
    events.push({ type: 'section-opened', at: stand.openedAt, section: section.id });
    for (const { id } of section.checks) {
      const known = seat.checks[id];
      if (known) events.push({ type: 'verdict-changed', at: known.since, check: id, verdict: known.verdict });
    }
    if (stand.closedAt !== undefined) {
      events.push({ type: 'section-done', at: stand.closedAt, section: section.id, by: stand.solvedBy ?? 'learner' });
    }
  }
  if (seat.hand) events.push({ type: 'hand-raised', at: seat.hand.at, note: seat.hand.note });
  events.sort((a, b) => a.at - b.at);
  const reports = events.map((event, seq) => ({ seq, hash: hashOf(seq), event, receivedAt: event.at + 40 }));
  return {
    journals: [{ id: hashOf(1), lesson: classLesson.id, reports }],
    messages: [
      {
        id: 'message-1',
        at: now - 120_000,
        kind: 'hint',
        check: null,
        text: 'You unpacked as root. `sudo chown -R galaxy: config/plugins` gives it to Galaxy.',
        shownAt: now - 119_000,
      },
    ],
  };
}

function hashOf(number: number): string {
  return number.toString(16).padStart(64, '0');
}

/** A shell in which somebody looks for an owner. */
export function sharedScreen(): ScreenFrame {
  const prompt: readonly ScreenRun[] = [
    { text: 'ubuntu@galaxy', fg: 2, bold: true },
    { text: ':' },
    { text: '/srv/galaxy', fg: 4, bold: true },
    { text: '$ ' },
  ];
  const typed = (text: string): ScreenRun[] => [...prompt, { text }];
  const plain = (text: string): ScreenRun[] => [{ text }];
  return {
    request: 'share-request-1',
    cols: 80,
    rows: [
      typed('ls -l config/plugins'),
      plain('total 8'),
      [{ text: 'drwxr-xr-x 3 root root 4096 May 11 09:31 ' }, { text: 'charts', fg: 4, bold: true }],
      [{ text: 'drwxr-xr-x 3 root root 4096 May 11 09:31 ' }, { text: 'scatterplot', fg: 4, bold: true }],
      typed('sudo supervisorctl status'),
      [{ text: 'galaxy:web0                      ' }, { text: 'FATAL', fg: 1, bold: true }, { text: '     Exited too quickly' }],
      [{ text: 'galaxy:job0                      ' }, { text: 'RUNNING', fg: 2 }, { text: '   pid 2114, uptime 0:12:40' }],
      typed('chown galaxy: config/plugins'),
      plain("chown: changing ownership of 'config/plugins': Operation not permitted"),
      typed(''),
    ],
    cursor: { row: 9, col: 27 },
  };
}
