import { readLayerFile } from './conll-read-layers.ts';
import { readRichFile } from './conll-read-rich.ts';
import type { Foreign, ForeignDocument, GivenFile } from './foreign.ts';
import { givenText, problemOf } from './given-text.ts';

/** What one file gives: documents and annotators, or problems and nothing else. */
export type ReadFile = Pick<Foreign, 'documents' | 'annotators' | 'problems'>;

const richBeginning = /^\s*# global\.columns\s*=/;

/**
 * Reads CoNLL files: rich tables with their header line, in full where Pressmark wrote them, and files of four or any number of columns of
 * which the first is the word and the last its tag. Of a folder that Pressmark wrote the files of single layers are passed over, since the
 * rich ones hold all that is in them.
 */
export function readConll(files: readonly GivenFile[]): Foreign {
  const documents: ForeignDocument[] = [];
  const annotators = new Map<string, Foreign['annotators'][number]>();
  const problems: Foreign['problems'][number][] = [];
  for (const file of dataFiles(files)) {
    const text = givenText(file);
    const read = typeof text === 'string' ? readFile(file.path, text) : { documents: [], annotators: [], problems: [text] };
    documents.push(...read.documents);
    for (const annotator of read.annotators) annotators.set(annotator.id, annotators.get(annotator.id) ?? annotator);
    problems.push(...read.problems);
  }
  return { documents: oneOfEach(documents), entities: [], links: [], annotators: [...annotators.values()], problems };
}

/** Whether files are CoNLL by their names or by how the first begins. */
export function recognisesConll(paths: readonly string[], beginning: string): boolean {
  return richBeginning.test(beginning) || beginning.startsWith('-DOCSTART-') || paths.some((path) => /\.(conll|iob|iob2|bio)$/i.test(path));
}

function readFile(path: string, text: string): ReadFile {
  if (richBeginning.test(text)) return readRichFile(path, text);
  return readLayerFile(path, text);
}

function dataFiles(files: readonly GivenFile[]): GivenFile[] {
  const own = files.flatMap((file) => {
    const folder = /^(.*\/)?manifest\.json$/.exec(file.path);
    return folder && isOwnManifest(file) ? [folder[1] ?? ''] : [];
  });
  return files.filter(({ path }) => {
    const folder = own.find((root) => path.startsWith(root));
    if (folder === undefined) return true;
    const inside = path.slice(folder.length);
    return inside !== 'manifest.json' && inside !== 'README.md' && !inside.startsWith('layers/');
  });
}

function isOwnManifest(file: GivenFile): boolean {
  const text = givenText(file);
  try {
    const manifest: unknown = typeof text === 'string' ? JSON.parse(text) : null;
    return typeof manifest === 'object' && manifest !== null && 'format' in manifest && manifest.format === 'conll';
  } catch {
    return false;
  }
}

// Each annotator's work on an article is a file of its own, but the article is one.
function oneOfEach(documents: readonly ForeignDocument[]): ForeignDocument[] {
  const together = new Map<string, ForeignDocument>();
  for (const document of documents) {
    const key = document.doc_id === null ? `${together.size}` : JSON.stringify([document.doc_id, document.text]);
    const known = together.get(key);
    together.set(key, known ? joined(known, document) : document);
  }
  return [...together.values()];
}

function joined(one: ForeignDocument, other: ForeignDocument): ForeignDocument {
  return {
    ...one,
    annotations: [...one.annotations, ...other.annotations],
    relations: [...one.relations, ...other.relations],
    completions: [...one.completions, ...other.completions],
  };
}

/** A file that breaks the rules of its format at `line`. */
export function damaged(path: string, line: number, message: string): ReadFile {
  const problem = problemOf(path, line, 'damaged', message, 'Correct the line, or import the other files without this one.');
  return { documents: [], annotators: [], problems: [problem] };
}
