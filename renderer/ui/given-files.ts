/** A file that a person gave the page: its name, and its bytes once they are asked for. */
export interface GivenFile {
  readonly name: string;
  readonly bytes: () => Promise<Uint8Array>;
}

/** The files of a choice or a drop; those of a folder are named by their way from it, and hidden ones are passed over. */
export const givenFiles = (list: FileList | null): GivenFile[] => shownFiles(list).map((file) => given(file, pathOf(file)));

/** As `givenFiles`, as the browser has them. */
export const shownFiles = (list: FileList | null): File[] =>
  [...(list ?? [])]
    .filter(({ webkitRelativePath }) => !webkitRelativePath.split('/').some((part) => part.startsWith('.')))
    .sort((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1));

const pathOf = ({ webkitRelativePath, name }: File): string => webkitRelativePath || name;

const given = (file: File, name: string): GivenFile => ({ name, bytes: async () => new Uint8Array(await file.arrayBuffer()) });

/**
 * The files of a drop, with those of dropped folders below them, named by their way from the folder; hidden ones are passed over. The
 * drop is read at once, as it must be; the folders are walked afterwards.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<GivenFile[]> {
  const dropped = [...transfer.items]
    .filter(({ kind }) => kind === 'file')
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const files: GivenFile[] = [];
  for (const { entry, file } of dropped) {
    if (entry?.isDirectory) await walk(entry as FileSystemDirectoryEntry, entry.name, files);
    else if (file) files.push(given(file, file.name));
  }
  return files;
}

async function walk(folder: FileSystemDirectoryEntry, path: string, files: GivenFile[]): Promise<void> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  // A reader gives a hundred at a time, and none at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    entries.push(...some);
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue;
    const name = `${path}/${entry.name}`;
    if (entry.isDirectory) await walk(entry as FileSystemDirectoryEntry, name, files);
    else files.push(given(await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)), name));
  }
}

/** What the clipboard holds as files: the files on it, else its text, as a page where it has one. None when it holds neither. */
export function pastedFiles(clipboard: DataTransfer): GivenFile[] {
  const files = givenFiles(clipboard.files);
  if (files.length > 0) return files;
  const made = (name: string, text: string) => [{ name, bytes: async () => new TextEncoder().encode(text) }];
  const html = clipboard.getData('text/html');
  // The mark says that it is UTF-8, whatever the page said that it was copied from.
  if (html.trim() !== '') return made('Pasted page.html', `\ufeff${html}`);
  const text = clipboard.getData('text/plain');
  return text.trim() === '' ? [] : made('Pasted text.txt', text);
}
