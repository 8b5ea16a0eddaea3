import { dequal } from 'dequal';
import type { z } from 'zod';
import type { CodebookFile } from '../../core/codebook/codebook-file.ts';
import { migrateRelation } from '../../core/codebook/codebook-migration.ts';
import {
  type AnnotationSet,
  type AnnotationSetRecord,
  emptySet,
  setFromRecord,
  setToRecord,
  sortedById,
} from '../../core/model/annotation.ts';
import { applyEdits, articlesOf, type Edit, emptyWork, type Work } from '../../core/steps/edit.ts';
import { historyOf } from '../../core/steps/history.ts';
import type { ChangesRecord, EntitiesRecord, LinksRecord } from './annotator-work.ts';
import { reasonOf } from './failures.ts';
import { codeOf, type FileSystem } from './file-system.ts';
import { migrateGesture, migrateSet } from './gesture-migration.ts';
import { type JournalEntry, parseJournal } from './journal-lines.ts';
import { endIsMissing, heldBySnapshots } from './journal-loss.ts';
import type { Layout } from './layout.ts';
import { openSnapshot } from './snapshot-file.ts';

/** Whose journal and snapshots are checked; what is found wrong is added to `problems`. */
export interface CheckPlace {
  readonly fileSystem: FileSystem;
  readonly layout: Layout;
  readonly annotator: string;
  readonly codebook: CodebookFile;
  readonly problems: string[];
}

/** A journal done again from its beginning: its gestures under the codebook in force and what they come to. */
export interface JournalReplay {
  readonly entries: readonly JournalEntry[];
  readonly work: Work;
  /** What the gestures did to the set on each article, in order. */
  readonly steps: ReadonlyMap<string, readonly { readonly seq: number; readonly edits: readonly Edit[] }[]>;
  /** Whether the journal alone tells everything, so that snapshots can be held against it. */
  readonly isWhole: boolean;
}

/** Checks a journal, line by line, and does it again. */
export async function checkedJournal({ fileSystem, layout, annotator, codebook, problems }: CheckPlace): Promise<JournalReplay> {
  const path = layout.journal(annotator);
  const name = layout.named(path);
  const content = parseJournal((await bytesOf(fileSystem, path)) ?? new Uint8Array());
  const next = content.entries.length + 1;
  if (content.torn) {
    const reason = content.torn.at(-1) === 0x0a ? 'its checksum does not fit' : 'it was not written to its end';
    problems.push(`${name}: line ${next}: ${reason}; it will be cut off and kept beside the journal`);
  }
  if (content.damage) problems.push(`${name}: line ${content.damage.line}: ${content.damage.reason}`);
  let isWhole = !content.damage;
  let across = emptyWork;
  const sets = new Map<string, AnnotationSet>();
  const steps = new Map<string, { seq: number; edits: Edit[] }[]>();
  const ids = new Set<string>();
  const entries: JournalEntry[] = [];
  for (const [index, { seq, gesture, after }] of content.entries.entries()) {
    const line = `${name}: line ${index + 1}`;
    const before = content.entries[index - 1]?.seq ?? 0;
    if (seq !== before + 1) {
      // A line that names the one before it knows of the gap: the journal had lost its end when it was written.
      if (after !== before)
        problems.push(`${line}: number ${seq} follows ${before}, so steps are missing; restore this file from a backup`);
      isWhole = false;
    }
    if (ids.has(gesture.id)) problems.push(`${line}: the gesture ${gesture.id} is there twice`);
    ids.add(gesture.id);
    if (gesture.annotator !== annotator) problems.push(`${line}: it is a gesture of ${gesture.annotator}`);
    try {
      const current = migrateGesture(gesture, codebook);
      entries.push({ seq, gesture: current });
      for (const [article, edits] of Map.groupBy(current.edits, (edit) => ('article' in edit ? edit.article : null))) {
        if (article !== null) steps.set(article, [...(steps.get(article) ?? []), { seq, edits }]);
      }
      if (!isWhole) continue;
      // With the sets that it touches alone: a step costs what it changes, however much there is.
      const touched = articlesOf(current.edits).map((article) => [article, sets.get(article) ?? emptySet(article)] as const);
      across = applyEdits({ ...across, sets: new Map(touched) }, current.edits);
      for (const [article, set] of across.sets) sets.set(article, set);
    } catch (error) {
      problems.push(`${line}: ${reasonOf(error)}`);
      isWhole = false;
    }
  }
  try {
    historyOf(entries.map(({ gesture }) => gesture));
  } catch (error) {
    problems.push(`${name}: ${reasonOf(error)}`);
  }
  const last = content.entries.at(-1)?.seq ?? 0;
  const held = await heldBySnapshots(fileSystem, layout, annotator);
  if (!content.damage && held.seq > last) {
    const { message, next } = endIsMissing(name, last, held.seq);
    problems.push(`${message} ${next}`);
  }
  return { entries, work: { ...across, sets }, steps, isWhole };
}

/** What a snapshot holds: the set on an article, or the registry entries, links or changes to articles. */
export type SnapshotOf = { readonly article: string } | 'entities' | 'links' | 'articles';

/** Checks one snapshot, whose bytes or failure to read are given where they are at hand, against its checksum, its schema and the journal up to its number; answers the set that it holds, if it is one. */
export async function checkedSnapshot(
  { fileSystem, layout, codebook, problems }: CheckPlace,
  replay: JournalReplay,
  path: string,
  schema: z.ZodType<AnnotationSetRecord> | z.ZodType<EntitiesRecord> | z.ZodType<LinksRecord> | z.ZodType<ChangesRecord>,
  of: SnapshotOf,
  read?: Uint8Array | Error,
): Promise<AnnotationSet | null> {
  const name = layout.named(path);
  try {
    if (read instanceof Error && codeOf(read) !== 'ENOENT') throw read;
    const bytes = read instanceof Error ? null : (read ?? (await bytesOf(fileSystem, path)));
    if (!bytes) return null;
    const { seq, data, isIntact } = openSnapshot<AnnotationSetRecord | EntitiesRecord | LinksRecord | ChangesRecord>(bytes, name, schema);
    if (!isIntact) problems.push(`${name}: its checksum does not fit, it was edited outside Pressmark`);
    const last = replay.entries.at(-1)?.seq ?? 0;
    const found = migrated(data, codebook);
    if (replay.isWhole && seq <= last && !dequal(found, replayedTo(seq, replay, of)))
      problems.push(`${name}: it is not what the journal comes to`);
    return 'annotations' in found ? setFromRecord(found) : null;
  } catch (error) {
    problems.push(`${name}: ${reasonOf(error)}`);
    return null;
  }
}

function migrated(
  data: AnnotationSetRecord | EntitiesRecord | LinksRecord | ChangesRecord,
  codebook: CodebookFile,
): AnnotationSetRecord | EntitiesRecord | LinksRecord | ChangesRecord {
  if ('annotations' in data) return migrateSet(data, codebook);
  return 'links' in data ? { links: data.links.map((link) => migrateRelation(link, codebook)) } : data;
}

function replayedTo(
  seq: number,
  { entries, steps, work: whole }: JournalReplay,
  of: SnapshotOf,
): AnnotationSetRecord | EntitiesRecord | LinksRecord | ChangesRecord {
  let work = emptyWork;
  if (typeof of === 'object') {
    const mine = steps.get(of.article) ?? [];
    if ((mine.at(-1)?.seq ?? 0) <= seq) return setToRecord(whole.sets.get(of.article) ?? emptySet(of.article));
    for (const step of mine) if (step.seq <= seq) work = applyEdits(work, step.edits);
    return setToRecord(work.sets.get(of.article) ?? emptySet(of.article));
  }
  const record = { entities: 'entity', links: 'link', articles: 'article' }[of];
  for (const entry of entries) {
    if (entry.seq > seq) break;
    const edits = entry.gesture.edits.filter((edit) => edit.record === record);
    if (edits.length > 0) work = applyEdits(work, edits);
  }
  if (of === 'articles') return { articles: sortedById(work.articles) };
  return of === 'entities' ? { entities: sortedById(work.entities) } : { links: sortedById(work.links) };
}

async function bytesOf(fileSystem: FileSystem, path: string): Promise<Uint8Array | null> {
  try {
    return await fileSystem.readFile(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}
