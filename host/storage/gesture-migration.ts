import { type CodebookFile, migrate } from '../../core/codebook.ts';
import type { Edit, Gesture } from '../../core/edit.ts';

/**
 * `gesture` as if it had been made under the codebook in force; itself when it was. All annotations in memory are in that version,
 * so those in gestures have to be too, or no undo would find its ground. @throws RangeError for a version not yet made
 */
export function migrateGesture(gesture: Gesture, codebook: CodebookFile): Gesture {
  const isCurrent = (edit: Edit) =>
    edit.record !== 'annotation' || [edit.before, edit.after].every((side) => !side || side.codebook === codebook.versions.length);
  if (gesture.edits.every(isCurrent)) return gesture;
  const edits = gesture.edits.map((edit) => {
    if (edit.record !== 'annotation') return edit;
    return { ...edit, before: edit.before && migrate(edit.before, codebook), after: edit.after && migrate(edit.after, codebook) };
  });
  return { ...gesture, edits };
}
