import { type Codebook, type Layer, takes } from '../codebook.ts';
import { columnsOf, labelOf, runsOf, type Tagged } from './conll-tags.ts';
import { type DatasetAnnotation, mentionLayer } from './document.ts';
import type { DatasetSource } from './format.ts';
import type { Tokenised } from './tokenised.ts';
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

/** The lines of one document for one file: `name` is a layer (`QUOTE`), a role (`QUOTE.speaker`) or `mention`; `rank` counts from 1. */
export interface LayerLines {
  readonly name: string;
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

/** The files of each of `layers`, of their roles that are filled in the text, and of mentions. */
export function layerFilesOf(layers: readonly Layer[], { codebook, registry }: Pick<DatasetSource, 'codebook' | 'registry'>): LayerFiles {
  const files = [
    ...layers.flatMap(({ id, roles }) => [
      { name: id, layer: id, role: null },
      ...roles.filter((role) => isInText(role, codebook)).map(({ name }) => ({ name: `${id}.${name}`, layer: id, role: name })),
    ]),
    { name: mentionLayer, layer: mentionLayer, role: null },
  ];
  const counts = new Map(
    files.map(({ name }) => [name, { annotations: 0, in_pieces: 0, in_further_files: 0, without_tokens: 0 } as LayerCounts]),
  );
  return {
    of(work, text) {
      const standing = work.annotations.filter(({ status }) => status !== 'rejected');
      const mentions = new Map(standing.filter(({ layer }) => layer === mentionLayer).map((mention) => [mention.id, mention]));
      return files.flatMap(({ name, layer, role }) => {
        const ofLayer = standing.filter((annotation) => annotation.layer === layer);
        const shown = role === null ? ofLayer : fillersOf(ofLayer, role, mentions);
        const tagged = shown.map(
          (one): Tagged => ({
            id: one.id,
            label: role ?? labelOf(one, codebook, registry),
            runs: runsOf(one, text).runs,
          }),
        );
        const columns = columnsOf(tagged, text.tokens.length);
        const count = counts.get(name) as LayerCounts;
        const inMain = new Set(columns[0]?.map(({ id }) => id));
        for (const { id, runs } of tagged) {
          count.annotations++;
          if (runs.length === 0) count.without_tokens++;
          else if (!inMain.has(id)) count.in_further_files++;
          if (runs.length > 1) count.in_pieces++;
        }
        return columns.map((column, index) => ({ name, rank: index + 1, lines: linesOf(text, column) }));
      });
    },
    counts: () => Object.fromEntries(counts),
  };
}

function linesOf({ tokens, sentences }: Tokenised, column: readonly { readonly tag: string }[]): string {
  const ofSentence = ({ start, end }: { readonly start: number; readonly end: number }) => {
    const rows = tokens.slice(start, end).map((token, at) => `${token.text} -X- O ${column[start + at]?.tag}\n`);
    return `${rows.join('')}\n`;
  };
  return `${documentStart}${sentences.map(ofSentence).join('')}`;
}

function isInText(role: Layer['roles'][number], codebook: Codebook): boolean {
  return takes(role, { kind: 'mention', id: '' }, codebook, () => undefined);
}

// One mention may speak two quotes, and is tagged once.
function fillersOf(
  annotations: readonly DatasetAnnotation[],
  role: string,
  mentions: ReadonlyMap<string, DatasetAnnotation>,
): DatasetAnnotation[] {
  const ids = annotations.flatMap(({ args }) => args.flatMap((arg) => (arg.role === role && 'annotation' in arg ? [arg.annotation] : [])));
  return [...mentions.values()].filter(({ id }) => ids.includes(id));
}
