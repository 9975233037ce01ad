/**
 * What the reporter in test/support wrote down, file by file, and what it comes to when some files ran a second time.
 * Pure.
 */

/** More broken files than this are no accident. */
const MOST_FILES = 5;

/**
 * The totals of a run.
 * @param suite its name.
 * @param report what the reporter wrote.
 */
export function totalOf(suite, { files, stray, atSecondTry = [] }) {
  const failures = [...files.flatMap((file) => file.failures), ...stray];
  return {
    suite,
    passed: files.reduce((total, { passed }) => total + passed, 0),
    failed: failures.length,
    failures,
    skipped: files.flatMap((file) => file.skipped),
    atSecondTry,
  };
}

/** The files in which something failed. */
export function brokenFiles({ files }) {
  return files.filter(({ failures }) => failures.length > 0).map(({ file }) => file);
}

/**
 * True where a run failed in a few files only and otherwise came to its end.
 * @param run its report and how it ended.
 */
export function worthAnotherTry({ report, timedOut }) {
  if (timedOut || report === null || report.stray.length > 0) return false;
  const broken = brokenFiles(report).length;
  return broken > 0 && broken <= MOST_FILES;
}

/**
 * The report of both tries. A file that ran twice counts as it came out the second time; what failed first and passed
 * then is told. A test that the second try did not pass is no pass: left out then, its failure stays.
 * @param first the whole run.
 * @param second the broken files once more.
 */
export function afterSecondTry(first, second) {
  const again = new Map(second.files.map((file) => [file.file, file]));
  const atSecondTry = [];
  const files = first.files.map((file) => {
    const other = again.get(file.file);
    if (file.failures.length === 0 || other === undefined) return file;
    const left = new Set(other.skipped.map(({ name }) => name));
    const failing = new Set(other.failures.map(({ name }) => name));
    const kept = file.failures.filter(({ name }) => left.has(name) && !failing.has(name));
    atSecondTry.push(...file.failures.filter(({ name }) => !left.has(name) && !failing.has(name)));
    return { ...other, failures: [...other.failures, ...kept] };
  });
  return { files, stray: second.stray, atSecondTry };
}
