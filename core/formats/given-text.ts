import { strFromU8, strToU8 } from 'fflate';
import { type ImportProblem, inShort } from '../import/draft.ts';
import type { GivenFile } from './foreign.ts';

/** The text of a UTF-8 file, without a byte order mark, with its line ends unchanged. If it is not UTF-8, the problem with its line. */
export function givenText({ path, bytes }: GivenFile): string | ImportProblem {
  const begin = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const text = strFromU8(bytes.subarray(begin));
  // The decoder replaces invalid bytes by U+FFFD, so encoding the text again would give other bytes.
  const again = strToU8(text);
  let same = 0;
  while (same < again.length && again[same] === bytes[begin + same]) same++;
  if (same === again.length && begin + same === bytes.length) return text;
  let line = 1;
  for (let at = 0; at < begin + same; at++) if (bytes[at] === 0x0a) line++;
  return problemOf(path, line, 'encoding', 'This line is not in UTF-8.', 'Save the file in UTF-8 and import it again.');
}

/** A problem at `line` of the file at `path`, as importers return it, without a column. */
export function problemOf(path: string, line: number | null, code: ImportProblem['code'], message: string, next: string): ImportProblem {
  return { file: path, line, column: null, code, message, next };
}

/** Thrown while a file is read, at the first fault in it. `line` is counted from 1. The reader catches it. */
export class FileFault extends Error {
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

/** The problem of a file that violates the rules of its format at `line`. */
export function damaged(path: string, line: number, message: string): ImportProblem {
  return inShort(problemOf(path, line, 'damaged', message, 'Correct the line, or import the other files without this one.'));
}
