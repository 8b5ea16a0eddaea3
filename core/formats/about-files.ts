import type { GivenFile } from './foreign.ts';

/** The files of a dataset besides those of its format. Only a dataset that can be read back has a codebook. */
export const manifestPath = 'manifest.json';
export const cardPath = 'README.md';
export const codebookPath = 'codebook.json';

/** The files that hold records: all but manifests, and the card and the codebook beside one. */
export function withoutAbout(files: readonly GivenFile[]): GivenFile[] {
  const folders = foldersOf(files);
  const isBeside = (path: string) => [cardPath, codebookPath].includes(nameOf(path)) && folders.has(folderOf(path));
  return files.filter(({ path }) => nameOf(path) !== manifestPath && !isBeside(path));
}

/** The codebook of the dataset that `files` are; undefined if there is none. */
export function codebookFileIn(files: readonly GivenFile[]): GivenFile | undefined {
  const folders = foldersOf(files);
  return files.find(({ path }) => nameOf(path) === codebookPath && folders.has(folderOf(path)));
}

// The folders that hold a manifest.
const foldersOf = (files: readonly GivenFile[]) =>
  new Set(files.flatMap(({ path }) => (nameOf(path) === manifestPath ? [folderOf(path)] : [])));
const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1);
