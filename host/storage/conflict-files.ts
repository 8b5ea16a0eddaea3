import { dirname, join } from 'node:path';
import type { CodebookFile } from '../../core/codebook/codebook-file.ts';
import { migrateRelation } from '../../core/codebook/codebook-migration.ts';
import { type AnnotationSet, AnnotationSetRecord, byId, setFromRecord } from '../../core/model/annotation.ts';
import { emptyWork, type Gesture, type Work } from '../../core/steps/edit.ts';
import { sidesOf } from '../../core/steps/merge.ts';
import { ChangesRecord, EntitiesRecord, LinksRecord } from './across-records.ts';
import { unreadable } from './failures.ts';
import { type FileSystem, namesIn } from './file-system.ts';
import { migrateGesture, migrateSet } from './gesture-migration.ts';
import { parseJournal } from './journal-lines.ts';
import { isId, type Layout, projectFileName } from './layout.ts';
import { sidesIn } from './merge-markers.ts';
import { openSnapshot } from './snapshot-file.ts';
import { decode } from './strict-json.ts';

/** Which of our files a conflict file is a version of; `other` for files that are not merged record by record. */
export type ConflictBase = 'journal' | 'set' | 'entities' | 'links' | 'changes' | 'other';

/** A file that another program left: a copy next to one of our files, or one of our files with git's conflict markers in it. */
export interface ConflictFile {
  readonly path: string;
  /** `path` relative to the project, as messages name it. */
  readonly place: string;
  readonly annotator: string;
  readonly kind: 'copy' | 'markers';
  readonly base: ConflictBase;
}

/** What a conflict file holds: work of the same annotator, or the steps of journals. */
export interface ConflictContent {
  readonly works: readonly Work[];
  readonly gestures: readonly Gesture[];
}

// What these programs add to the names of copies, in the languages that we know of: Dropbox, Nextcloud, Seafile and Google Drive; ownCloud;
// Syncthing; browsers and Google Drive; macOS and iCloud; a copy made by hand in a file manager.
const added = [
  String.raw` ?[([][^[\]]*(?:onfli[ck]?t|конфликт|競合|冲突|衝突|충돌)[^[\]]*[)\]]`,
  String.raw`_conflict-\d{8}-\d{6}`,
  String.raw`\.sync-conflict-[\w-]+`,
  String.raw` \(\d{1,3}\)`,
  String.raw` \d{1,3}`,
  String.raw` (?:[-–] )?(?:copy|kopie|copie|copia|cópia)(?: \d{1,3}| \(\d{1,3}\))?`,
].join('|');
const copyForm = new RegExp(String.raw`^(.+?)(?:${added})(\.jsonl?|\.pressmark)?$`, 'iu');
const endings = /(?:\.jsonl?|\.pressmark)$/i;
// OneDrive adds the computer's name, and a number from the second copy on. Both may contain hyphens, as our own names do.
const computerName = /^[\p{L}\p{N}][\p{L}\p{N}\p{M} .'’_-]{0,79}$/u;
const articleIdEnd = /-[0-9a-f]{8}\.json$/;
const asideForm = /^(.+\.json)\.corrupt-[\w.-]+$/;
const bases: Readonly<Record<string, ConflictBase>> = {
  'journal.jsonl': 'journal',
  'entities.json': 'entities',
  'links.json': 'links',
  'articles.json': 'changes',
  'annotator.json': 'other',
};

/**
 * The conflict files of a project, ascending by place. Damaged journals and files that were set aside as damaged are searched for markers.
 * `isDamaged` says whether an annotator's journal is damaged.
 */
export async function conflictFiles(
  fileSystem: FileSystem,
  layout: Layout,
  annotators: readonly string[],
  lead: string,
  isDamaged: (annotator: string) => boolean,
): Promise<ConflictFile[]> {
  const found: ConflictFile[] = [];
  const add = (path: string, annotator: string, kind: ConflictFile['kind'], base: ConflictBase) =>
    found.push({ path, place: layout.named(path), annotator, kind, base });
  const hasMarkers = async (path: string) => sidesIn(await fileSystem.readFile(path)) !== null;
  const inRoot = await namesIn(fileSystem, layout.root);
  const isShared = (name: string) => name === 'codebook.json' || name === 'splits.json' || name === projectFileName;
  for (const name of inRoot) {
    const original = copyOf(name) ?? computersCopyOf(name, inRoot, isShared);
    if (original && isShared(original)) add(join(layout.root, name), lead, 'copy', 'other');
  }
  const articleNames = await namesIn(fileSystem, layout.articles);
  const articles = new Set(articleNames.map((id) => `${id}.json`));
  for (const name of articleNames) if (articles.has(`${copyOf(name)}.json`)) add(join(layout.articles, name), lead, 'copy', 'other');
  const annotatorNames = await namesIn(fileSystem, layout.annotators);
  for (const annotator of annotators) {
    const folder = layout.annotator(annotator);
    const look = async (inFolder: string, isOurs: (name: string) => boolean, baseOf: (original: string) => ConflictBase | undefined) => {
      // Every annotator has a folder, so failing to read it is an error. The folders inside it may be missing.
      const names = inFolder === folder ? await fileSystem.readdir(folder) : await namesIn(fileSystem, inFolder);
      for (const name of names) {
        const path = join(inFolder, name);
        const copied = baseOf(copyOf(name) ?? computersCopyOf(name, names, isOurs) ?? '');
        const aside = baseOf(asideForm.exec(name)?.[1] ?? '');
        if (copied) add(path, annotator, 'copy', copied);
        else if (aside && (await hasMarkers(path))) add(path, annotator, 'markers', aside);
      }
    };
    const baseOf = (original: string) => bases[original];
    await look(folder, (name) => baseOf(name) !== undefined, baseOf);
    const setOf = (original: string) => (isId(original.replace(/\.json$/, '')) ? 'set' : undefined);
    await look(layout.sets(annotator), (name) => articles.has(name), setOf);
    // A whole folder can have a copy too.
    for (const copied of annotatorNames.filter((name) => copyOf(name) === annotator)) {
      const inside = join(layout.annotators, copied);
      for (const name of await namesIn(fileSystem, inside)) {
        const base = baseOf(name);
        if (base && base !== 'other') add(join(inside, name), annotator, 'copy', base);
      }
      for (const name of await namesIn(fileSystem, join(inside, 'articles')))
        if (name.endsWith('.json') && setOf(name)) add(join(inside, 'articles', name), annotator, 'copy', 'set');
    }
    const journal = layout.journal(annotator);
    if (isDamaged(annotator) && (await hasMarkers(journal))) add(journal, annotator, 'markers', 'journal');
  }
  return found.sort((a, b) => (a.place < b.place ? -1 : 1));
}

/** What `file` holds (both sides if it has markers), migrated to the codebook in force. @throws AppError `corrupt`, `newer-version` */
export async function conflictContent(fileSystem: FileSystem, file: ConflictFile, codebook: CodebookFile): Promise<ConflictContent> {
  try {
    const text = decode(await fileSystem.readFile(file.path));
    const sides = sidesOf(text);
    const versions = sides ? [sides.ours, sides.theirs] : [text];
    if (file.base === 'journal') return { works: [], gestures: versions.flatMap((version) => gesturesIn(version, codebook)) };
    return { works: versions.map((version) => workIn(Buffer.from(version), file, codebook)), gestures: [] };
  } catch (error) {
    throw unreadable(error, file.place);
  }
}

/** The steps of the journal `text`. @throws SyntaxError if it is damaged */
export function gesturesIn(text: string, codebook: CodebookFile): Gesture[] {
  const { entries, damage } = parseJournal(Buffer.from(text));
  if (damage) throw new SyntaxError(`line ${damage.line}: ${damage.reason}`);
  return entries.map(({ gesture }) => migrateGesture(gesture, codebook));
}

function workIn(bytes: Uint8Array, { base, place }: ConflictFile, codebook: CodebookFile): Work {
  switch (base) {
    case 'set': {
      const { data } = openSnapshot(bytes, place, AnnotationSetRecord);
      const set: AnnotationSet = setFromRecord(migrateSet(data, codebook));
      return { ...emptyWork, sets: new Map([[set.article, set]]) };
    }
    case 'entities':
      return { ...emptyWork, entities: byId(openSnapshot(bytes, place, EntitiesRecord).data.entities) };
    case 'links': {
      const { links } = openSnapshot(bytes, place, LinksRecord).data;
      return { ...emptyWork, links: byId(links.map((link) => migrateRelation(link, codebook))) };
    }
    case 'changes':
      return { ...emptyWork, articles: byId(openSnapshot(bytes, place, ChangesRecord).data.articles) };
    default:
      throw new SyntaxError('it is not merged by record');
  }
}

// The name of the file or folder that `name` is a copy of.
function copyOf(name: string): string | null {
  const [, stem, ending = ''] = copyForm.exec(name) ?? [];
  return stem === undefined ? null : stem + ending;
}

// Our file that `name` is OneDrive's copy of: the only one in the folder that fits. Null if `name` is one of our own files.
function computersCopyOf(name: string, names: readonly string[], isOurs: (name: string) => boolean): string | null {
  const [ending] = endings.exec(name) ?? [];
  if (!ending || isOurs(name) || articleIdEnd.test(name)) return null;
  const stem = name.slice(0, -ending.length);
  const originals = [...stem.matchAll(/-/g)]
    .filter(({ index }) => computerName.test(stem.slice(index + 1)))
    .map(({ index }) => stem.slice(0, index) + ending)
    .filter((original) => isOurs(original) && names.includes(original));
  return originals.length === 1 ? (originals[0] ?? null) : null;
}

/** The folder that merged copies of an annotator are moved to. `time` is ISO 8601. */
export function mergedFolder(layout: Layout, annotator: string, time: string): string {
  return join(layout.annotator(annotator), `merged-${time.replaceAll(/[:.]/g, '-')}`);
}

/** Moves `paths` into the existing folder `folder`, each under its own name, with a number if that is taken. Returns once it is on the disk. */
export async function moveInto(fileSystem: FileSystem, folder: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const taken = new Set(await namesIn(fileSystem, folder));
    const name = path.slice(dirname(path).length + 1);
    let free = name;
    for (let count = 2; taken.has(free); count++) free = `${count}-${name}`;
    await fileSystem.rename(path, join(folder, free));
  }
  // Syncs the new names first, because a disk may write them separately from the removal of the old ones.
  for (const changed of [folder, ...new Set(paths.map((path) => dirname(path)))]) await fileSystem.syncFolder(changed);
}
