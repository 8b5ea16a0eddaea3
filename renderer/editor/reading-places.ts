import type { Article } from '../../core/model/article.ts';
import type { View } from '../state/view-store.ts';
import type { ReadingPlace } from './article-view.ts';

const places = new WeakMap<View, Map<string, ReadingPlace>>();

// An article with a different text counts as a different article.
const keyOf = ({ meta }: Article) => `${meta.id} ${meta.textSha256}`;

/** Remembers where `article` was left in the window of `view`, as long as the window is open. */
export function leaveAt(view: View, article: Article, place: ReadingPlace): void {
  const ofWindow = places.get(view) ?? new Map<string, ReadingPlace>();
  places.set(view, ofWindow.set(keyOf(article), place));
}

/** Where `article` was left in the window of `view`; null if it was not shown there before. */
export function leftAt(view: View, article: Article): ReadingPlace | null {
  return places.get(view)?.get(keyOf(article)) ?? null;
}
