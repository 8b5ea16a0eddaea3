import type { Article } from '../../core/model/article.ts';
import type { View } from '../state/view-store.ts';
import type { ReadingPlace } from './article-view.ts';

const places = new WeakMap<View, Map<string, ReadingPlace>>();

// An article with another text is another one to read.
const keyOf = ({ meta }: Article) => `${meta.id} ${meta.textSha256}`;

/** Keeps where `article` was left in the window of `view`, as long as that is open. */
export function leaveAt(view: View, article: Article, place: ReadingPlace): void {
  const ofWindow = places.get(view) ?? new Map<string, ReadingPlace>();
  places.set(view, ofWindow.set(keyOf(article), place));
}

/** Where `article` was left in the window of `view`; null where it never was. */
export function leftAt(view: View, article: Article): ReadingPlace | null {
  return places.get(view)?.get(keyOf(article)) ?? null;
}
