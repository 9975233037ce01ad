/**
 * A completion record as one page that needs nothing else: readable by people, and the record itself is in it as data,
 * so that `lockstep verify` checks the page as well. Pure.
 */
import type { SignedRecord } from '../../classroom/protocol/record.ts';
import { escapeHtml } from './export-class.ts';
import { fingerprintOf } from './sign.ts';

/**
 * Makes the page.
 * @param signed what the class server has answered.
 */
export function recordPage(signed: SignedRecord): string {
  const { record, signature } = signed;
  const text = escapeHtml;
  const done = record.sections.filter(({ status }) => status === 'done').length;
  const finished =
    record.finishedAt === null ? `${done} of ${record.sections.length} sections` : `finished ${day(record.finishedAt)}`;
  // `<` would end the element that carries it.
  const data = JSON.stringify(signed).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text(record.lesson.title)}: ${text(record.learner.name)}</title>
<style>
:root { color-scheme: light dark; }
body { font: 1rem/1.6 system-ui, sans-serif; max-width: 44rem; margin: 3rem auto; padding: 0 1rem; }
h1 { font-size: 1.75rem; line-height: 1.25; margin-bottom: 0; }
.who { font-size: 1.25rem; margin-top: 0.25rem; }
table { border-collapse: collapse; width: 100%; margin: 2rem 0; }
th, td { text-align: left; padding: 0.375rem 0.75rem 0.375rem 0; border-bottom: 1px solid #8886; vertical-align: top; }
td.number, th.number { text-align: right; padding-right: 0; white-space: nowrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; font-size: 0.875rem; }
dd { margin: 0; overflow-wrap: anywhere; font-family: ui-monospace, monospace; }
</style>
</head>
<body>
<h1>${text(record.lesson.title)}</h1>
<p class="who">${text(record.learner.name)}, ${text(finished)}</p>
<p>${text(record.class.title)}</p>
<table>
<thead><tr><th>Section</th><th>Done</th><th class="number">Time</th></tr></thead>
<tbody>
${record.sections.map(rowOf).join('\n')}
</tbody>
</table>
<p>Signed by the class server on ${day(record.signedAt)}. Check it with <code>lockstep verify FILE</code> and compare the key with the one that the instructor has.</p>
<dl>
<dt>Key</dt><dd>${text(fingerprintOf(signature.key))}</dd>
<dt>Journal</dt><dd>${text(record.journal.id)}</dd>
<dt>Newest of ${record.journal.lines} lines</dt><dd>${text(record.journal.head)}</dd>
</dl>
<script type="application/json" id="record">${data}</script>
</body>
</html>
`;
}

function rowOf({ title, status, openedAt, closedAt, solvedBy, hints }: SignedRecord['record']['sections'][number]): string {
  const how: Readonly<Record<string, string>> = { done: 'yes', skipped: 'skipped', open: 'begun', locked: 'no' };
  const solved = solvedBy === 'program' ? 'by the program' : (how[status] ?? '');
  const told = hints === 0 ? solved : `${solved}, with ${hints} ${hints === 1 ? 'hint' : 'hints'}`;
  const took = openedAt === null || closedAt === null || closedAt < openedAt ? '' : minutes(closedAt - openedAt);
  return `<tr><td>${escapeHtml(title)}</td><td>${told}</td><td class="number">${took}</td></tr>`;
}

function minutes(ms: number): string {
  return ms < 60_000 ? 'under a minute' : `${Math.round(ms / 60_000)} min`;
}

function day(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
