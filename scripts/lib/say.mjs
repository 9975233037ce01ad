/** Progress of the project's own scripts: one line a step, on stderr, so that stdout stays the program's. */

/** A failure that is told to the user as it is, without a stack trace. */
export class ScriptError extends Error {
  name = 'ScriptError';
}

/**
 * One line for the reader.
 * @param line without a newline.
 */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Does something that takes a while and shows that it is being done: on a terminal one line that counts the seconds,
 * elsewhere a line at its start and one at its end.
 * @param title what is being done, e.g. `Installing the npm packages`.
 * @param work gets `note(text)` to show how far it is; its value is returned.
 */
export async function step(title, work) {
  const live = process.stderr.isTTY === true;
  const begun = Date.now();
  let note = '';
  const seconds = () => `${((Date.now() - begun) / 1000).toFixed(1)} s`;
  const draw = () => process.stderr.write(`\r\x1b[K${cut(`  ${title}${note && `: ${note}`} (${seconds()})`)}`);
  const clear = () => live && process.stderr.write('\r\x1b[K');
  if (!live) say(`  ${title} …`);
  const timer = live ? setInterval(draw, 250) : null;
  try {
    const value = await work((text) => {
      note = text;
      if (live) draw();
    });
    clear();
    say(`✓ ${title} (${seconds()})`);
    return value;
  } catch (error) {
    clear();
    say(`✗ ${title} (${seconds()})`);
    throw error;
  } finally {
    clearInterval(timer ?? undefined);
  }
}

/**
 * Runs a script's main function; a ScriptError ends it with its sentence, anything else with its stack.
 * @param main what to do; a number it returns is the exit code.
 */
export async function runScript(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    say(error instanceof ScriptError ? `\n${error.message}` : (error.stack ?? String(error)));
    process.exitCode = 1;
  }
}

function cut(text) {
  const columns = process.stderr.columns || 80;
  return text.length < columns ? text : `${text.slice(0, columns - 2)}…`;
}
