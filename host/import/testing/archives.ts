// Offsets in the headers of a ZIP archive (APPNOTE.TXT 4.3.7 and 4.3.12): flags and unpacked size, in the local and the central one.
const headers = [
  { signature: 0x04034b50, flags: 6, size: 22 },
  { signature: 0x02014b50, flags: 8, size: 24 },
] as const;

/** The archive `zip` with each of its headers changed by `change`, which receives a view and the header's offsets. */
function patched(zip: Uint8Array, change: (view: DataView, at: number, header: (typeof headers)[number]) => void): Uint8Array {
  const copy = zip.slice();
  const view = new DataView(copy.buffer);
  for (let at = 0; at + 4 <= copy.length; at++) {
    const header = headers.find(({ signature }) => view.getUint32(at, true) === signature);
    if (header) change(view, at, header);
  }
  return copy;
}

/** The archive, with every file claimed to have `size` bytes. */
export const lyingArchive = (zip: Uint8Array, size: number): Uint8Array =>
  patched(zip, (view, at, header) => view.setUint32(at + header.size, size, true));

/** The archive, with every file claimed to be locked with a password. */
export const lockedArchive = (zip: Uint8Array): Uint8Array =>
  patched(zip, (view, at, header) => view.setUint16(at + header.flags, 1, true));
