/** Globs of a scenario's assets: `*` within a folder, `**` through folders. Pure. */

/**
 * A test for paths.
 * @param glob as the index writes it; a folder's name stands for all that is in it.
 */
export function globMatcher(glob: string): (path: string) => boolean {
  const clean = glob.replace(/^\.?\//, '').replace(/\/$/, '/**');
  // `*` alone is every file, wherever it lies.
  if (clean === '*' || clean === '**') return () => true;
  const pattern = clean
    .split(/(\*\*\/?|\*|\?)/)
    .map((part) => {
      if (part === '**/') return '(?:.*/)?';
      if (part === '**') return '.*';
      if (part === '*') return '[^/]*';
      if (part === '?') return '[^/]';
      return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  const whole = new RegExp(`^${pattern}$`);
  return (path) => whole.test(path);
}
