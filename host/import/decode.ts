import { isUtf8 } from 'node:buffer';
import { AppError } from '../../core/failure.ts';
import { lineLimit, type NormalisationCounts, normalise } from '../../core/model/article.ts';

/** The largest file that is imported, in bytes. */
export const importLimit = 25_000_000;

/** Endings of the files that can be imported, lower case. */
export const importableEndings: readonly string[] = ['.txt', '.text'];

/** The text of an imported file, normalised, with what was found and changed on the way. */
export interface Decoded {
  readonly text: string;
  /** `UTF-8`, `UTF-16`, or the encoding that was named, by its name in the WHATWG Encoding Standard. */
  readonly encoding: string;
  readonly changed: NormalisationCounts;
}

/** @throws AppError `too-large` when a file of `size` bytes is larger than `limit`; meant to be asked before it is read. */
export function expectImportableSize(name: string, size: number, limit = importLimit): void {
  if (size <= limit) return;
  const megabytes = (size / 1_000_000).toFixed(1);
  throw new AppError(
    'too-large',
    `${name} was not imported: it has ${megabytes} MB, and at most ${limit / 1_000_000} MB can be imported.`,
    'Split it into one file an article and import those.',
  );
}

/**
 * The text of a plain text file called `name`. A byte order mark decides between UTF-8 and UTF-16; without one the file must be in the
 * encoding `label` (of the WHATWG Encoding Standard) where one is named, else in UTF-8, and nothing is ever guessed. Binary files, other kinds
 * of file, empty ones and lines beyond `lineLimit` are refused.
 * @throws AppError `unsupported`, `encoding` or `too-large`, naming the file, the reason and what to do.
 */
export function decodeText(name: string, bytes: Uint8Array, label: string | null = null): Decoded {
  const refuse: Refuse = (reason, next, code = 'unsupported') => new AppError(code, `${name} was not imported: ${reason}.`, next);
  const ending = /\.[^.]*$/.exec(name)?.[0].toLowerCase();
  if (!ending || !importableEndings.includes(ending)) {
    const endings = importableEndings.join(' and ');
    throw refuse(
      ending
        ? `files ending in ${ending} cannot be imported, only plain text (${endings})`
        : `its name has no ending; plain text has ${endings}`,
      ending ? 'Save it as plain text (.txt) and import that.' : 'If it is plain text, add .txt to its name and import it again.',
    );
  }
  expectImportableSize(name, bytes.length);
  const kind = knownKind(bytes);
  if (kind) throw refuse(`it is ${kind}, not plain text`, 'Open it in its own program, save it as plain text (.txt) and import that.');
  const raw = decodeLabelled(bytes, label, refuse);
  expectText(raw, refuse);
  const { text, changed } = normalise(raw);
  if (!/\S/.test(text)) throw refuse('it holds no text', 'Check that it is the right file, and that it was saved.');
  const long = text.split('\n').findIndex((line) => line.length > lineLimit);
  if (long >= 0) {
    throw refuse(`its line ${long + 1} has more than ${lineLimit} characters`, 'Break the text into paragraphs, then import it again.');
  }
  return { text, encoding: encodingInWords(bytes, label), changed };
}

/** A sentence on what became of a text that was in `encoding`. */
export const turnedIntoUtf8 = (encoding: string): string => `${encoding} was turned into UTF-8.`;

/** What `decodeLabelled` reads `bytes` in, whether it can or not. */
function encodingInWords(bytes: Uint8Array, label: string | null): string {
  const mark = encodingOf(bytes);
  if (mark !== 'UTF-8') return 'UTF-16';
  if (label === null || hasMarkOfUtf8(bytes)) return 'UTF-8';
  const { encoding } = new TextDecoder(label);
  return encoding === 'utf-8' ? 'UTF-8' : encoding;
}

const hasMarkOfUtf8 = (bytes: Uint8Array) => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;

/** What a file is by its first bytes, where they are those of a kind that holds no plain text; undefined otherwise. */
export function knownKind(bytes: Uint8Array): string | undefined {
  return signatures.find(([, signature]) => signature.every((byte, index) => bytes[index] === byte))?.[0];
}

/**
 * The characters of a file that holds text, before `normalise`: by its byte order mark, else in the encoding `label` (of the WHATWG
 * Encoding Standard), else in UTF-8. Nothing is guessed and no fault is passed over.
 * @throws what `refuse` makes of the reason; it is called for faults of encoding only
 */
export function decodeLabelled(bytes: Uint8Array, label: string | null, refuse: Refuse): string {
  const mark = encodingOf(bytes);
  if (mark !== 'UTF-8') return decodeUtf16(bytes, mark, refuse);
  if (label === null || hasMarkOfUtf8(bytes)) return decodeUtf8(bytes, refuse);
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true });
  } catch {
    throw refuse(`“${label.slice(0, 40)}” is no encoding`, 'Name one such as utf-8 or windows-1252.', 'encoding');
  }
  if (decoder.encoding === 'utf-8') return decodeUtf8(bytes, refuse);
  try {
    return decoder.decode(bytes);
  } catch {
    throw refuse(
      `it is not ${decoder.encoding}, which it says it is`,
      'Name the encoding that it has, or save it with the encoding UTF-8.',
      'encoding',
    );
  }
}

/**
 * Makes the error that refuses a file, from the end of a sentence (the reason) and a sentence (what to do); `encoding` where it could be read if its
 * encoding were named.
 */
export type Refuse = (reason: string, next: string, code?: 'encoding' | 'unsupported') => Error;
type Encoding = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE';

const ascii = (text: string) => [...text].map((character) => character.charCodeAt(0));

const signatures: readonly (readonly [kind: string, bytes: readonly number[]])[] = [
  ['a ZIP archive or an office document', ascii('PK\x03\x04')],
  ['a PDF document', ascii('%PDF-')],
  ['an RTF document', ascii('{\\rtf')],
  ['an older office document', [0xd0, 0xcf, 0x11, 0xe0]],
  ['a PNG image', [0x89, ...ascii('PNG')]],
  ['a JPEG image', [0xff, 0xd8, 0xff]],
  ['a GIF image', ascii('GIF8')],
  ['a gzip archive', [0x1f, 0x8b]],
];

function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'UTF-16LE';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'UTF-16BE';
  return 'UTF-8';
}

const nameIt = 'Name its encoding, as windows-1252, or open it in a text editor, save it with the encoding UTF-8 and import that.';

function decodeUtf8(bytes: Uint8Array, refuse: Refuse): string {
  // Kept with its byte order mark, which `normalise` takes away and counts.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  if (isUtf8(bytes)) return text;
  const { line, byte } = firstFault(text, bytes);
  // No text has NULs in an encoding of bytes, so naming one would not help.
  throw refuse(
    `it is not UTF-8 (line ${line} has the byte 0x${byte.toString(16).toUpperCase().padStart(2, '0')})`,
    nameIt,
    bytes.includes(0) ? 'unsupported' : 'encoding',
  );
}

// The decoder puts U+FFFD where it failed; the first one that the file does not spell out itself is the fault.
function firstFault(text: string, bytes: Uint8Array): { line: number; byte: number } {
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) {
    const before = text.slice(0, at);
    const position = Buffer.byteLength(before);
    const isSpelt = bytes[position] === 0xef && bytes[position + 1] === 0xbf && bytes[position + 2] === 0xbd;
    if (!isSpelt) return { line: before.split(/\r\n?|\n/).length, byte: bytes[position] ?? 0 };
  }
  throw new RangeError('the bytes are UTF-8');
}

function decodeUtf16(bytes: Uint8Array, encoding: 'UTF-16LE' | 'UTF-16BE', refuse: Refuse): string {
  if (bytes.length % 2 === 1) {
    throw refuse('it begins as UTF-16 but has an odd number of bytes, so its end is missing', 'Get the file once more and import that.');
  }
  // Buffer keeps lone surrogates where TextDecoder would not, so that `normalise` replaces and counts them.
  const copy = Buffer.from(bytes);
  return (encoding === 'UTF-16BE' ? copy.swap16() : copy).toString('utf16le');
}

// A few stray control characters happen in real texts and become spaces; more of them, or a NUL, is some other kind of file.
const fewControls = 3;

/** @throws what `refuse` makes of the reason, where `raw` holds NULs or more control characters than a text does. */
export function expectText(raw: string, refuse: Refuse): void {
  const nuls = raw.split('\0').length - 1;
  if (nuls > raw.length / 4) {
    throw refuse('it looks like UTF-16 without a byte order mark', nameIt, 'encoding');
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to be counted
  const controls = raw.match(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g)?.length ?? 0;
  if (nuls > 0 || controls > Math.max(fewControls, raw.length / 1000)) {
    throw refuse(
      `it is not plain text: ${controls} of its ${raw.length} characters are control characters`,
      'Save it as plain text (.txt) and import that.',
    );
  }
}
