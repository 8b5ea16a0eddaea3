import { withoutAbout } from './about-files.ts';
import { readLayerFile } from './conll-read-layers.ts';
import { readRichFile } from './conll-read-rich.ts';
import type { Foreign, GivenFile, ReadFile } from './foreign.ts';
import { givenText } from './given-text.ts';
import { joinedFiles } from './joined-files.ts';

const richBeginning = /^\s*# global\.columns\s*=/;

/**
 * Reads CoNLL files: rich tables with their header line, completely if Pressmark wrote them, and files with any number of columns, with the word
 * first and its tag last. In a folder that Pressmark wrote, the files of single layers are skipped, because the rich ones contain the same.
 */
export function readConll(files: readonly GivenFile[]): Foreign {
  const reads = dataFiles(files).map((file): ReadFile => {
    const text = givenText(file);
    return typeof text === 'string' ? readFile(file.path, text) : { documents: [], annotators: [], entities: [], problems: [text] };
  });
  return joinedFiles(reads);
}

/** Whether files are CoNLL, judged by their names or the beginning of the first. */
export function recognisesConll(paths: readonly string[], beginning: string): boolean {
  return (
    richBeginning.test(beginning) ||
    beginning.startsWith('-DOCSTART-') ||
    paths.some((path) => /\.(conll|conllup|iob|iob2|bio)$/i.test(path))
  );
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
  return withoutAbout(files).filter(({ path }) => {
    const folder = own.find((root) => path.startsWith(root));
    return folder === undefined || !path.slice(folder.length).startsWith('layers/');
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
