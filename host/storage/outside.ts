import { dequal } from 'dequal';
import type { Notice } from '../../core/failure.ts';
import { articlesOf } from '../../core/steps/edit.ts';
import type { AnnotatorWork } from './annotator-work.ts';
import type { Layout } from './layout.ts';
import type { SharedParts } from './parts.ts';

/** What another program changed: the articles that look different now; null means everything (the codebook or the project's own file changed). */
export interface OutsideChange {
  readonly articles: readonly string[] | null;
  /** Whether an annotator was added, removed or renamed, or the registry may differ. */
  readonly others: boolean;
}

/** Nothing changed outside. */
export const unchanged: OutsideChange = { articles: [], others: false };

/** Whether the files that all annotators share differ, so that everything has to be read again. */
export function isOtherGround(before: SharedParts, now: SharedParts): boolean {
  return !dequal(before.info, now.info) || !dequal(before.codebookFile, now.codebookFile);
}

/** The articles on which one version of an annotator's work has a step that the other lacks. */
export function articlesBetween(before: AnnotatorWork | undefined, now: AnnotatorWork | undefined): string[] {
  if (before === now) return [];
  const [was, is] = [before?.gestures ?? [], now?.gestures ?? []].map((list) => new Map(list.map((gesture) => [gesture.id, gesture])));
  const changed = [...[...(was ?? [])].filter(([id]) => !is?.has(id)), ...[...(is ?? [])].filter(([id]) => !was?.has(id))];
  return [...new Set(changed.flatMap(([, gesture]) => articlesOf(gesture.edits)))].sort();
}

/** Says that another program changed the journal of the person at work. */
export function journalChanged(layout: Layout, annotator: string): Notice {
  return {
    id: `outside:${annotator}`,
    severity: 'warning',
    message: `${layout.named(layout.journal(annotator))} was changed by another program, perhaps by a sync from another computer. What you do here is not saved until it is read again.`,
    next: 'Read it again; what you did here since is then added, where it still fits.',
    command: 'project.reread',
  };
}

/** The id of the notice that articles are missing. */
export const missingId = 'missing-articles';

/** Says that the articles with these ids are missing although somebody worked on them; null if there are none. */
export function articlesMissing(ids: readonly string[]): Notice | null {
  if (ids.length === 0) return null;
  const some = `${ids.slice(0, 3).join(', ')}${ids.length > 3 ? ' …' : ''}`;
  const what =
    ids.length === 1
      ? `An article with work on it is not in this project (${some}).`
      : `${ids.length} articles with work on them are not in this project (${some}).`;
  return {
    id: missingId,
    severity: 'warning',
    message: `${what} The work is kept and shows again with the text.`,
    next: 'If the folder is synced, wait until all of it is there. Else import the same text again, or restore it from a backup.',
  };
}
