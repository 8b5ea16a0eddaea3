import type { Range } from '../text/span.ts';
import { columnsOf, outside, runsOf, type Tag, type Tagged } from './conll-tags.ts';
import type { DatasetSource } from './format.ts';
import type { Tokenised } from './tokenised.ts';
import { Utf8Text } from './utf8-text.ts';
import { seenIn, viewsOf } from './views.ts';
import type { Work } from './works.ts';

/** What the files of one layer or role contain, because their tags alone do not show it. For the manifest. */
export interface LayerCounts {
  annotations: number;
  /** Annotations with several fragments, or across the end of a sentence. Each piece begins with `B-`. */
  in_pieces: number;
  /** Annotations that overlap one in the main file, and are therefore in `<split>.2.conll` or a further one. */
  in_further_files: number;
  /** Annotations that cover only white space. */
  without_tokens: number;
}

/**
 * The lines of one document in one file. Its `folder` is named after the layer (`QUOTE`), the role (`QUOTE.speaker`) or `mention`; `rank` counts
 * from 1.
 */
export interface LayerLines {
  readonly folder: string;
  readonly rank: number;
  /** Only valid until the next document, which uses the same buffer. */
  readonly lines: Utf8Text;
}

/** Writes the files of single layers and counts what is in them. */
export interface LayerFiles {
  of(work: Work, text: Tokenised): Generator<LayerLines>;
  counts(): Readonly<Record<string, LayerCounts>>;
}

/** Exactly how spaCy recognises the beginning of a document. */
const documentStart = '-DOCSTART- -X- O O\n\n';

/** A file for each view of the dataset. */
export function layerFilesOf(source: DatasetSource): LayerFiles {
  const views = viewsOf(source);
  const folders = foldersOf(views.map(({ name }) => name));
  const counts = new Map(
    views.map(({ name }) => [name, { annotations: 0, in_pieces: 0, in_further_files: 0, without_tokens: 0 } as LayerCounts]),
  );
  const room = new Utf8Text();
  return {
    *of(work, text) {
      for (const view of views) {
        const tagged = seenIn(view, work.annotations, source).map(
          ({ annotation, label }): Tagged => ({ id: annotation.id, label, runs: runsOf(annotation, text).runs }),
        );
        const columns = columnsOf(tagged, text.tokens.length);
        const count = counts.get(view.name) as LayerCounts;
        const inMain = new Set(columns[0]?.map(({ id }) => id));
        for (const { id, runs } of tagged) {
          count.annotations++;
          if (runs.length === 0) count.without_tokens++;
          else if (!inMain.has(id)) count.in_further_files++;
          if (runs.length > 1) count.in_pieces++;
        }
        const folder = folders.get(view.name) ?? view.name;
        for (const [index, column] of columns.entries()) yield { folder, rank: index + 1, lines: linesOf(text, column, room.clear()) };
      }
    },
    counts: () => Object.fromEntries(counts),
  };
}

// The sentences of a text without tags, and where each ends. In most files, most sentences have none.
const untagged = new WeakMap<Tokenised, { readonly rows: Utf8Text; readonly ends: readonly number[] }>();

function untaggedOf(text: Tokenised) {
  const known = untagged.get(text);
  if (known) return known;
  const rows = new Utf8Text();
  const ends = text.sentences.map((sentence) => addRows(rows, text, sentence, null).length);
  untagged.set(text, { rows, ends });
  return { rows, ends };
}

function linesOf(text: Tokenised, column: readonly Tag[], lines: Utf8Text): Utf8Text {
  const { rows, ends } = untaggedOf(text);
  lines.add(documentStart);
  // Sentences without a tag are added together, up to the next one with a tag.
  let from = 0;
  for (const [index, sentence] of text.sentences.entries()) {
    if (isPlain(column, sentence)) continue;
    lines.addPart(rows, from, ends[index - 1] ?? 0);
    addRows(lines, text, sentence, column);
    from = ends[index] as number;
  }
  return lines.addPart(rows, from);
}

function isPlain(column: readonly Tag[], { start, end }: Range): boolean {
  for (let at = start; at < end; at++) if (column[at] !== outside) return false;
  return true;
}

function addRows(lines: Utf8Text, { tokens }: Tokenised, { start, end }: Range, column: readonly Tag[] | null): Utf8Text {
  for (let at = start; at < end; at++) {
    lines.add(tokens[at]?.text ?? '').add(' -X- O ');
    lines.add(column?.[at]?.tag ?? outside.tag).add('\n');
  }
  return lines.add('\n');
}

// Some systems do not distinguish names that differ only in letter case.
function foldersOf(names: readonly string[]): Map<string, string> {
  const taken = new Map<string, number>();
  return new Map(
    names.map((name) => {
      const number = (taken.get(name.toLowerCase()) ?? 0) + 1;
      taken.set(name.toLowerCase(), number);
      return [name, number === 1 ? name : `${name}(${number})`];
    }),
  );
}
