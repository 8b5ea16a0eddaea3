/** A file that the user gave to the page: its name, and a function to read its bytes. */
export interface GivenFile {
  readonly name: string;
  readonly bytes: () => Promise<Uint8Array>;
}

/** The files of a choice or a drop. Files in a folder are named by their path from it; hidden files are left out. */
export const givenFiles = (list: FileList | null): GivenFile[] => shownFiles(list).map((file) => given(file, pathOf(file)));

/** Like `givenFiles`, but as the browser's File objects. */
export const shownFiles = (list: FileList | null): File[] =>
  [...(list ?? [])]
    .filter(({ webkitRelativePath }) => !webkitRelativePath.split('/').some((part) => part.startsWith('.')))
    .sort((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1));

const pathOf = ({ webkitRelativePath, name }: File): string => webkitRelativePath || name;

const given = (file: File, name: string): GivenFile => ({ name, bytes: async () => new Uint8Array(await file.arrayBuffer()) });

/**
 * The files of a drop, including those in dropped folders, named by their path from the folder. Hidden files are left out. The drop itself is read
 * synchronously, as browsers require; the folders are read afterwards.
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
  // A reader returns a hundred entries at a time, and none at the end.
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

/** The contents of the clipboard as files: the files on it, or else its text, as a web page if it has one. Empty if it has neither. */
export function pastedFiles(clipboard: DataTransfer): GivenFile[] {
  const files = givenFiles(clipboard.files);
  if (files.length > 0) return files;
  const made = (name: string, text: string) => [{ name, bytes: async () => new TextEncoder().encode(text) }];
  const html = clipboard.getData('text/html');
  // The byte order mark declares UTF-8, whatever encoding the copied page declared.
  if (html.trim() !== '') return made('Pasted page.html', `\ufeff${html}`);
  const text = clipboard.getData('text/plain');
  return text.trim() === '' ? [] : made('Pasted text.txt', text);
}
