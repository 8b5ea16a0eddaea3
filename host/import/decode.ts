import { isUtf8 } from 'node:buffer';
import { AppError } from '../../core/failure.ts';
import { lineLimit, type NormalisationCounts, normalise } from '../../core/model/article.ts';
import { FileRefusal, problemOf } from './file-refusal.ts';

/** The largest file that is imported, in bytes. */
export const importLimit = 25_000_000;

/** The text of an imported file, normalised, with its encoding and what normalising changed. */
export interface Decoded {
  readonly text: string;
  /** `UTF-8`, `UTF-16`, or the encoding that was named, as the WHATWG Encoding Standard calls it. */
  readonly encoding: string;
  readonly changed: NormalisationCounts;
}

/** @throws AppError `too-large` if `size` (bytes) exceeds `limit`. Call it before reading the file. */
export function expectImportableSize(name: string, size: number, limit = importLimit): void {
  if (size > limit) throw failureOf(name, tooManyBytes(size, limit));
}

/**
 * The text of the plain text file `name`, which must end in .txt or .text. Otherwise like `decodePlainText`.
 * @throws AppError `unsupported`, `encoding` or `too-large`, naming the file, the reason and what to do.
 */
export function decodeTextFile(name: string, bytes: Uint8Array, label: string | null = null): Decoded {
  try {
    expectTextEnding(name);
    return decodePlainText(bytes, label);
  } catch (error) {
    throw error instanceof FileRefusal ? failureOf(name, error) : error;
  }
}

/**
 * Decodes `bytes` as text. A byte order mark decides between UTF-8 and UTF-16. Without one, they must be in the encoding `label` (of the WHATWG
 * Encoding Standard) if it is given, otherwise in UTF-8. Nothing is ever guessed. Binary files, other kinds of file, empty files, and lines longer
 * than `lineLimit` are refused.
 * @throws FileRefusal `unsupported`, `encoding` or `too-large`
 */
export function decodePlainText(bytes: Uint8Array, label: string | null): Decoded {
  if (bytes.length > importLimit) throw tooManyBytes(bytes.length, importLimit);
  const kind = knownKind(bytes);
  if (kind) throw unsupported(`it is ${kind}, not plain text`, 'Open it in its own program, save it as plain text (.txt) and import that.');
  const raw = decodeLabelled(bytes, label);
  expectText(raw);
  const { text, changed } = normalise(raw);
  if (!/\S/.test(text)) throw unsupported('it holds no text', 'Check that it is the right file, and that it was saved.');
  const long = text.split('\n').findIndex((line) => line.length > lineLimit);
  if (long >= 0) {
    const next = 'Break the text into paragraphs, then import it again.';
    throw unsupported(`its line ${long + 1} has more than ${lineLimit} characters`, next);
  }
  return { text, encoding: encodingInWords(bytes, label), changed };
}

const textEndings = ['.txt', '.text'];

function expectTextEnding(name: string): void {
  const ending = /\.[^.]*$/.exec(name)?.[0].toLowerCase();
  if (ending && textEndings.includes(ending)) return;
  const endings = textEndings.join(' and ');
  throw ending
    ? unsupported(
        `files ending in ${ending} cannot be imported, only plain text (${endings})`,
        'Save it as plain text (.txt) and import that.',
      )
    : unsupported(`its name has no ending; plain text has ${endings}`, 'If it is plain text, add .txt to its name and import it again.');
}

const unsupported = (reason: string, next: string) => new FileRefusal('unsupported', reason, next);

const tooManyBytes = (size: number, limit: number) =>
  new FileRefusal(
    'too-large',
    `it has ${(size / 1_000_000).toFixed(1)} MB, and at most ${limit / 1_000_000} MB can be imported`,
    'Split it into one file per article and import those.',
  );

function failureOf(name: string, refusal: FileRefusal): AppError {
  const { code } = refusal;
  const { message, next } = problemOf(name, refusal);
  return new AppError(code === 'too-large' || code === 'encoding' ? code : 'unsupported', message, next);
}

/** A sentence that says that a text in `encoding` was converted. */
export const turnedIntoUtf8 = (encoding: string): string => `${encoding} was turned into UTF-8.`;

/**
 * A sentence that says why `bytes` are not read in the encoding `label`, which a person named for several files: they are valid UTF-8 and not plain
 * ASCII, which hardly ever happens by chance. Null if they are read in it, or if `label` is not an encoding.
 */
export function notAsNamed(bytes: Uint8Array, label: string | null): string | null {
  if (label === null || !isUtf8(bytes) || hasMarkOfUtf8(bytes) || bytes.includes(0) || bytes.every((byte) => byte < 0x80)) return null;
  try {
    const { encoding } = new TextDecoder(label);
    return encoding === 'utf-8' ? null : `It is UTF-8, so it was not read in ${encoding}.`;
  } catch {
    return null;
  }
}

/** The encoding that `decodeLabelled` uses for `bytes`, whether or not it succeeds. */
function encodingInWords(bytes: Uint8Array, label: string | null): string {
  const mark = encodingOf(bytes);
  if (mark !== 'UTF-8') return 'UTF-16';
  if (label === null || hasMarkOfUtf8(bytes)) return 'UTF-8';
  const { encoding } = new TextDecoder(label);
  return encoding === 'utf-8' ? 'UTF-8' : encoding;
}

const hasMarkOfUtf8 = (bytes: Uint8Array) => bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;

/** The kind of a file according to its first bytes, if that kind is not plain text; otherwise undefined. */
export function knownKind(bytes: Uint8Array): string | undefined {
  return signatures.find(([, signature]) => signature.every((byte, index) => bytes[index] === byte))?.[0];
}

/**
 * Decodes the characters of a text file, before `normalise`: according to its byte order mark, or else in the encoding `label` (of the WHATWG
 * Encoding Standard), or else in UTF-8. Nothing is guessed and no error is ignored.
 * @throws FileRefusal `encoding`, or `unsupported` if naming another encoding could not help
 */
export function decodeLabelled(bytes: Uint8Array, label: string | null): string {
  const raw = decoded(bytes, label);
  const nuls = raw.split('\0').length - 1;
  if (nuls > raw.length / 4) throw new FileRefusal('encoding', 'it looks like UTF-16 without a byte order mark', nameIt);
  return raw;
}

function decoded(bytes: Uint8Array, label: string | null): string {
  const mark = encodingOf(bytes);
  if (mark !== 'UTF-8') return decodeUtf16(bytes, mark);
  if (label === null || hasMarkOfUtf8(bytes)) return decodeUtf8(bytes);
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true });
  } catch {
    throw new FileRefusal('encoding', `“${label.slice(0, 40)}” is not an encoding`, 'Name one such as utf-8 or windows-1252.');
  }
  if (decoder.encoding === 'utf-8') return decodeUtf8(bytes);
  try {
    return decoder.decode(bytes);
  } catch {
    throw new FileRefusal(
      'encoding',
      `it is not ${decoder.encoding}, which it says it is`,
      'Name the encoding that it has, or save it with the encoding UTF-8.',
    );
  }
}

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

const nameIt = 'Name its encoding, such as windows-1252, or open it in a text editor, save it with the encoding UTF-8 and import that.';

function decodeUtf8(bytes: Uint8Array): string {
  // The byte order mark is kept; `normalise` removes and counts it.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  if (isUtf8(bytes)) return text;
  const { line, byte } = firstFault(text, bytes);
  // In a byte-oriented encoding no text contains NULs, so naming one would not help.
  throw new FileRefusal(
    bytes.includes(0) ? 'unsupported' : 'encoding',
    `it is not UTF-8 (line ${line} has the byte 0x${byte.toString(16).toUpperCase().padStart(2, '0')})`,
    nameIt,
  );
}

// The decoder writes U+FFFD where it failed. The first one that is not itself in the file is the fault.
function firstFault(text: string, bytes: Uint8Array): { line: number; byte: number } {
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) {
    const before = text.slice(0, at);
    const position = Buffer.byteLength(before);
    const isSpelt = bytes[position] === 0xef && bytes[position + 1] === 0xbf && bytes[position + 2] === 0xbd;
    if (!isSpelt) return { line: before.split(/\r\n?|\n/).length, byte: bytes[position] ?? 0 };
  }
  throw new RangeError('the bytes are UTF-8');
}

function decodeUtf16(bytes: Uint8Array, encoding: 'UTF-16LE' | 'UTF-16BE'): string {
  if (bytes.length % 2 === 1) {
    throw unsupported('it begins as UTF-16 but has an odd number of bytes, so its end is missing', 'Get the file again and import that.');
  }
  // Buffer keeps lone surrogates, unlike TextDecoder, so that `normalise` can replace and count them.
  const copy = Buffer.from(bytes);
  return (encoding === 'UTF-16BE' ? copy.swap16() : copy).toString('utf16le');
}

// Real texts may contain a few stray control characters, which become spaces. More of them, or a NUL, mean another kind of file.
const fewControls = 3;

/** @throws FileRefusal `unsupported` if `raw` contains NULs or more control characters than a text would. */
export function expectText(raw: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to be counted
  const controls = raw.match(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g)?.length ?? 0;
  if (raw.includes('\0') || controls > Math.max(fewControls, raw.length / 1000)) {
    throw unsupported(
      `it is not plain text: ${controls} of its ${raw.length} characters are control characters`,
      'Save it as plain text (.txt) and import that.',
    );
  }
}
