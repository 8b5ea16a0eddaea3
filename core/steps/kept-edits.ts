import { z } from 'zod';
import { Id } from '../model/annotation.ts';
import { misfitIn, safeParsed } from '../text/misfit.ts';
import { Gesture } from './edit.ts';

/**
 * The file that keeps edits which could not be saved, until the project can accept them: what the page still held when the host was gone or
 * refused it. Its name ends in `.pressmark-edits`.
 */
export const KeptEdits = z.strictObject({
  format: z.literal(1),
  project: z.strictObject({ id: Id, name: z.string() }),
  gestures: z.array(Gesture).min(1),
});
export type KeptEdits = z.infer<typeof KeptEdits>;

/** The ending of the names of such files. */
export const keptEditsEnding = '.pressmark-edits';

/** The kept edits in `text`, or a sentence that says what is wrong with it. `project` is the id they must belong to. */
export function readKeptEdits(text: string, project: string): KeptEdits | string {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return 'it is not JSON';
    throw error;
  }
  const read = safeParsed(KeptEdits, data);
  if (!read.success) return misfitIn(data, read.error);
  return read.data.project.id === project ? read.data : `it belongs to the project “${read.data.project.name}”`;
}
