/** Paths into data: `server.ports[0]`, `labels["app.name"]`. Pure. */

/** A key of a map, or an index of a list from 0. */
export type DataStep = string | number;

/**
 * The steps of a path; null where it is none. `$` or nothing in front of the first step is the whole.
 * @param path as an author writes it.
 */
export function readDataPath(path: string): readonly DataStep[] | null {
  const steps: DataStep[] = [];
  let rest = path.trim().replace(/^\$(?=$|[.[])/, '');
  if (rest === '') return path.trim() === '$' ? [] : null;
  if (/^[.]/.test(rest)) rest = rest.slice(1);
  for (let first = true; rest !== ''; first = false) {
    const found = /^\["((?:[^"\\]|\\.)*)"\]|^\[(\d{1,9})\]|^\.?([^.[\]]+)/.exec(rest);
    if (found === null) return null;
    const [whole, quoted, index, key] = found;
    if (key !== undefined && first === whole.startsWith('.')) return null;
    steps.push(quoted?.replace(/\\(.)/g, '$1') ?? (index === undefined ? (key ?? '') : Number(index)));
    rest = rest.slice(whole.length);
  }
  return steps;
}

/**
 * What is at a path; undefined where nothing is.
 * @param data maps are plain objects, lists are arrays.
 * @param steps the path's steps.
 */
export function dataAt(data: unknown, steps: readonly DataStep[]): unknown {
  return steps.reduce<unknown>((at, step) => {
    if (typeof at !== 'object' || at === null) return undefined;
    if (Array.isArray(at)) return typeof step === 'number' ? at[step] : undefined;
    return Object.hasOwn(at, step) ? (at as Readonly<Record<string, unknown>>)[step] : undefined;
  }, data);
}
