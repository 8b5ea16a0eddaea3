import { keptRuns } from '../text/text-diff.ts';

/** A stretch of a changed text: words that both have, words of the old text that are gone, or words that are new. */
export interface WordChange {
  readonly kind: 'kept' | 'gone' | 'new';
  readonly text: string;
}

/** The words of a text as they are compared, without regard to case, accents, apostrophes and marks. Half-open UTF-16 offsets. */
interface Word {
  readonly plain: string;
  readonly start: number;
  readonly end: number;
}

/**
 * How `from` became `to`, word by word. The kept and new stretches together are `to`, with its marks; marks alone are no change. `share` is how many
 * of the words of the longer one are kept, from 0 to 1.
 */
export function wordChanges(from: string, to: string): { readonly changes: readonly WordChange[]; readonly share: number } {
  const [old, fresh] = [wordsOf(from), wordsOf(to)];
  const pairs = commonWords(old, fresh);
  const changes: WordChange[] = [];
  let [oldAt, newAt, written] = [0, 0, 0];
  const upTo = (end: number, kind: 'kept' | 'new') => {
    if (end > written) changes.push({ kind, text: to.slice(written, end) });
    written = Math.max(written, end);
  };
  const between = (oldEnd: number, newEnd: number) => {
    const [first, last] = [fresh[newAt], fresh[newEnd - 1]];
    if (first && newAt < newEnd) upTo(first.start, 'kept');
    else upTo(fresh[newEnd]?.start ?? written, 'kept');
    const [gone, goneTo] = [old[oldAt], old[oldEnd - 1]];
    if (gone && goneTo && oldAt < oldEnd) changes.push({ kind: 'gone', text: from.slice(gone.start, goneTo.end) });
    if (first && last && newAt < newEnd) upTo(last.end, 'new');
  };
  for (const [x, y] of pairs) {
    if (x > oldAt || y > newAt) between(x, y);
    upTo((fresh[y] as Word).end, 'kept');
    [oldAt, newAt] = [x + 1, y + 1];
  }
  if (old.length > oldAt || fresh.length > newAt) between(old.length, fresh.length);
  upTo(to.length, 'kept');
  return { changes: joined(changes), share: pairs.length / Math.max(1, old.length, fresh.length) };
}

/** Whether the words of `part` stand in `whole` one after the other. False if `part` has none. */
export function isWithin(part: string, whole: string): boolean {
  const [inside, around] = [part, whole].map(
    (text) =>
      ` ${wordsOf(text)
        .map(({ plain }) => plain)
        .join(' ')} `,
  ) as [string, string];
  return inside.trim() !== '' && around.includes(inside);
}

function wordsOf(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’][\p{L}\p{M}]+)*/gu)].map(({ 0: word, index }) => ({
    plain: word
      .normalize('NFKD')
      .replace(/[\p{M}'’]/gu, '')
      .toLowerCase(),
    start: index,
    end: index + word.length,
  }));
}

// Index pairs of words that both have, in order, as many as possible.
function commonWords(old: readonly Word[], fresh: readonly Word[]): [number, number][] {
  const [one, other] = [old, fresh].map((words) => {
    const starts: number[] = [];
    let text = '';
    for (const { plain } of words) {
      starts.push(text.length);
      text += `${plain} `;
    }
    return { text, starts };
  }) as [{ text: string; starts: number[] }, { text: string; starts: number[] }];
  const runs = keptRuns(one.text, other.text);
  const at = new Map(other.starts.map((start, index) => [start, index]));
  let run = 0;
  return one.starts.flatMap((start, index): [number, number][] => {
    while (run < runs.length && (runs[run] as { old: number; length: number }).old + (runs[run] as { length: number }).length <= start)
      run++;
    const kept = runs[run];
    const there = kept && kept.old <= start ? at.get(start - kept.old + kept.new) : undefined;
    return there === undefined ? [] : [[index, there]];
  });
}

function joined(changes: readonly WordChange[]): WordChange[] {
  const made: { kind: WordChange['kind']; text: string }[] = [];
  for (const { kind, text } of changes) {
    const last = made.at(-1);
    if (last?.kind === kind && kind !== 'gone') last.text += text;
    else made.push({ kind, text });
  }
  return made;
}
