import type { ImportProblem, ProblemCode } from '../../core/import/draft.ts';
import { lineLimit } from '../../core/model/article.ts';

/** Why a file is not read, if a person can do something about it. Nothing of the file is imported. */
export class FileRefusal extends Error {
  readonly code: ProblemCode;
  /** The end of a sentence that begins with the file's name. */
  readonly reason: string;
  readonly next: string;
  readonly line: number | null;
  constructor(code: ProblemCode, reason: string, next: string, line: number | null = null) {
    super(reason);
    this.name = 'FileRefusal';
    this.code = code;
    this.reason = reason;
    this.next = next;
    this.line = line;
  }
}

/** The problem to report for the file called `file`, which was refused. */
export function problemOf(file: string, { code, reason, next, line }: FileRefusal): ImportProblem {
  return { file, line, column: null, code, message: `${file} was not imported: ${reason}.`, next };
}

/** The refusal of a file without text. */
export const noText = () => new FileRefusal('empty', 'it holds no text', 'Check that it is the right file, and that it was saved.');

/** The refusal of a file that breaks the rules of its kind. */
export const damaged = (kind: string) =>
  new FileRefusal('damaged', `it is damaged, or no ${kind}`, 'Open it in the program that made it and save it again, then import that.');

/** The refusal of a file whose paragraph `number`, from 1, is too long for a page to lay out. */
export const tooLong = (number: number) =>
  new FileRefusal(
    'too-large',
    `its paragraph ${number} has more than ${lineLimit} characters`,
    'Break the text into paragraphs, then import it again.',
  );
