/** What the machine's own files look like from outside a sandbox: a listing to compare before and after. */
import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Places a lesson's commands write to when they run as root; on the machine itself none of them may change. */
const places = ['/etc', '/srv', '/opt', '/home', '/usr/local', '/usr/lib/uwsgi', '/var/lib/dpkg', '/var/spool', '/boot'];

/**
 * Every path below those places with its kind, mode, owner, size and time of change.
 * Folders' own times are left out: reading programs of the machine touch them.
 */
export function machineListing(): ReadonlyMap<string, string> {
  const listing = new Map<string, string>();
  for (const place of places) list(place, listing);
  return listing;
}

function list(folder: string, listing: Map<string, string>): void {
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (!stat) continue;
    const time = entry.isDirectory() ? '' : `${stat.size} ${stat.mtimeMs}`;
    listing.set(path, `${stat.mode.toString(8)} ${stat.uid}:${stat.gid} ${time}`);
    if (entry.isDirectory()) list(path, listing);
  }
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
