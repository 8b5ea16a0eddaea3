import { rejoined } from './brat-document.ts';
import type { TextBound } from './brat-lines.ts';
import type { ForeignSpan } from './foreign.ts';

/**
 * The spans of an annotation in a text of which `sliceOf` gives the part between two code points: its fragments, those made one that only line ends keep apart, with their texts
 * as the file tells them, by which it is found out what its offsets count. Where the text column does not fit the offsets, all of it is told
 * with the first, so that the misfit is seen.
 */
export function spansOf(sliceOf: (start: number, end: number) => string, { fragments, text }: TextBound): ForeignSpan[] {
  const texts = text === null ? fragments.map(() => null) : (parted(text, fragments) ?? [text]);
  const told = fragments.map((fragment, index) => ({ ...fragment, text: texts[index] ?? null })).sort((a, b) => a.start - b.start);
  let next = 0;
  return rejoined(sliceOf, told).map(({ start, end }) => {
    const from = next;
    while (next < told.length && (told[next]?.end ?? 0) <= end) next++;
    const parts = told.slice(from, next);
    if (parts.length === 1 || parts.some((part) => part.text === null)) return { start, end, text: parts[0]?.text ?? null };
    const whole = parts.map((part, index) => {
      const following = parts[index + 1];
      return `${part.text}${following ? sliceOf(part.end, following.start) : ''}`;
    });
    return { start, end, text: whole.join('') };
  });
}

// The text column in the texts of its fragments, which one space, or nothing in old files, keeps apart; null where the lengths do not fit.
function parted(text: string, fragments: TextBound['fragments']): string[] | null {
  const length = fragments.reduce((sum, { start, end }) => sum + end - start, 0);
  for (const gap of [1, 0]) {
    for (const signs of [[...text], text.split('')]) {
      if (signs.length !== length + gap * (fragments.length - 1)) continue;
      let at = 0;
      return fragments.map(({ start, end }) => {
        const part = signs.slice(at, at + end - start).join('');
        at += end - start + gap;
        return part;
      });
    }
  }
  return null;
}
