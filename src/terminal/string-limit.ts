/**
 * Strings (OSC, DCS) that inner programs send are kept until their end comes; xterm keeps ten million characters of each,
 * which take hundreds of megabytes while they are gathered. Nothing that is understood here is longer than a little text,
 * so a longer string is dropped much sooner. Where this xterm gathers them in another way, its own limit holds.
 */
import type { Terminal as Xterm } from '@xterm/headless';

/** Characters; the longest that anybody means are links and titles. */
const LONGEST = 65_536;

/** What gathers the strings of one kind (xterm 6, OscHandler and DcsHandler). */
interface Gatherer {
  _data: string;
  _hitLimit: boolean;
  put(data: Uint32Array, start: number, end: number): void;
}

interface Parser {
  _oscParser?: { _handlers?: Record<string, readonly Partial<Gatherer>[] | undefined> };
  _dcsParser?: { _handlers?: Record<string, readonly Partial<Gatherer>[] | undefined> };
}

/**
 * Limits the strings of one emulator; call it once its handlers are registered.
 * @param xterm the emulator.
 * @returns how many handlers are limited now.
 */
export function limitStrings(xterm: Xterm): number {
  const parser = (xterm as { _core?: { _inputHandler?: { _parser?: Parser } } })._core?._inputHandler?._parser;
  const gatherers = [parser?._oscParser?._handlers, parser?._dcsParser?._handlers]
    .flatMap((handlers) => Object.values(handlers ?? {}))
    .flatMap((handlers) => handlers ?? []);
  return gatherers.filter(limit).length;
}

function limit(gatherer: Partial<Gatherer>): gatherer is Gatherer {
  const { put } = gatherer;
  if (typeof put !== 'function' || typeof gatherer._data !== 'string' || typeof gatherer._hitLimit !== 'boolean') return false;
  gatherer.put = function limited(this: Gatherer, data, start, end) {
    if (this._hitLimit) return;
    if (this._data.length + (end - start) <= LONGEST) {
      put.call(this, data, start, end);
      return;
    }
    // As xterm itself does where a string is longer than it likes: the handler never hears of it.
    this._data = '';
    this._hitLimit = true;
  };
  return true;
}
