/**
 * What a section brings along is put to work on the host: files are copied, a script is started unseen, another one is
 * read by the learner's shell. Trouble with any of it is told and holds nobody up: whether the work is done is for the
 * checks to say.
 */
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Host } from '../host/host.ts';
import { messageOf } from '../model/errors.ts';
import type { Asset, Lesson, Script, Section } from '../model/lesson.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Where scripts of a lesson are kept on the host while it runs. */
const scriptsFolder = '/var/lib/lockstep-lesson';
/** A foreground script is told about when it has the shell for so long, and ended after that, milliseconds. */
const longWaitMs = 15_000;
const longestWaitMs = 120_000;

/** What a section is prepared with. */
export interface PrepareTools {
  readonly host: Pick<Host, 'exec' | 'writeFile'>;
  readonly lesson: Lesson;
  /** The learner's shell. */
  readonly shell: () => Promise<Terminal>;
}

/** Tells the learner a sentence. */
export type TellLearner = (sentence: string, tone: 'info' | 'problem') => void;

/**
 * Prepares a section; resolves when the learner can begin. Never rejects.
 * @param tools host, lesson and shell.
 * @param section which.
 * @param tell told what goes wrong, or takes long.
 * @param signal skips the wait for the foreground script.
 */
export async function prepareSection(
  tools: PrepareTools,
  section: Section,
  tell: TellLearner,
  signal: AbortSignal,
): Promise<void> {
  const attempt = async (what: string, work: () => Promise<void>): Promise<void> => {
    await work().catch((thrown: unknown) => tell(`${what}: ${messageOf(thrown)}`, 'problem'));
  };
  const assets = section.index === 0 ? (tools.lesson.assets ?? []) : [];
  if (assets.length > 0)
    await attempt("The lesson's files could not be copied to the host", () => copyAssets(tools.host, assets));
  const { background, foreground } = section.setup ?? {};
  if (background !== undefined)
    await attempt(`${background.name} could not be started`, () => startBackground(tools.host, background));
  if (foreground !== undefined)
    await attempt(`${foreground.name} did not end well`, () => readForeground(tools, foreground, tell, signal));
}

/**
 * Copies a lesson's files.
 * @param host where to.
 * @param assets which.
 * @throws UserError when the host refuses; the error of the file system when a file cannot be read.
 */
async function copyAssets(host: Pick<Host, 'exec' | 'writeFile'>, assets: readonly Asset[]): Promise<void> {
  const folders = [...new Set(assets.map((asset) => dirname(asset.to)))];
  await host.exec({ script: `mkdir -p -- ${folders.map(quote).join(' ')}` });
  for (const asset of assets) {
    await host.writeFile(asset.to, await readFile(asset.from), { user: 'root', backup: false });
    if (asset.mode !== undefined) await host.exec({ script: `chmod ${quote(asset.mode)} -- ${quote(asset.to)}` });
  }
}

/**
 * Starts a script that nobody waits for. It has no terminal; what it prints goes to a file beside it.
 * @param host where.
 * @param script what.
 */
async function startBackground(host: Pick<Host, 'exec' | 'writeFile'>, script: Script): Promise<void> {
  const path = await putScript(host, script);
  // A session of its own: whatever it leaves running stays, and no pipe of ours waits for it.
  await host.exec({
    script: `cd "\${HOME:-/}" || cd /\nsetsid ${interpreter(script)} ${quote(path)} >${quote(`${path}.log`)} 2>&1 </dev/null &`,
  });
}

async function readForeground(
  { host, shell }: PrepareTools,
  script: Script,
  tell: TellLearner,
  signal: AbortSignal,
): Promise<void> {
  const path = await putScript(host, script);
  // A script that makes the prompt its own must not take the marks away by which commands are followed.
  const outer = { name: `${script.name}.rc`, source: `. ${quote(path)}\n{ __lockstep_prompt; } 2>/dev/null\n` };
  const outerPath = await putScript(host, outer);
  const waiting = setTimeout(
    () => tell(`${script.name} still has the shell. Ctrl-C in the lesson skips the wait.`, 'info'),
    longWaitMs,
  );
  const deadline = AbortSignal.timeout(longestWaitMs);
  try {
    const terminal = await shell();
    await terminal.run(`. ${outerPath}`, { signal: AbortSignal.any([signal, deadline]) });
  } catch (thrown) {
    if (deadline.aborted) tell(`${script.name} did not end within ${longestWaitMs / 1000} s, so it was stopped.`, 'problem');
    else if (signal.aborted) tell(`The wait for ${script.name} was skipped.`, 'info');
    else throw thrown;
  } finally {
    clearTimeout(waiting);
  }
}

async function putScript(host: Pick<Host, 'exec' | 'writeFile'>, { name, source }: Script): Promise<string> {
  const path = `${scriptsFolder}/${name.replace(/[^\w.-]+/g, '-')}`;
  await host.exec({ script: `mkdir -p ${scriptsFolder} && chmod 755 ${scriptsFolder}` });
  const text = source.replace(/\r\n?/g, '\n');
  await host.writeFile(path, Buffer.from(text.endsWith('\n') ? text : `${text}\n`), {
    user: 'root',
    mode: '0755',
    backup: false,
  });
  return path;
}

/** The program that the first line names, found by its name; bash otherwise. */
function interpreter({ source }: Script): string {
  const program = /^#!\s*(?:\/\S*\/env\s+(?:-\S+\s+)*)?(\S+)/.exec(source)?.[1] ?? 'bash';
  return quote(program.slice(program.lastIndexOf('/') + 1));
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
