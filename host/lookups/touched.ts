import type { Gesture } from '../../core/steps/edit.ts';

/** Everybody's gestures, as `histories` of a project gives them. */
export type Histories = readonly { readonly annotator: string; readonly gestures: readonly Gesture[] }[];

/** By annotator: how many of their gestures were seen, and the id of the last. */
export type Seen = Readonly<Record<string, readonly [count: number, last: string]>>;

export function seenOf(histories: Histories): Seen {
  return Object.fromEntries(histories.map(({ annotator, gestures }) => [annotator, [gestures.length, gestures.at(-1)?.id ?? '']]));
}

/** The articles that gestures touched since `seen`; all articles if a journal does not continue from what was seen. */
export function touchedSince(seen: Seen, histories: Histories): ReadonlySet<string> | 'all' {
  const left = new Map(Object.entries(seen));
  const touched = new Set<string>();
  for (const { annotator, gestures } of histories) {
    const [count, last] = left.get(annotator) ?? [0, ''];
    left.delete(annotator);
    if (gestures.length < count || (count > 0 && gestures[count - 1]?.id !== last)) return 'all';
    for (const gesture of gestures.slice(count)) for (const article of articlesIn(gesture)) touched.add(article);
  }
  return left.size > 0 ? 'all' : touched;
}

function articlesIn({ edits }: Gesture): string[] {
  return edits.flatMap((edit) => ('article' in edit && typeof edit.article === 'string' ? [edit.article] : []));
}
