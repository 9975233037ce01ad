/**
 * `lockstep class watch` on the screen, by Ink: follows a class, draws it, turns keys into intents and does what comes of
 * them. With Ink it is a module of its own beside the program, loaded when it is asked for.
 */
import { Box, render, useInput, useStdout } from 'ink';
import { useEffect, useReducer, useState } from 'react';
import { type ClassClient, createClassClient } from '../../classroom/instructor/class-client.ts';
import { type ClassUpdate, classUpdate } from '../../classroom/protocol/instructor-api.ts';
import { messageOf, UserError } from '../../model/errors.ts';
import { Rows } from '../../tui/chrome/components.tsx';
import { createTheme, type Theme } from '../../tui/theme.ts';
import { inLanguage, speak, type Words, words } from '../../words/words.ts';
import { intentOf, type WatchKey } from './watch-keys.ts';
import { watchLines } from './watch-lines.ts';
import { firstWatchState, updateWatch, type WatchEffect, type WatchEvent, type WatchState } from './watch-state.ts';

/** What it needs. */
export interface WatchOptions {
  /** The class server, without a slash at the end. */
  readonly address: string;
  readonly secret: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The catalogue of this run: built, this module has one of its own. */
  readonly words: Words;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
}

/** Times on the screen go on this often, milliseconds. */
const TICK = 1000;

/**
 * Shows a class until it is left.
 * @param options whose class, and where it is shown.
 * @throws UserError where the server refuses.
 */
export async function watchClass({ address, secret, env, words: catalogue, stdin, stdout }: WatchOptions): Promise<void> {
  speak(catalogue);
  const client = createClassClient({ address, secret, checked });
  const store = createStore();
  let refused: UserError | null = null;
  const following = client.follow({
    update: (update) => store.send({ type: 'news', update, at: Date.now() }),
    connection(connection) {
      store.send({ type: 'connection', connection });
      if (connection.state !== 'refused') return;
      refused = new UserError(connection.code, connection.sentence);
      app.unmount();
    },
  });
  const restore = takeScreen(stdout);
  const perform = (effect: WatchEffect): void => {
    if (effect.type === 'quit') app.unmount();
    else void ask(client, effect).then((words) => store.send({ type: 'told', words }));
  };
  const theme = createTheme(env);
  const app = render(<Screen store={store} theme={theme} perform={perform} />, { stdin, stdout, patchConsole: false });
  try {
    await app.waitUntilExit();
  } finally {
    following.close();
    restore();
  }
  if (refused) throw refused;
}

/** Server and program may be of two versions: what does not fit is told instead of shown wrong. */
function checked(update: unknown): ClassUpdate {
  const read = classUpdate.safeParse(update);
  if (read.success) return read.data;
  throw new UserError('other-version', 'The class server says something that this Lockstep does not understand.', {
    tries: ['Use the same version of Lockstep as the class server.'],
  });
}

async function ask(client: ClassClient, effect: Exclude<WatchEffect, { type: 'quit' }>): Promise<string> {
  try {
    if (effect.type === 'send') return words().watch.sent(words().watch.learners(await client.send(effect.request)));
    if (effect.type === 'gate') await client.gate(effect.section);
    else await client.handSeen(effect.seat);
    return effect.words;
  } catch (error) {
    return inLanguage(messageOf(error));
  }
}

/** The alternate screen, given back however the program ends. */
function takeScreen(stdout: NodeJS.WriteStream): () => void {
  const restore = (): void => {
    process.off('exit', restore);
    stdout.write('\x1b[?25h\x1b[?1049l');
  };
  process.on('exit', restore);
  stdout.write('\x1b[?1049h\x1b[H');
  return restore;
}

interface Store {
  state(): WatchState;
  send(event: WatchEvent): readonly WatchEffect[];
  subscribe(listener: () => void): () => void;
}

function createStore(): Store {
  let state = firstWatchState;
  const listeners = new Set<() => void>();
  return {
    state: () => state,
    send(event) {
      const [next, effects] = updateWatch(state, event);
      state = next;
      for (const listener of listeners) listener();
      return effects;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

interface ScreenProps {
  readonly store: Store;
  readonly theme: Theme;
  readonly perform: (effect: WatchEffect) => void;
}

function Screen({ store, theme, perform }: ScreenProps) {
  const [, drawAgain] = useReducer((count: number) => count + 1, 0);
  const { stdout } = useStdout();
  const [size, setSize] = useState({ cols: stdout.columns, rows: stdout.rows });

  useEffect(() => store.subscribe(drawAgain), [store]);
  useEffect(() => {
    const ticking = setInterval(drawAgain, TICK);
    const resized = (): void => setSize({ cols: stdout.columns, rows: stdout.rows });
    stdout.on('resize', resized);
    return () => {
      clearInterval(ticking);
      stdout.off('resize', resized);
    };
  }, [stdout]);
  useInput((input, key) => {
    const named: readonly (readonly [boolean, WatchKey])[] = [
      [key.upArrow, 'up'],
      [key.downArrow, 'down'],
      [key.leftArrow, 'left'],
      [key.rightArrow, 'right'],
      [key.pageUp, 'page-up'],
      [key.pageDown, 'page-down'],
      [key.escape, 'escape'],
    ];
    const intent = intentOf(named.find(([pressed]) => pressed)?.[1] ?? input, store.state().question !== null);
    if (intent) for (const effect of store.send({ type: 'intent', intent, at: Date.now() })) perform(effect);
  });

  // A frame as high as the screen would make Ink clear all of it each time.
  const rows = Math.max(1, size.rows - 1);
  return (
    <Box>
      <Rows lines={watchLines(store.state(), size.cols, rows, Date.now())} theme={theme} cols={size.cols} rows={rows} />
    </Box>
  );
}
