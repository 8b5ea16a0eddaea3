import type { Drawing, DrawnAnnotation } from './article-view.ts';

/** What of a drawing is on the first screen of an article, roughly; asked again for the same drawing the returned function gives the same. */
export function firstScreens(): (drawing: Drawing) => Drawing {
  let last: readonly [whole: Drawing, part: Drawing] | null = null;
  return (drawing) => {
    if (last?.[0] !== drawing) last = [drawing, { ...drawing, annotations: drawing.annotations.filter(isOnFirstScreen) }];
    return last[1];
  };
}

// 70 characters stand in a line of 26 pixels or more, below the bar and the article's head.
const isOnFirstScreen = ({ spans }: DrawnAnnotation) => (spans[0]?.start ?? 0) < (window.innerHeight - 160) * 2.7;
