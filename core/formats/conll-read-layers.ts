import { isTag, runsOfTags } from './conll-runs.ts';
import type { ForeignAnnotation, ForeignDocument, ReadFile } from './foreign.ts';
import { damaged, problemOf } from './given-text.ts';

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

interface Part {
  readonly line: number;
  /** The last one is empty until one of its rows is found. */
  readonly sentences: Row[][];
}

/** What the columns contain: the index of the word, and those of tags, counted from the end. */
interface Columns {
  readonly form: number;
  readonly tags: number;
}

/**
 * Reads a file with one token on each line, the word in the first column and its tag in the last. Columns are separated by tabs or white space, a
 * blank line ends a sentence, and `-DOCSTART-` begins a document. If the first column numbers the words, the word is in the second, and all tag
 * columns at the end are read. Such a file does not contain the spaces of the text, so words are joined with single spaces, and each sentence is
 * on its own line. The layer of an annotation is the tag without its prefix.
 */
export function readLayerFile(path: string, text: string): ReadFile {
  const parts = partsOf(text);
  const rows = parts.flatMap(({ sentences }) => sentences.flat());
  if (rows.length === 0) {
    const problem = problemOf(path, null, 'empty', 'There is no token in it.', 'Choose a file with one word and its tag per line.');
    return { documents: [], annotators: [], entities: [], problems: [problem] };
  }
  const columns = columnsIn(parts.flatMap(({ sentences }) => sentences));
  const wrong = rows.find(({ cells }) => cells.length < columns.form + 2 || !cells[columns.form] || !isTag(cells.at(-1) as string));
  if (wrong) {
    const told = `The line is not a word and its tag: “${wrong.cells.join(' ').slice(0, 60)}”. Tags are O, B-… and I-…`;
    return { documents: [], annotators: [], entities: [], problems: [damaged(path, wrong.line, told)] };
  }
  const name = (path.split('/').at(-1) ?? path).replace(/\.\w+$/, '');
  const documents = parts.map((one, index) => documentOf(path, parts.length === 1 ? name : `${name} ${index + 1}`, one, columns));
  return { documents, annotators: [], entities: [], problems: [] };
}

function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  const begin = (line: number) => {
    const part: Part = { line, sentences: [[]] };
    parts.push(part);
    return part;
  };
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.replace(/\r$/, '');
    const cells = (line.includes('\t') ? line.split('\t') : line.trim().split(/[ \t]+/)).map((cell) => cell.trim());
    if (line.trim() === '') parts.at(-1)?.sentences.push([]);
    else if (line.startsWith('-DOCSTART-')) begin(index + 1);
    else if (cells[0] !== '#' || isTag(cells.at(-1) as string)) {
      const { sentences } = parts.at(-1) ?? begin(index + 1);
      sentences.at(-1)?.push({ line: index + 1, cells });
    }
  }
  return parts;
}

function columnsIn(sentences: readonly (readonly Row[])[]): Columns {
  const rows = sentences.flat();
  const isCounted = sentences.every((some) => some.every(({ cells }, index) => cells.length > 2 && cells[0] === String(index + 1)));
  if (!isCounted) return { form: 0, tags: 1 };
  let tags = 1;
  while (rows.every(({ cells }) => cells.length > tags + 2 && isTag(cells.at(-1 - tags) as string))) tags++;
  return { form: 1, tags };
}

function documentOf(path: string, name: string, { line, sentences }: Part, columns: Columns): ForeignDocument {
  const annotations: ForeignAnnotation[] = [];
  const lines: string[] = [];
  let offset = 0;
  for (const rows of sentences.filter(({ length }) => length > 0)) {
    const words = rows.map(({ cells }) => cells[columns.form] as string);
    const starts: number[] = [];
    let at = offset;
    for (const word of words) {
      starts.push(at);
      at += [...word].length + 1;
    }
    for (let column = columns.tags; column > 0; column--) {
      const tags = rows.map(({ cells }) => cells.at(-column) as string);
      for (const run of runsOfTags(tags, [], 0)) {
        const start = starts[run.start] as number;
        const covered = words.slice(run.start, run.end).join(' ');
        annotations.push({
          id: `a${annotations.length + 1}`,
          layer: run.label === '' ? name : run.label,
          spans: [{ start, end: start + [...covered].length, text: covered }],
          ...{ attributes: {}, args: [], annotator: null, status: null, line: rows[run.start]?.line ?? line },
        });
      }
    }
    lines.push(words.join(' '));
    offset = at;
  }
  return {
    ...{ file: path, line, doc_id: null, text: lines.join('\n'), text_sha256: null, unit: 'unicode_code_point', name, language: null },
    ...{ title: null, source: null, url: null, published: null, annotations, relations: [], completions: [] },
  };
}
