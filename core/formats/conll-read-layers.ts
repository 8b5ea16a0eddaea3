import type { ReadFile } from './conll-read.ts';
import { isTag, runsOfTags } from './conll-runs.ts';
import type { ForeignAnnotation, ForeignDocument } from './foreign.ts';
import { damaged, problemOf } from './given-text.ts';

interface Row {
  readonly form: string;
  readonly tag: string;
}

interface Part {
  readonly line: number;
  /** The last one is empty while none of its rows was met. */
  readonly sentences: Row[][];
}

/**
 * Reads a file with a token a line, the word in its first column and its tag in the last, columns apart by tabs or white space, a blank line
 * behind a sentence, `-DOCSTART-` in front of a document. It does not tell the spaces of the text, so words stand one space apart and each
 * sentence in a line of its own. The layer of an annotation is what is behind the prefix of its tag.
 */
export function readLayerFile(path: string, text: string): ReadFile {
  const parts: Part[] = [];
  let part: Part | null = null;
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.replace(/\r$/, '');
    if (line.trim() === '') {
      part?.sentences.push([]);
      continue;
    }
    if (line.startsWith('-DOCSTART-')) {
      part = { line: index + 1, sentences: [[]] };
      parts.push(part);
      continue;
    }
    const cells = line.includes('\t') ? line.split('\t') : line.trim().split(/[ \t]+/);
    const [form, tag] = [cells[0]?.trim() ?? '', cells.length > 1 ? (cells.at(-1) ?? '').trim() : ''];
    if (form === '#' && !isTag(tag)) continue;
    if (form === '' || !isTag(tag)) {
      const fault = damaged(path, index + 1, `The line is not a word and its tag: “${shortened(line)}”. Tags are O, B-… and I-…`);
      return { documents: [], annotators: [], problems: [fault] };
    }
    if (!part) {
      part = { line: index + 1, sentences: [[]] };
      parts.push(part);
    }
    part.sentences.at(-1)?.push({ form, tag });
  }
  if (parts.length === 0) {
    const problem = problemOf(path, null, 'empty', 'There is no token in it.', 'Choose a file with one word and its tag a line.');
    return { documents: [], annotators: [], problems: [problem] };
  }
  const name = (path.split('/').at(-1) ?? path).replace(/\.\w+$/, '');
  const documents = parts.map((one, index) => documentOf(path, parts.length === 1 ? name : `${name} ${index + 1}`, one));
  return { documents, annotators: [], problems: [] };
}

function documentOf(path: string, name: string, { line, sentences }: Part): ForeignDocument {
  const annotations: ForeignAnnotation[] = [];
  const lines: string[] = [];
  let offset = 0;
  for (const rows of sentences.filter(({ length }) => length > 0)) {
    const starts: number[] = [];
    let at = offset;
    for (const { form } of rows) {
      starts.push(at);
      at += [...form].length + 1;
    }
    const tags = rows.map(({ tag }) => tag);
    for (const run of runsOfTags(tags, [], 0)) {
      const words = rows.slice(run.start, run.end).map(({ form }) => form);
      const start = starts[run.start] as number;
      const covered = words.join(' ');
      annotations.push({
        id: `a${annotations.length + 1}`,
        layer: run.label === '' ? name : run.label,
        spans: [{ start, end: start + [...covered].length, text: covered }],
        ...{ attributes: {}, args: [], annotator: null, status: null },
      });
    }
    lines.push(rows.map(({ form }) => form).join(' '));
    offset = at;
  }
  return {
    ...{ file: path, line, doc_id: null, text: lines.join('\n'), text_sha256: null, unit: 'unicode_code_point', name, language: null },
    ...{ title: null, source: null, url: null, published: null, annotations, relations: [], completions: [] },
  };
}

function shortened(line: string): string {
  return line.length > 60 ? `${line.slice(0, 60).toWellFormed()}…` : line;
}
