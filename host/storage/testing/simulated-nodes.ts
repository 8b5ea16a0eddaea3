/** Bytes written at a position, or a new size; both in bytes. */
export type FileChange = { readonly position: number; readonly bytes: Uint8Array } | { readonly size: number };

/**
 * A file: `content` as it is read, `durable` as a power cut leaves it, and the changes in between. Contents are replaced, never changed in place, so
 * that images can share them.
 */
export interface SimulatedFile {
  readonly kind: 'file';
  content: Uint8Array;
  durable: Uint8Array;
  unsynced: readonly FileChange[];
  modified: number;
}

/** A folder: its names as they are read, and as a power cut leaves them. */
export interface SimulatedFolder {
  readonly kind: 'folder';
  readonly names: Map<string, SimulatedNode>;
  readonly durable: Map<string, SimulatedNode>;
}

/** What a name in a folder refers to. */
export type SimulatedNode = SimulatedFile | SimulatedFolder;

/** Names of one folder that are set and removed. */
export interface FolderChange {
  readonly folder: SimulatedFolder;
  readonly sets: readonly (readonly [name: string, node: SimulatedNode])[];
  readonly removes: readonly string[];
}

/**
 * One change of names that is not on the disk yet. A rename is a single change, even between two folders, as on disks that keep a journal of names.
 * It is on the disk once the first folder, its destination, is synced.
 */
export type NameChange = readonly [FolderChange, ...FolderChange[]];

/** How much of the unsynced data of files a power cut leaves: none, all, the first half, its length only, its second half only. */
export type DataLeft = 'none' | 'all' | 'half' | 'zeros' | 'second-half';
export const dataLeft: readonly DataLeft[] = ['none', 'all', 'half', 'zeros', 'second-half'];

/** An empty folder. */
export function newFolder(): SimulatedFolder {
  return { kind: 'folder', names: new Map(), durable: new Map() };
}

/** Applies `change` to `names`. */
export function rename(names: Map<string, SimulatedNode>, { sets, removes }: FolderChange): void {
  for (const name of removes) names.delete(name);
  for (const [name, node] of sets) names.set(name, node);
}

/** `content` after `change`; a hole reads as zeros. */
export function changed(content: Uint8Array, change: FileChange): Uint8Array {
  const size = 'size' in change ? change.size : Math.max(content.length, change.position + change.bytes.length);
  const next = new Uint8Array(size);
  next.set(content.subarray(0, size));
  if ('bytes' in change) next.set(change.bytes, change.position);
  return next;
}

/** What a power cut leaves of a file, if it leaves `left` of the data that was not synced. */
export function remains({ durable, content, unsynced }: SimulatedFile, left: DataLeft): Uint8Array {
  if (unsynced.length === 0 || left === 'none') return durable;
  if (left === 'all') return content;
  const added = Math.max(0, content.length - durable.length);
  const kept = content.slice(0, durable.length + (left === 'half' ? Math.floor(added / 2) : added));
  // Blocks that were never written read as zeros.
  if (left === 'zeros') kept.fill(0, durable.length);
  if (left === 'second-half') kept.fill(0, durable.length, durable.length + Math.ceil(added / 2));
  return kept;
}

/** Every file below `folder` with its path, which begins with `path`. */
export function* filesWithPaths(folder: SimulatedFolder, path: string): Generator<[path: string, file: SimulatedFile]> {
  for (const [name, node] of folder.names) {
    if (node.kind === 'file') yield [`${path}/${name}`, node];
    else yield* filesWithPaths(node, `${path}/${name}`);
  }
}

/** Every file below `folder`. */
export function* filesIn(folder: SimulatedFolder): Generator<SimulatedFile> {
  for (const [, file] of filesWithPaths(folder, '')) yield file;
}
