/** The address of a class as people type, paste or scan it. Pure. */
import { UserError } from '../../model/errors.ts';

/** Where a class is, with the join code where it stood in the address. */
export interface ClassAddress {
  /** Without a slash at its end. */
  readonly url: string;
  readonly code: string | null;
}

/**
 * Reads an address: `https://class.example/#CODE`, as the QR code has it; the code may be missing, and so may `http://`.
 * @param text as typed.
 * @throws UserError `usage` for what is no address of a class.
 */
export function readClassAddress(text: string): ClassAddress {
  const trimmed = text.trim();
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`;
  const url = URL.canParse(full) ? new URL(full) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '') throw noAddress(text);
  // Who pasted a name and password gets them sent to nobody.
  if (url.username !== '' || url.password !== '') throw noAddress(text);
  const code = decodeURIComponent(safeFragment(url.hash.slice(1))).trim();
  const path = url.pathname.replace(/\/+$/, '');
  return { url: `${url.origin}${path}`, code: code === '' ? null : code };
}

function safeFragment(fragment: string): string {
  try {
    decodeURIComponent(fragment);
    return fragment;
  } catch {
    return '';
  }
}

function noAddress(text: string): UserError {
  return new UserError('usage', `\`${text}\` is no address of a class.`, {
    tries: ['It looks like http://192.0.2.7:8090 or https://class.example/#CODE, as the instructor shows it.'],
    exitCode: 2,
  });
}
