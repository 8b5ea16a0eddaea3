import { basename, dirname } from 'node:path';
import type { Entry, FileSystem, OpenFile, OpenMode } from '../file-system.ts';
import {
  changed,
  type DataLeft,
  type FileChange,
  filesIn,
  filesWithPaths,
  type NameChange,
  newFolder,
  remains,
  rename,
  type SimulatedFile,
  type SimulatedFolder,
  type SimulatedNode,
} from './simulated-nodes.ts';

/** The calls of the port that can fail or be interrupted. */
export type Operation = keyof FileSystem | Exclude<keyof OpenFile, 'open'>;

/** The errors that a disk may return. */
export const faultCodes = ['EIO', 'ENOSPC', 'EACCES', 'EMFILE', 'EROFS', 'EDQUOT', 'EBUSY', 'EPERM', 'ENOENT'] as const;

/**
 * What happens to an operation: an error, given by its code, or a write that takes only half of its bytes. A failed `sync` loses the data that it
 * should have put on the disk, although the data stays readable, as on Linux.
 */
export type Fault = (typeof faultCodes)[number] | 'short';

/** A disk in memory that knows what a power cut would leave of each file and of each name. */
export class SimulatedFileSystem implements FileSystem {
  #root: SimulatedFolder = newFolder();
  #nameChanges: NameChange[] = [];
  /** How many operations were requested so far. */
  operations = 0;
  /** Decides the fate of an operation; `index` counts from 0. */
  fault: ((index: number, operation: Operation, path: string) => Fault | null) | null = null;
  /** Decides with which error a file or folder refuses writing, if at all. */
  refuseWriting: ((path: string) => 'EACCES' | 'EROFS' | null) | null = null;
  /** Called before each operation. */
  observe: ((index: number, operation: Operation, path: string) => void) | null = null;
  /** Milliseconds since 1970. */
  clock = Date.UTC(2026, 0, 1);

  /** How many changes of names are not on the disk yet. */
  get pendingNames(): number {
    return this.#nameChanges.length;
  }

  /** Whether any file has data that is not on the disk yet. */
  get hasUnsyncedData(): boolean {
    return [...filesIn(this.#root)].some((file) => file.unsynced.length > 0);
  }

  /** The disk as a power cut would leave it now, with those pending changes of names that `keeps`, and as much of the data as `left` says. */
  afterPowerCut(left: DataLeft, keeps: (index: number) => boolean): SimulatedFileSystem {
    const copies = new Map<SimulatedNode, SimulatedNode>();
    const copyOf = (node: SimulatedNode): SimulatedNode => {
      const known = copies.get(node);
      if (known) return known;
      if (node.kind === 'file') {
        const content = remains(node, left);
        const copy: SimulatedFile = { kind: 'file', content, durable: content, unsynced: [], modified: node.modified };
        copies.set(node, copy);
        return copy;
      }
      const names = new Map(node.durable);
      for (const [index, changes] of this.#nameChanges.entries()) {
        for (const change of changes) if (change.folder === node && keeps(index)) rename(names, change);
      }
      const folder = newFolder();
      copies.set(node, folder);
      for (const [name, child] of names) {
        folder.names.set(name, copyOf(child));
        folder.durable.set(name, copyOf(child));
      }
      return folder;
    };
    const image = new SimulatedFileSystem();
    const root = copyOf(this.#root);
    if (root.kind === 'folder') image.#root = root;
    image.clock = this.clock;
    return image;
  }

  /**
   * This disk for the process that follows a killed one. Everything stays as it was, but what the killed process still had open finds nothing any
   * more.
   */
  afterKill(): SimulatedFileSystem {
    const next = new SimulatedFileSystem();
    next.#root = this.#root;
    next.#nameChanges = this.#nameChanges;
    next.clock = this.clock;
    this.#root = newFolder();
    this.#nameChanges = [];
    return next;
  }

  /** A copy of this disk with everything on it durable. */
  copy(): SimulatedFileSystem {
    return this.afterPowerCut('all', () => true);
  }

  /** Every file by path, for tests that look at files or damage them. */
  files(): Map<string, Uint8Array> {
    return new Map([...filesWithPaths(this.#root, '')].map(([path, file]) => [path, file.content]));
  }

  /** Creates a file durably. Its folder must exist. */
  put(path: string, content: Uint8Array | string): void {
    const bytes = Buffer.from(content);
    const node: SimulatedFile = { kind: 'file', content: bytes, durable: bytes, unsynced: [], modified: this.clock };
    const folder = this.#folder(dirname(path));
    folder.names.set(basename(path), node);
    folder.durable.set(basename(path), node);
  }

  /** Creates a folder and those above it durably. */
  putFolder(path: string): void {
    if (path === '/') return;
    this.putFolder(dirname(path));
    const parent = this.#folder(dirname(path));
    const folder = parent.names.get(basename(path)) ?? newFolder();
    parent.names.set(basename(path), folder);
    parent.durable.set(basename(path), folder);
  }

  /** Removes a file, durably. */
  remove(path: string): void {
    const folder = this.#folder(dirname(path));
    folder.names.delete(basename(path));
    folder.durable.delete(basename(path));
  }

  async open(path: string, mode: OpenMode): Promise<OpenFile> {
    this.#begin('open', path);
    const folder = this.#folder(dirname(path));
    const found = folder.names.get(basename(path));
    if (mode === 'wx') {
      if (found) throw failure('EEXIST', path);
      const made: SimulatedFile = {
        kind: 'file',
        content: new Uint8Array(),
        durable: new Uint8Array(),
        unsynced: [],
        modified: this.clock,
      };
      this.#change({ folder, sets: [[basename(path), made]], removes: [] });
      return this.#openFile(made, path);
    }
    if (!found) throw failure('ENOENT', path);
    if (found.kind !== 'file') throw failure('EISDIR', path);
    return this.#openFile(found, path);
  }

  async rename(from: string, to: string): Promise<void> {
    this.#begin('rename', to);
    const folder = this.#folder(dirname(from));
    const node = folder.names.get(basename(from));
    if (!node) throw failure('ENOENT', from);
    const target = this.#folder(dirname(to));
    const added = { folder: target, sets: [[basename(to), node] as const] };
    if (target === folder) this.#change({ ...added, removes: [basename(from)] });
    else this.#change({ ...added, removes: [] }, { folder, sets: [], removes: [basename(from)] });
  }

  async link(existing: string, added: string): Promise<void> {
    this.#begin('link', added);
    const folder = this.#folder(dirname(added));
    const node = folder.names.get(basename(existing));
    if (!node) throw failure('ENOENT', existing);
    if (folder.names.has(basename(added))) throw failure('EEXIST', added);
    this.#change({ folder, sets: [[basename(added), node]], removes: [] });
  }

  async unlink(path: string): Promise<void> {
    this.#begin('unlink', path);
    const folder = this.#folder(dirname(path));
    if (!folder.names.has(basename(path))) throw failure('ENOENT', path);
    this.#change({ folder, sets: [], removes: [basename(path)] });
  }

  async mkdir(path: string): Promise<void> {
    this.#begin('mkdir', path);
    const folder = this.#folder(dirname(path));
    if (folder.names.has(basename(path))) throw failure('EEXIST', path);
    this.#change({ folder, sets: [[basename(path), newFolder()]], removes: [] });
  }

  async rmdir(path: string): Promise<void> {
    this.#begin('rmdir', path);
    if (this.#folder(path).names.size > 0) throw failure('ENOTEMPTY', path);
    this.#change({ folder: this.#folder(dirname(path)), sets: [], removes: [basename(path)] });
  }

  async readdir(path: string): Promise<string[]> {
    this.#begin('readdir', path);
    return [...this.#folder(path).names.keys()].sort();
  }

  async readFile(path: string): Promise<Uint8Array> {
    this.#begin('readFile', path);
    const node = this.#node(path);
    if (node.kind !== 'file') throw failure('EISDIR', path);
    return node.content;
  }

  async stat(path: string): Promise<Entry> {
    this.#begin('stat', path);
    const node = this.#node(path);
    if (node.kind === 'folder') return { kind: 'folder', size: 0, modified: this.clock };
    return { kind: 'file', size: node.content.length, modified: node.modified };
  }

  async expectWritable(path: string): Promise<void> {
    this.#begin('expectWritable', path);
    this.#node(path);
    const code = this.refuseWriting?.(path);
    if (code) throw failure(code, path);
  }

  async syncFolder(path: string): Promise<void> {
    this.#begin('syncFolder', path);
    const folder = this.#folder(path);
    for (const changes of this.#nameChanges) {
      if (changes[0].folder === folder) for (const change of changes) rename(change.folder.durable, change);
    }
    this.#nameChanges = this.#nameChanges.filter(([change]) => change.folder !== folder);
  }

  #openFile(file: SimulatedFile, path: string): OpenFile {
    const change = (made: FileChange) => {
      file.content = changed(file.content, made);
      file.unsynced = [...file.unsynced, made];
      file.modified = this.clock;
    };
    return {
      write: async (bytes, offset, position) => {
        const isShort = this.#begin('write', path) === 'short';
        const left = bytes.length - offset;
        const count = isShort ? Math.ceil(left / 2) : left;
        change({ position, bytes: bytes.slice(offset, offset + count) });
        return count;
      },
      sync: async () => {
        try {
          this.#begin('sync', path);
        } catch (error) {
          file.unsynced = [];
          throw error;
        }
        file.durable = file.unsynced.reduce(changed, file.durable);
        file.unsynced = [];
      },
      size: async () => {
        this.#begin('size', path);
        return file.content.length;
      },
      truncate: async (size) => {
        this.#begin('truncate', path);
        change({ size });
      },
      readAll: async () => {
        this.#begin('readAll', path);
        return file.content;
      },
      read: async (position, length) => {
        this.#begin('read', path);
        return file.content.slice(position, position + length);
      },
      close: async () => {
        this.#begin('close', path);
      },
    };
  }

  #begin(operation: Operation, path: string): 'short' | null {
    const index = this.operations++;
    this.observe?.(index, operation, path);
    const fault = this.fault?.(index, operation, path) ?? null;
    if (fault === null || fault === 'short') return fault;
    throw failure(fault, path);
  }

  #change(...changes: NameChange): void {
    for (const change of changes) rename(change.folder.names, change);
    this.#nameChanges.push(changes);
  }

  #node(path: string): SimulatedNode {
    let node: SimulatedNode = this.#root;
    for (const name of path.split('/')) {
      if (name === '') continue;
      if (node.kind !== 'folder') throw failure('ENOTDIR', path);
      const found = node.names.get(name);
      if (!found) throw failure('ENOENT', path);
      node = found;
    }
    return node;
  }

  #folder(path: string): SimulatedFolder {
    const node = this.#node(path);
    if (node.kind !== 'folder') throw failure('ENOTDIR', path);
    return node;
  }
}

// Most failures are expected, and creating a stack trace for each would take a tenth of the tests' time.
function failure(code: string, path: string): Error {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  const error = Object.assign(new Error(`${code}: ${path}`), { code });
  Error.stackTraceLimit = limit;
  return error;
}
