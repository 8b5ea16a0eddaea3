import { columnsOf, runsOf, type Tagged } from './conll-tags.ts';
import type { DatasetSource } from './format.ts';
import type { Tokenised } from './tokenised.ts';
import { seenIn, viewsOf } from './views.ts';
import type { Work } from './works.ts';

/** What files of one layer or role hold, since their tags alone do not tell: for the manifest. */
export interface LayerCounts {
  annotations: number;
  /** Of several fragments, or over a sentence's end: each piece begins with `B-`. */
  in_pieces: number;
  /** Overlapping one that is in the main file, and so in `<split>.2.conll` or a further one. */
  in_further_files: number;
  /** Of white space alone. */
  without_tokens: number;
}

/** The lines of one document for one file: its `folder` is called as the layer (`QUOTE`), role (`QUOTE.speaker`) or `mention`; `rank` counts from 1. */
export interface LayerLines {
  readonly folder: string;
  readonly rank: number;
  readonly lines: string;
}

/** Makes the files of single layers and counts what is in them. */
export interface LayerFiles {
  of(work: Work, text: Tokenised): LayerLines[];
  counts(): Readonly<Record<string, LayerCounts>>;
}

/** Exactly so spaCy knows the beginning of a document. */
const documentStart = '-DOCSTART- -X- O O\n\n';

/** A file of each view of the dataset. */
export function layerFilesOf(source: DatasetSource): LayerFiles {
  const views = viewsOf(source);
  const folders = foldersOf(views.map(({ name }) => name));
  const counts = new Map(
    views.map(({ name }) => [name, { annotations: 0, in_pieces: 0, in_further_files: 0, without_tokens: 0 } as LayerCounts]),
  );
  return {
    of(work, text) {
      return views.flatMap((view) => {
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
        return columns.map((column, index) => ({
          folder: folders.get(view.name) ?? view.name,
          rank: index + 1,
          lines: linesOf(text, column),
        }));
      });
    },
    counts: () => Object.fromEntries(counts),
  };
}

// The sentences of a text in which nothing is tagged, as most are in most of its files.
const untagged = new WeakMap<Tokenised, readonly string[]>();

function linesOf(text: Tokenised, column: readonly { readonly tag: string }[]): string {
  const { tokens, sentences } = text;
  const rows = ({ start, end }: Tokenised['sentences'][number], tagAt: (at: number) => string) => {
    let lines = '';
    for (let at = start; at < end; at++) lines += `${tokens[at]?.text} -X- O ${tagAt(at)}\n`;
    return `${lines}\n`;
  };
  const plain = untagged.get(text) ?? sentences.map((sentence) => rows(sentence, () => 'O'));
  untagged.set(text, plain);
  const isPlain = ({ start, end }: Tokenised['sentences'][number]) => {
    for (let at = start; at < end; at++) if (column[at]?.tag !== 'O') return false;
    return true;
  };
  const tagAt = (at: number) => column[at]?.tag as string;
  return `${documentStart}${sentences.map((sentence, index) => (isPlain(sentence) ? plain[index] : rows(sentence, tagAt))).join('')}`;
}

// Not every system keeps names apart that differ in the case of letters alone.
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
