/**
 * How many bytes at the end begin a UTF-8 character without ending it, 0 to 3. Whoever feeds an emulator in pieces keeps
 * those for the next piece: xterm 6 loses a character that is split behind a byte 0x80 (`速`, `。`; Utf8ToUtf32).
 * @param bytes a piece of a stream; bytes that are no UTF-8 are nobody's beginning.
 */
export function utf8Tail(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return back < length ? back : 0;
  }
  return 0;
}
