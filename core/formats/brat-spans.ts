import { rejoined } from './brat-document.ts';
import type { TextBound } from './brat-lines.ts';
import type { ForeignSpan } from './foreign.ts';

/**
 * The spans of an annotation. Fragments separated only by line ends are joined. Each span has its text according to the file, which later shows in
 * which unit the offsets count. If the text column does not fit the offsets, the whole column goes to the first span, so that the mismatch is
 * noticed. `sliceOf` returns the part of the text between two code point offsets.
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

// Divides the text column into the texts of its fragments. They are separated by one space, or in old files by nothing. Null if the lengths do not
// fit.
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
