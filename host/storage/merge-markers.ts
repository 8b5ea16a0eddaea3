import { AppError } from '../../core/failure.ts';
import { sidesOf } from '../../core/steps/merge.ts';

/** Both sides of a file in which git left conflict markers, ours first; null for any other file. Bytes that are not UTF-8 are searched too. */
export function sidesIn(bytes: Uint8Array): { readonly ours: Uint8Array; readonly theirs: Uint8Array } | null {
  const sides = sidesOf(new TextDecoder().decode(bytes));
  return sides && { ours: Buffer.from(sides.ours), theirs: Buffer.from(sides.theirs) };
}

/** The failure to read the file `name`, in which git left conflict markers. */
export function markedFailure(name: string): AppError {
  return new AppError(
    'corrupt',
    `${name} holds two versions between git’s conflict markers: it was changed on two sides, and the merge was not finished.`,
    `Keep one of them (“git checkout --ours ${name}”, or --theirs), then open the project again.`,
    'Both versions are in the file; nothing was changed.',
  );
}
