import { AppError } from '../../core/failure.ts';
import { detailNames, detailProblem } from '../../core/model/article-record.ts';
import { changesCodebook, type Edit, Gesture } from '../../core/steps/edit.ts';
import { misfitIn, safeParsed } from '../../core/text/misfit.ts';
import { spanProblem } from '../../core/text/span.ts';

/** What a gesture is checked against. `textOf` returns null for an article that does not exist. */
export interface GestureGround {
  readonly annotator: string;
  readonly codebookVersion: number;
  readonly textOf: (article: string) => Promise<string | null>;
  /** Whether there is an article with this id, listed or not. */
  readonly hasArticle: (article: string) => boolean;
}

/**
 * `gesture` in the form in which it is written, with its fields in a fixed order, so that the same step gives the same bytes whoever made it.
 * @throws AppError `bad-request` if it is wrong whatever was done before: its form, its annotator, records not filed under their own ids and
 * articles, spans that do not cover the text they quote
 */
export async function checkedGesture(given: Gesture, ground: GestureGround): Promise<Gesture> {
  const { data: gesture, error } = safeParsed(Gesture, given);
  const problem = error ? misfitIn(given, error) : await problemOf(gesture, ground);
  if (gesture && problem === null) return gesture;
  throw new AppError('bad-request', `This step was refused: ${problem}.`, 'Reload the article, then do it again.');
}

async function problemOf(gesture: Gesture, ground: GestureGround): Promise<string | null> {
  if (gesture.annotator !== ground.annotator) return `it is a step of ${gesture.annotator}`;
  if (changesCodebook(gesture.edits)) return 'the codebook is changed by a call of its own';
  if (gesture.undoes && gesture.redoes) return 'it cannot both undo and redo';
  for (const edit of gesture.edits) {
    const problem = filingProblem(edit, ground) ?? changeProblem(edit, ground) ?? (await textProblem(edit, ground));
    if (problem) return `${edit.record} ${edit.id}: ${problem}`;
  }
  return null;
}

function filingProblem(edit: Edit, ground: GestureGround): string | null {
  for (const side of [edit.before, edit.after]) {
    if (!side) continue;
    if (side.annotator !== ground.annotator) return `it belongs to ${side.annotator}`;
    if ('id' in side && side.id !== edit.id) return `the record in it is ${side.id}`;
    if ('article' in edit && 'article' in side && side.article !== edit.article) return `it is filed under ${side.article}`;
    if (edit.record === 'completion' && edit.id !== edit.article) return 'a completion has the id of its article';
    if ('codebook' in side && side.codebook > ground.codebookVersion) return `version ${side.codebook} of the codebook is not made yet`;
  }
  return null;
}

function changeProblem(edit: Edit, ground: GestureGround): string | null {
  if (edit.record !== 'article') return null;
  if (!ground.hasArticle(edit.id)) return `there is no article ${edit.id}`;
  if (!edit.after) return null;
  const { fields } = edit.after;
  if (fields.supersededBy?.value === edit.id) return 'an article cannot stand in its own place';
  if (fields.supersededBy?.value && !ground.hasArticle(fields.supersededBy.value))
    return `there is no article ${fields.supersededBy.value}`;
  for (const name of detailNames) {
    const problem = fields[name] && detailProblem(name, fields[name].value);
    if (problem) return problem;
  }
  return null;
}

async function textProblem(edit: Edit, ground: GestureGround): Promise<string | null> {
  if (!('article' in edit)) return null;
  const text = await ground.textOf(edit.article);
  if (text === null) return `there is no article ${edit.article}`;
  // Removing a record must always be possible, even one that should never have been there.
  if (!edit.after) return null;
  if (edit.record === 'mention') return spanProblem(text, [edit.after.span]);
  return edit.record === 'annotation' || edit.record === 'decision' ? spanProblem(text, edit.after.spans) : null;
}
