/** Attendance and completion of a class as CSV, JSON or a page. Pure. */

/** Who was there and how far they came. Times: ms since the epoch. */
export interface Attendance {
  readonly class: { readonly id: string; readonly title: string; readonly startedAt: number };
  readonly lesson: { readonly id: string; readonly title: string };
  readonly exportedAt: number;
  readonly sections: readonly { readonly id: string; readonly title: string }[];
  readonly learners: readonly AttendanceOfLearner[];
}

/** One learner. Sections in the lesson's order. */
export interface AttendanceOfLearner {
  readonly seat: string;
  readonly name: string;
  readonly joinedAt: number;
  readonly lastHeardAt: number;
  readonly host: string | null;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly sections: readonly {
    readonly status: 'locked' | 'open' | 'done' | 'skipped';
    readonly solvedBy: 'learner' | 'program' | null;
    readonly tookMs: number | null;
    readonly hints: number;
  }[];
}

/** What a class can be written as. */
export const exportFormats = ['csv', 'json', 'html'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Writes it down. */
export function exportText(attendance: Attendance, format: ExportFormat): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(attendance, null, 2)}\n`;
    case 'csv':
      return csv(table(attendance));
    case 'html':
      return page(attendance);
  }
}

const time = (at: number | null): string => (at === null ? '' : new Date(at).toISOString());

/** Rows of texts, the heading first: two columns a section. */
function table({ sections, learners }: Attendance): string[][] {
  const head = ['name', 'joined', 'last heard', 'host', 'started', 'finished', 'sections done'];
  const heading = [...head, ...sections.flatMap(({ id }) => [id, `${id} minutes`])];
  const rows = learners.map((learner) => [
    learner.name,
    time(learner.joinedAt),
    time(learner.lastHeardAt),
    learner.host ?? '',
    time(learner.startedAt),
    time(learner.finishedAt),
    String(learner.sections.filter(({ status }) => status === 'done').length),
    ...learner.sections.flatMap(({ status, solvedBy, tookMs }) => [
      solvedBy === 'program' ? 'done by the program' : status,
      tookMs === null ? '' : (tookMs / 60_000).toFixed(1),
    ]),
  ]);
  return [heading, ...rows];
}

/** RFC 4180. A cell that a spreadsheet would compute (it begins with `=`, `+`, `-`, `@`) gets an apostrophe before it. */
function csv(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => {
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for a page: nothing in it is markup. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

function page(attendance: Attendance): string {
  const [heading = [], ...rows] = table(attendance);
  const line = (cells: readonly string[], tag: string): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join('')}</tr>`;
  const title = escapeHtml(attendance.class.title);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem; color: #1a1a1a; background: #fff; }
table { border-collapse: collapse; font-size: 0.875rem; }
th, td { border: 1px solid #ccc; padding: 0.25rem 0.5rem; text-align: left; white-space: nowrap; }
th { background: #f2f2f2; }
</style>
</head>
<body>
<h1>${title}</h1>
<p>${escapeHtml(attendance.lesson.title)}. ${attendance.learners.length} learners, as of ${time(attendance.exportedAt)}.</p>
<table>
<thead>${line(heading, 'th')}</thead>
<tbody>
${rows.map((row) => line(row, 'td')).join('\n')}
</tbody>
</table>
</body>
</html>
`;
}
