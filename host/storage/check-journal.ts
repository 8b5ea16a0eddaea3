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
import { applyEdits, type Edit, emptyWork, type Work } from '../../core/steps/edit.ts';
import { historyOf } from '../../core/steps/history.ts';
import type { ChangesRecord, EntitiesRecord, LinksRecord } from './across-records.ts';
import { fromBackup, fromJournal, lineOf } from './check-lines.ts';
import { reasonOf } from './failures.ts';
import { codeOf, type FileSystem } from './file-system.ts';
import { migrateGesture, migrateSet } from './gesture-migration.ts';
import { type JournalEntry, parseJournal } from './journal-lines.ts';
import { endIsMissing } from './journal-loss.ts';
import type { Layout } from './layout.ts';
import { openEnvelope, seqOfSnapshot } from './snapshot-file.ts';
import { fitted } from './strict-json.ts';

/** Whose journal and snapshots are checked. Problems are added to `problems`. */
export interface CheckPlace {
  readonly fileSystem: FileSystem;
  readonly layout: Layout;
  readonly annotator: string;
  readonly codebook: CodebookFile;
  readonly problems: string[];
}

/** A journal replayed from its beginning: its gestures, migrated to the codebook in force, and the resulting work. */
export interface JournalReplay {
  readonly entries: readonly JournalEntry[];
  readonly work: Work;
  /** What the gestures did to the set on each article, in order. */
  readonly steps: ReadonlyMap<string, readonly { readonly seq: number; readonly edits: readonly Edit[] }[]>;
  /** Whether the journal alone gives the complete work, so that snapshots can be compared with it. */
  readonly isWhole: boolean;
  /** Whether every line could be read, except for one that was not written to its end. `lastSeq` is the number of the last line that was read. */
  readonly isReadable: boolean;
  readonly lastSeq: number;
}

/** Checks a journal line by line and replays it. */
export async function checkedJournal({ fileSystem, layout, annotator, codebook, problems }: CheckPlace): Promise<JournalReplay> {
  const path = layout.journal(annotator);
  const name = layout.named(path);
  const content = parseJournal((await bytesOf(fileSystem, path)) ?? new Uint8Array());
  const next = content.entries.length + 1;
  if (content.torn) {
    const reason = content.torn.at(-1) === 0x0a ? 'its checksum does not match' : 'it was not written to its end';
    problems.push(`${name}: line ${next}: ${reason}; it will be cut off and kept beside the journal`);
  }
  if (content.damage) problems.push(`${name}: line ${content.damage.line}: ${content.damage.reason}; ${fromBackup}`);
  let isWhole = !content.damage;
  const steps = new Map<string, { seq: number; edits: Edit[] }[]>();
  const ids = new Set<string>();
  const entries: JournalEntry[] = [];
  const told: Told[] = [];
  for (const [index, { seq, gesture, after }] of content.entries.entries()) {
    const line = `${name}: line ${index + 1}`;
    const before = content.entries[index - 1]?.seq ?? 0;
    if (seq !== before + 1) {
      // A line that names the one before it knows about the gap: the journal had already lost its end when the line was written.
      if (after !== before) problems.push(`${line}: number ${seq} follows ${before}, so steps are missing; ${fromBackup}`);
      isWhole = false;
    }
    if (ids.has(gesture.id)) problems.push(`${line}: the gesture ${gesture.id} is there twice`);
    ids.add(gesture.id);
    if (gesture.annotator !== annotator) problems.push(`${line}: it is a gesture of ${gesture.annotator}`);
    try {
      const current = migrateGesture(gesture, codebook);
      entries.push({ seq, gesture: current });
      for (const [article, edits] of Map.groupBy(current.edits, (edit) => ('article' in edit ? edit.article : null))) {
        if (article === null) continue;
        const touching = steps.get(article);
        if (touching) touching.push({ seq, edits });
        else steps.set(article, [{ seq, edits }]);
      }
      if (isWhole) told.push({ line, edits: current.edits });
    } catch (error) {
      problems.push(`${line}: ${reasonOf(error)}`);
      isWhole = false;
    }
  }
  const { work, problem } = replayed(told);
  if (problem !== null) problems.push(problem);
  try {
    historyOf(entries.map(({ gesture }) => gesture));
  } catch (error) {
    problems.push(`${name}: ${reasonOf(error)}`);
  }
  const lastSeq = content.entries.at(-1)?.seq ?? 0;
  return { entries, work, steps, isWhole: isWhole && problem === null, isReadable: !content.damage, lastSeq };
}

/** Says that the journal `name` ends before the last step that its annotator's snapshots hold, if that is so. */
export function lostEnd(name: string, { isReadable, lastSeq }: JournalReplay, held: number): string[] {
  if (!isReadable || held <= lastSeq) return [];
  const { message, next } = endIsMissing(name, lastSeq, held);
  return [`${message} ${next}`];
}

/** What one line of a journal did; `line` names it. */
interface Told {
  readonly line: string;
  readonly edits: readonly Edit[];
}

// The work that the lines result in, up to the first line that does not fit those before it.
function replayed(told: readonly Told[]): { work: Work; problem: string | null } {
  try {
    // In one go, because applying each line separately would copy everything that it changes a part of.
    return {
      work: applyEdits(
        emptyWork,
        told.flatMap(({ edits }) => edits),
      ),
      problem: null,
    };
  } catch {
    let work = emptyWork;
    for (const { line, edits } of told) {
      try {
        work = applyEdits(work, edits);
      } catch (error) {
        return { work, problem: `${line}: ${reasonOf(error)}` };
      }
    }
    return { work, problem: null };
  }
}

/** What a snapshot holds: the set on an article, or the registry entries, links or changes to articles. */
export type SnapshotOf = { readonly article: string } | 'entities' | 'links' | 'articles';

type AnyRecord = AnnotationSetRecord | EntitiesRecord | LinksRecord | ChangesRecord;

/**
 * Checks one snapshot (`read`: its bytes, or the error that prevented reading it) against its checksum, its schema and the journal up to its number.
 * Returns the set that it holds, if it holds one, and the number of the last step in it, 0 if it has none.
 */
export function checkedSnapshot(
  { layout, codebook, problems }: Omit<CheckPlace, 'fileSystem'>,
  replay: JournalReplay,
  path: string,
  schema: z.ZodType<AnnotationSetRecord> | z.ZodType<EntitiesRecord> | z.ZodType<LinksRecord> | z.ZodType<ChangesRecord>,
  of: SnapshotOf,
  read: Uint8Array | Error,
): { set: AnnotationSet | null; seq: number } {
  const name = layout.named(path);
  if (codeOf(read) === 'ENOENT') return { set: null, seq: 0 };
  const held = read instanceof Error ? 0 : (seqOfSnapshot(read) ?? 0);
  try {
    if (read instanceof Error) throw read;
    const { seq, data, isIntact } = openEnvelope(read, name);
    const told = replay.isWhole && seq <= replay.lastSeq ? replayedTo(seq, replay, of) : null;
    const remedy = told === null ? fromBackup : fromJournal;
    if (!isIntact) problems.push(`${name}: its checksum does not match, so it was edited outside Pressmark; ${remedy}`);
    // Data equal to what the journal gives needs no check against the schema, because the journal's lines were already checked.
    const isTold = told !== null && dequal(data, told);
    const found = isTold ? told : migrated(fitted<z.ZodType<AnyRecord>>(schema, data), codebook);
    if (told !== null && !isTold && !dequal(found, told)) problems.push(`${name}: it does not match the journal; ${remedy}`);
    return { set: 'annotations' in found ? setFromRecord(found) : null, seq: held };
  } catch (error) {
    const isMadeAnew = replay.isWhole && error instanceof SyntaxError;
    problems.push(isMadeAnew ? `${name}: ${error.message}; ${fromJournal}` : lineOf(name, error));
    return { set: null, seq: held };
  }
}

function migrated(data: AnyRecord, codebook: CodebookFile): AnyRecord {
  if ('annotations' in data) return migrateSet(data, codebook);
  return 'links' in data ? { links: data.links.map((link) => migrateRelation(link, codebook)) } : data;
}

function replayedTo(seq: number, { entries, steps, work: whole }: JournalReplay, of: SnapshotOf): AnyRecord {
  if (typeof of === 'object') {
    const mine = steps.get(of.article) ?? [];
    if ((mine.at(-1)?.seq ?? 0) <= seq) return setToRecord(whole.sets.get(of.article) ?? emptySet(of.article));
    const { sets } = applyEdits(
      emptyWork,
      mine.flatMap((step) => (step.seq <= seq ? step.edits : [])),
    );
    return setToRecord(sets.get(of.article) ?? emptySet(of.article));
  }
  const record = { entities: 'entity', links: 'link', articles: 'article' }[of];
  const until = entries.filter((entry) => entry.seq <= seq);
  const work = applyEdits(
    emptyWork,
    until.flatMap(({ gesture }) => gesture.edits.filter((edit) => edit.record === record)),
  );
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
