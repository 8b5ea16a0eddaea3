import type { Annotation, Mention } from '../core/model/annotation.ts';
import type { Edit, Gesture } from '../core/steps/edit.ts';
import { spanAt } from '../core/text/span.ts';

/** A text of a size that is measured, and how many annotations lie on it. */
export interface Size {
  readonly words: number;
  readonly annotations: number;
}

/** A text to be opened, with what lies on it. */
export interface Scene extends Size {
  /** The article's file. */
  readonly name: string;
  readonly text: string;
  /** Half-open, UTF-16, ascending by start. */
  readonly runs: readonly { readonly start: number; readonly end: number }[];
}

/** The text of a size, the same at each run. */
export function sceneOf(size: Size): Scene {
  const text = textOf(size.words);
  return { ...size, name: `${size.words}-words.txt`, text, runs: runsIn(text, size.annotations) };
}

export const sizes: readonly Size[] = [
  { words: 1_000, annotations: 100 },
  { words: 5_000, annotations: 500 },
  { words: 20_000, annotations: 2_000 },
  { words: 170_000, annotations: 10_000 },
];

const lexicon =
  'the minister said that a new plan for peace would be ready before winter and its partners in Paris had yet to offer any clear guarantees while critics warned of growing costs to troops on the ground despite months of talks';

/** Random numbers in [0, 1) that are the same at each run. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

/** A text of `words` words in sentences and paragraphs like a news article's. */
export function textOf(words: number): string {
  const random = randomFrom(words);
  const stock = lexicon.split(' ');
  const paragraphs: string[] = [];
  for (let left = words; left > 0; ) {
    const length = Math.min(left, 25 + Math.floor(random() * 60));
    left -= length;
    const sentence = Array.from({ length }, (_, at) => {
      const word = stock[Math.floor(random() * stock.length)] ?? 'and';
      return at % 17 === 0 ? `${word.charAt(0).toUpperCase()}${word.slice(1)}` : at % 17 === 16 || at === length - 1 ? `${word}.` : word;
    });
    paragraphs.push(sentence.join(' '));
  }
  return paragraphs.join('\n');
}

/** Half-open UTF-16 runs of 2 to 22 words, spread over `text`; about a third overlap their neighbour. */
export function runsIn(text: string, count: number): { start: number; end: number }[] {
  const random = randomFrom(count);
  const starts = [...text.matchAll(/\S+/g)].map(({ index, 0: word }) => ({ start: index, end: index + word.length }));
  const stride = starts.length / count;
  return Array.from({ length: count }, (_, at) => {
    const first = Math.min(starts.length - 24, Math.max(0, Math.floor(at * stride)));
    const last = first + 1 + Math.floor(random() ** 3 * 21);
    return { start: starts[first]?.start ?? 0, end: starts[last]?.end ?? 1 };
  });
}

const layers = ['QUOTE', 'FACT', 'STANCE', 'QUOTED_TERM'] as const;

/** The gestures that tag `runs` in turns of the four layers; each third has a mention as its speaker, holder or source. */
export function gesturesFor(article: string, text: string, runs: readonly { start: number; end: number }[], annotator: string): Gesture[] {
  const time = '2026-01-10T10:00:00.000Z';
  const edits = runs.flatMap((run, index): Edit[] => {
    const layer = layers[index % layers.length] ?? 'QUOTE';
    const id = `${article.slice(-8)}-${index}`;
    const role = { QUOTE: 'speaker', FACT: 'source', STANCE: 'holder', QUOTED_TERM: null }[layer];
    const mention: Mention | null =
      role && index % 3 === 0
        ? { id: `${id}-m`, article, annotator, span: spanAt(text, { start: run.start, end: text.indexOf(' ', run.start) }), entity: null }
        : null;
    const annotation: Annotation = {
      ...{
        id,
        article,
        annotator,
        layer,
        attributes: {},
        note: '',
        origin: { kind: 'person' },
        codebook: 1,
        created: time,
        modified: time,
      },
      spans: [spanAt(text, run)],
      roles: mention && role ? [{ role, target: { kind: 'mention', id: mention.id } }] : [],
    };
    return [
      ...(mention ? [{ record: 'mention', article, id: mention.id, before: null, after: mention } as const] : []),
      { record: 'annotation', article, id, before: null, after: annotation },
    ];
  });
  return Array.from({ length: Math.ceil(edits.length / 1000) }, (_, part) => ({
    ...{ id: `${article.slice(-8)}-part-${part}`, annotator, time, command: 'bench', title: 'Generated', undoes: null, redoes: null },
    edits: edits.slice(part * 1000, part * 1000 + 1000),
  }));
}
