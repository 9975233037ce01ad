/** Runs a program as a process group of its own, so that its whole tree ends with it: at its deadline or with us. */
import { spawn } from 'node:child_process';

/** Milliseconds between asking a group to end and ending it. */
const GRACE = 5_000;

/**
 * Runs a program to its end; what it prints goes where ours does, it has no standard input.
 * @param file the program.
 * @param args its arguments.
 * @param options `cwd`, `env`, and `deadline`: milliseconds until its whole group is ended.
 * @returns its exit code (null when a signal ended it) and whether the deadline did it.
 */
export function runGroup(file, args, { cwd, env, deadline }) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 'inherit', 'inherit'] });
    let timedOut = false;
    const end = (signal) => {
      try {
        process.kill(-child.pid, signal);
      } catch {
        // The group is gone already.
      }
    };
    const timer = setTimeout(() => {
      timedOut = true;
      end('SIGTERM');
      setTimeout(end, GRACE, 'SIGKILL').unref();
    }, deadline);
    const stop = (signal) => {
      end(signal);
      process.exit(128 + (signal === 'SIGINT' ? 2 : 15));
    };
    process.once('SIGINT', stop).once('SIGTERM', stop);
    const done = (code) => {
      clearTimeout(timer);
      process.off('SIGINT', stop).off('SIGTERM', stop);
      end('SIGKILL');
      resolve({ code, timedOut });
    };
    child.once('error', () => done(127));
    child.once('exit', done);
  });
}
