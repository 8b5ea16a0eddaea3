import { dequal } from 'dequal';
import type { Notice } from '../../core/contract.ts';
import { articlesOf } from '../../core/edit.ts';
import type { AnnotatorWork } from './annotator-work.ts';
import type { Layout } from './layout.ts';
import type { SharedParts } from './parts.ts';

/** What another program changed: the articles that look different now, null for everything (the codebook or the project's own file). */
export interface OutsideChange {
  readonly articles: readonly string[] | null;
  /** Whether somebody came, went or has another name, or the registry may differ. */
  readonly others: boolean;
}

/** Nothing changed outside. */
export const unchanged: OutsideChange = { articles: [], others: false };

/** Whether what all share is different, so that everything has to be read anew. */
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
