import type { CodebookFile } from '../../core/codebook/codebook-file.ts';
import { migrate, migrateRelation } from '../../core/codebook/codebook-migration.ts';
import type { AnnotationSetRecord } from '../../core/model/annotation.ts';
import type { Edit, Gesture } from '../../core/steps/edit.ts';

/**
 * `gesture` as if it had been made under the codebook in force; the same object if it was. All annotations and relations in memory are in that
 * version, so those in gestures must be too, or no undo would find the records it expects. @throws RangeError for a version that does not exist yet
 */
export function migrateGesture(gesture: Gesture, codebook: CodebookFile): Gesture {
  const isCurrent = gesture.edits.every((edit) => migrateEdit(edit, codebook) === edit);
  return isCurrent ? gesture : { ...gesture, edits: gesture.edits.map((edit) => migrateEdit(edit, codebook)) };
}

function migrateEdit(edit: Edit, codebook: CodebookFile): Edit {
  if (edit.record !== 'annotation' && edit.record !== 'relation' && edit.record !== 'link') return edit;
  const version = codebook.versions.length;
  if ((edit.before?.codebook ?? version) === version && (edit.after?.codebook ?? version) === version) return edit;
  if (edit.record === 'annotation') {
    return { ...edit, before: edit.before && migrate(edit.before, codebook), after: edit.after && migrate(edit.after, codebook) };
  }
  return {
    ...edit,
    before: edit.before && migrateRelation(edit.before, codebook),
    after: edit.after && migrateRelation(edit.after, codebook),
  };
}

/** `record` migrated to the codebook in force. @throws RangeError for a version that does not exist yet */
export function migrateSet(record: AnnotationSetRecord, codebook: CodebookFile): AnnotationSetRecord {
  return {
    ...record,
    annotations: record.annotations.map((annotation) => migrate(annotation, codebook)),
    relations: record.relations.map((relation) => migrateRelation(relation, codebook)),
  };
}
