/**
 * `index.json` (or `index.yaml`) of a scenario as plain data. It is read leniently: keys that are missing are missing,
 * keys that only concern a web page are left alone, and what matters but is not known is told. Pure.
 */

import { readYaml } from '../../lesson/sheet/read-yaml.ts';
import { createReport, type Report } from '../../lesson/sheet/report.ts';
import type { Value } from '../../lesson/sheet/value.ts';
import type { Source } from '../../lesson/text/decode.ts';
import type { Place } from '../../model/problem.ts';

/** One page of a scenario: intro, step or finish. Paths are relative to the scenario's folder. */
export interface PageEntry {
  readonly title?: string;
  readonly text?: string;
  readonly verify?: string;
  readonly foreground?: string;
  readonly background?: string;
  readonly hint?: string;
  readonly answer?: string;
  readonly at: Place;
}

/** Files to copy. */
export interface AssetEntry {
  /** A glob in the folder `assets`. */
  readonly file: string;
  readonly target: string;
  readonly chmod?: string;
  readonly at: Place;
}

/** The script by which an exported lesson makes its own user take the shell over; a reader with such shells skips it. */
export const BECOME_USER = 'become-user.sh';

/** What an index says. */
export interface ScenarioIndex {
  readonly title?: string;
  readonly description?: string;
  readonly minutes?: number;
  readonly imageId?: string;
  /** Whose shell it is, where the scenario was exported from a lesson; root otherwise. */
  readonly user?: string;
  readonly intro?: PageEntry;
  readonly steps: readonly PageEntry[];
  readonly finish?: PageEntry;
  readonly assets: readonly AssetEntry[];
  readonly at: Place;
}

type MapValue = Extract<Value, { readonly kind: 'map' }>;

/**
 * Reads an index.
 * @param source the file.
 * @param report where problems go.
 */
export function readIndex(source: Source, report: Report): ScenarioIndex | undefined {
  const root = readLenient(source, report);
  if (root === undefined) return undefined;
  if (root.kind !== 'map') {
    report.error(root.at, 'bad-index', 'The index of a scenario is an object with `title` and `details`.');
    return undefined;
  }
  const details = detailsOf(root);
  if (details === undefined) {
    report.error(root.at, 'bad-index', 'This index has no `details` with steps, so it is no scenario.');
    return undefined;
  }
  warnUnsupported(root, details, report);
  const user = /^[a-z_][a-z0-9_-]{0,31}$/.exec(textAt(mapAt(root, 'lockstep'), 'user') ?? '')?.[0];
  const intro = mapAt(details, 'intro');
  const finish = mapAt(details, 'finish');
  return {
    ...aboutScenario(root),
    ...(user === undefined ? {} : { user }),
    ...(intro === undefined ? {} : { intro: introOf(pageOf(intro), user) }),
    steps: listAt(details, 'steps').flatMap((step) => (step.kind === 'map' ? [pageOf(step)] : [])),
    ...(finish === undefined ? {} : { finish: pageOf(finish) }),
    assets: assetsOf(details, report),
    at: root.at,
  };
}

/** Where the pages are named; a machine without any text is a playground. */
function detailsOf(root: MapValue): MapValue | undefined {
  const details = mapAt(root, 'details');
  if (details === undefined) {
    const playground = entryAt(root, 'type') === undefined && mapAt(root, 'backend') !== undefined;
    return playground ? emptyDetails(root.at) : undefined;
  }
  return listAt(details, 'steps').length > 0 || mapAt(details, 'intro') !== undefined ? details : undefined;
}

function aboutScenario(root: MapValue): Pick<ScenarioIndex, 'title' | 'description' | 'minutes' | 'imageId'> {
  const title = textAt(root, 'title');
  const description = textAt(root, 'description');
  const minutes = /\d{1,4}/.exec(textAt(root, 'time') ?? '')?.[0];
  const imageId = textAt(mapAt(root, 'backend'), 'imageid') ?? textAt(mapAt(root, 'backend'), 'imageId');
  return {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(minutes === undefined ? {} : { minutes: Number(minutes) }),
    ...(imageId === undefined ? {} : { imageId }),
  };
}

/** JSON is YAML but for a few liberties that are taken with it: tabs for indentation, a comma too many. */
function readLenient(source: Source, report: Report): Value | undefined {
  const first = createReport();
  const text = source.text.replace(/^\ufeff/, '').replaceAll('\t', ' ');
  const value = readYaml({ ...source, text }, first);
  if (value !== undefined) return value;
  const [problem] = first.problems;
  const at = problem?.place ?? { file: source.file, line: 1, column: 1 };
  report.error(at, 'bad-index', `The index cannot be read: ${problem?.message ?? 'it is empty.'}`);
  return undefined;
}

function emptyDetails(at: Place): MapValue {
  const intro = { kind: 'map', entries: [], at } as const;
  return { kind: 'map', entries: [{ key: 'intro', at, value: intro }], at };
}

function introOf(page: PageEntry, user: string | undefined): PageEntry {
  if (user === undefined || page.foreground !== BECOME_USER) return page;
  const { foreground: _, ...rest } = page;
  return rest;
}

function pageOf(page: MapValue): PageEntry {
  const read = {
    title: textAt(page, 'title'),
    text: textAt(page, 'text'),
    verify: textAt(page, 'verify'),
    // Older scenarios call them by other names.
    foreground: textAt(page, 'foreground') ?? textAt(page, 'code'),
    background: textAt(page, 'background') ?? textAt(page, 'courseData'),
    hint: textAt(page, 'hint'),
    answer: textAt(page, 'answer'),
  };
  return { ...Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)), at: page.at };
}

function assetsOf(details: MapValue, report: Report): readonly AssetEntry[] {
  const assets = mapAt(details, 'assets');
  if (assets === undefined) return [];
  return assets.entries.flatMap(({ key, at, value }) => {
    if (value.kind !== 'list') return [];
    // `client` is the old name of the only machine.
    if (key === 'host01' || key === 'client') return value.items.flatMap((item) => assetOf(item));
    report.warning(at, 'unsupported-second-host', `Files for \`${key}\` are not copied: there is one host.`);
    return [];
  });
}

function assetOf(item: Value): readonly AssetEntry[] {
  if (item.kind !== 'map') return [];
  const file = textAt(item, 'file');
  const target = textAt(item, 'target');
  const chmod = textAt(item, 'chmod');
  if (file === undefined || target === undefined) return [];
  return [{ file, target, ...(chmod === undefined ? {} : { chmod }), at: item.at }];
}

/** Keys that change what the learner can do, and which nothing here does. */
const UNSUPPORTED: readonly (readonly [path: readonly string[], words: string])[] = [
  [['interface', 'layout'], 'There is no editor pane: files are edited in the shell.'],
  [['environment', 'showide'], 'There is no editor pane: files are edited in the shell.'],
  [['environment', 'uieditorpath'], 'There is no editor pane: files are edited in the shell.'],
  [['environment', 'dashboards'], 'Dashboards are web pages, which are not shown.'],
  [['environment', 'showdashboard'], 'Dashboards are web pages, which are not shown.'],
  [['environment', 'terminals'], 'Terminals with a command of their own are plain shells.'],
  [['backend', 'port'], 'The web page of the backend is not shown.'],
  [['files'], 'The list of files for the editor pane is not used.'],
];

function warnUnsupported(root: MapValue, details: MapValue, report: Report): void {
  for (const [path, words] of UNSUPPORTED) {
    const [first = '', second] = path;
    const entry = second === undefined ? entryAt(root, first) : entryAt(mapAt(root, first), second);
    if (entry !== undefined) report.warning(entry.at, `unsupported-${path.join('-').toLowerCase()}`, words);
  }
  const type = entryAt(root, 'type');
  if (type !== undefined && /^challenge/.test(textAt(root, 'type') ?? '')) {
    report.warning(type.at, 'unsupported-challenge', "A challenge's hint scripts and timing are not used; its checks are.");
  }
  const layout = textAt(mapAt(root, 'environment'), 'uilayout');
  const entry = entryAt(mapAt(root, 'environment'), 'uilayout');
  if (entry !== undefined && /editor|ide|dashboard/.test(layout ?? '')) {
    report.warning(entry.at, 'unsupported-environment-uilayout', `The layout \`${layout}\` is a text beside a shell here.`);
  }
  for (const key of ['intro', 'finish']) {
    const credits = entryAt(mapAt(details, key), 'credits');
    if (credits !== undefined) report.warning(credits.at, 'unsupported-credits', 'Credits are not shown.');
  }
}

function entryAt(map: MapValue | undefined, key: string): MapValue['entries'][number] | undefined {
  return map?.entries.find((entry) => entry.key === key);
}

function mapAt(map: MapValue | undefined, key: string): MapValue | undefined {
  const value = entryAt(map, key)?.value;
  return value?.kind === 'map' ? value : undefined;
}

function listAt(map: MapValue | undefined, key: string): readonly Value[] {
  const value = entryAt(map, key)?.value;
  return value?.kind === 'list' ? value.items : [];
}

function textAt(map: MapValue | undefined, key: string): string | undefined {
  const value = entryAt(map, key)?.value;
  const text = value?.kind === 'scalar' ? value.text.trim() : '';
  return text === '' || text === 'null' ? undefined : text;
}
