/** `lockstep class serve`: the class server, and what the instructor is told at its start. */
import { existsSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { loadClassModule } from '../classroom/server/loaded-late.ts';
import { stateFolder } from '../journal/state-folder.ts';
import { fileReasonOf, messageOf, UserError } from '../model/errors.ts';
import { classLessonOf } from './class-lesson.ts';
import { classPlace } from './class-place.ts';
import { loadLesson, locateLesson } from './find-lesson.ts';
import { pagesFolder } from './places.ts';
import { readArguments } from './read-arguments.ts';
import { stopOnSignals, whenStopped } from './stop-on-signals.ts';

const options = {
  lesson: { type: 'string' },
  listen: { type: 'string', default: '0.0.0.0:7070' },
  url: { type: 'string' },
  title: { type: 'string' },
  'code-expires': { type: 'string', default: '24h' },
  new: { type: 'boolean', default: false },
  'new-secrets': { type: 'boolean', default: false },
  database: { type: 'string' },
  code: { type: 'string' },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  'behind-proxy': { type: 'boolean', default: false },
  log: { type: 'string' },
} as const;

/**
 * Runs the command until it is stopped.
 * @param args its arguments.
 * @returns 0 after Ctrl-C or SIGTERM.
 */
export async function classServe(args: readonly string[]): Promise<number> {
  const { values } = readArguments('class', { args: [...args], options });
  if (values.lesson === undefined) throw usage('Which lesson is the class on?', 'lockstep class serve --lesson LESSON');
  if (values.new && values.code !== undefined)
    throw usage('--new and --code exclude each other.', '--code goes on with a class, --new begins one.');
  const { host, port } = listenAddress(values.listen);
  const codeLastsMs = duration(values['code-expires']);
  const tls = readTls(values['tls-cert'], values['tls-key']);
  const url = values.url === undefined ? null : publicUrl(values.url);
  const state = stateFolder(process.env);
  const read = await loadLesson(await locateLesson(values.lesson), state);
  const { folder, database } = await classPlace(state, read, values.database);
  const lesson = classLessonOf(read);
  const stopped = stopOnSignals();
  const { openClassServer, qrLines } = await loadClassModule();
  const pages = pagesFolder();
  const server = await openClassServer({
    lesson,
    title: values.title ?? null,
    host,
    port,
    database,
    folder,
    codeLastsMs,
    fresh: values.new,
    code: values.code ?? null,
    newSecrets: values['new-secrets'],
    tls,
    behindProxy: values['behind-proxy'],
    pages: existsSync(pages) ? pages : null,
    log: values.log === '-' ? null : (values.log ?? join(folder, 'class.log')),
  });
  const addresses = url === null ? ownAddresses(host, server.port, tls !== null) : [url];
  console.log(greeting(server, addresses, qrLines));
  await whenStopped(stopped.signal);
  console.log('\nStopping. Learners keep working; what they do is told when the class is served again.');
  await server.close();
  return 0;
}

interface Greeted {
  readonly title: string;
  readonly code: string;
  readonly codeExpiresAt: number | null;
  readonly secret: string;
  readonly fingerprint: string;
  readonly resumedSeats: number | null;
}

/** Everything that an instructor needs, once. */
function greeting(server: Greeted, [first = '', ...others]: readonly string[], qrLines: (text: string) => string[]): string {
  const lines = [`Class: ${server.title}`];
  if (server.resumedSeats !== null)
    lines.push(`It goes on with ${server.resumedSeats} ${server.resumedSeats === 1 ? 'seat' : 'seats'}.`);
  lines.push(
    '',
    '  Learners join with',
    `      lockstep join ${first}`,
    `      code ${server.code}${validity(server.codeExpiresAt)}`,
  );
  if (others.length > 0) lines.push(`  This machine is also ${others.join(', ')}`);
  if (process.stdout.isTTY) lines.push('', ...qrLines(`${first}/#${server.code}`).map((line) => `  \x1b[30;107m${line}\x1b[0m`));
  lines.push(
    '',
    '  Your page, for you alone',
    `      ${first}/instructor#${server.secret}`,
    '  For the wall, without names',
    `      ${first}/projector#${server.code}`,
    '',
    `  Completion records are signed with the key ${server.fingerprint}`,
    '',
    'Ctrl-C stops the server. Started again, it goes on with this class.',
  );
  return lines.join('\n');
}

function validity(expiresAt: number | null): string {
  if (expiresAt === null) return '';
  return `  (valid until ${new Date(expiresAt).toLocaleString('sv-SE', { dateStyle: 'short', timeStyle: 'short' })})`;
}

/** How others reach this machine: its own addresses where it listens on all of them. */
function ownAddresses(host: string, port: number, tls: boolean): readonly string[] {
  const url = (name: string): string => `${tls ? 'https' : 'http'}://${name.includes(':') ? `[${name}]` : name}:${port}`;
  if (host !== '0.0.0.0' && host !== '::') return [url(host)];
  const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  const outside = own.filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => url(address));
  return outside.length > 0 ? outside : [url('127.0.0.1')];
}

function listenAddress(text: string): { readonly host: string; readonly port: number } {
  const found = /^(?:\[([0-9a-f:]+)\]|([^:[\]]*)):(\d{1,5})$/i.exec(text) ?? /^()()(\d{1,5})$/.exec(text);
  const port = Number(found?.[3]);
  if (!found || port > 65_535) throw usage(`--listen cannot be \`${text}\`.`, 'HOST:PORT, such as 0.0.0.0:7070.');
  return { host: found[1] || found[2] || '0.0.0.0', port };
}

function publicUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw usage(`--url cannot be \`${text}\`.`, 'An address, such as https://class.example.org');
  }
  return text.replace(/\/+$/, '');
}

function duration(text: string): number | null {
  if (text === 'never') return null;
  const found = /^(\d{1,4})(m|h|d)$/.exec(text);
  const unit = { m: 60_000, h: 3_600_000, d: 86_400_000 }[found?.[2] ?? ''];
  const count = Number(found?.[1]);
  if (!unit || count === 0) throw usage(`--code-expires cannot be \`${text}\`.`, 'A time such as 90m, 8h or 3d, or never.');
  return count * unit;
}

function readTls(cert: string | undefined, key: string | undefined): { readonly cert: string; readonly key: string } | null {
  if (cert === undefined && key === undefined) return null;
  if (cert === undefined || key === undefined) {
    throw usage('--tls-cert and --tls-key belong together.', '--tls-cert CERT.pem --tls-key KEY.pem');
  }
  const pems = { cert: readPem(cert), key: readPem(key) };
  try {
    createSecureContext(pems);
  } catch (cause) {
    throw new UserError('no-certificate', `${cert} and ${key} are no certificate and its key: ${messageOf(cause)}.`, {
      tries: ['Both are PEM files: the certificate with those between it and the root, and its private key without a password.'],
      cause,
    });
  }
  return pems;
}

function readPem(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UserError('no-certificate', `${file} cannot be read: ${fileReasonOf(cause)}.`, { cause });
  }
}

function usage(sentence: string, tries: string): UserError {
  return new UserError('usage', sentence, { tries: [tries], exitCode: 2 });
}
