import type { Drawing, DrawnAnnotation } from './article-view.ts';

/** Returns a function that reduces a drawing to roughly the first screen of the article. The same drawing gives the same result object. */
export function firstScreens(): (drawing: Drawing) => Drawing {
  let last: readonly [whole: Drawing, part: Drawing] | null = null;
  return (drawing) => {
    if (last?.[0] !== drawing) last = [drawing, { ...drawing, annotations: drawing.annotations.filter(isOnFirstScreen) }];
    return last[1];
  };
}

// A line is at least 26 pixels high and holds about 70 characters. The bar and the head of the article take some space above.
const isOnFirstScreen = ({ spans }: DrawnAnnotation) => (spans[0]?.start ?? 0) < (window.innerHeight - 160) * 2.7;
