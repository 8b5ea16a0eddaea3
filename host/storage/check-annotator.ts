import type { CodebookFile } from '../../core/codebook/codebook-file.ts';
import { type AnnotationSet, AnnotationSetRecord } from '../../core/model/annotation.ts';
import { ChangesRecord, EntitiesRecord, LinksRecord } from './across-records.ts';
import { checkedJournal, checkedSnapshot, type JournalReplay, lostEnd } from './check-journal.ts';
import { fromBackup, isBeside, lineOf, notOurs } from './check-lines.ts';
import { type FileSystem, namesIn, readEach } from './file-system.ts';
import { AnnotatorRecord, isId, type Layout } from './layout.ts';
import { readRecord } from './record-file.ts';

/** What one annotator wrote, as far as it could be read. */
export interface CheckedAnnotator {
  readonly annotator: string;
  readonly replay: JournalReplay;
  readonly sets: ReadonlyMap<string, AnnotationSet>;
  /** Whether the journal has every step that was ever saved. */
  readonly isComplete: boolean;
}

/** Checks the folder of `annotator`: their record, the journal, and the snapshots against the journal. Problems are added to `problems`. */
export async function checkedAnnotator(
  fileSystem: FileSystem,
  layout: Layout,
  annotator: string,
  codebook: CodebookFile,
  problems: string[],
): Promise<CheckedAnnotator> {
  const path = layout.annotatorRecord(annotator);
  try {
    const { id } = await readRecord(fileSystem, path, layout.named(path), AnnotatorRecord);
    if (id !== annotator) problems.push(`${layout.named(path)}: it describes ${id}; ${fromBackup}`);
  } catch (error) {
    problems.push(lineOf(layout.named(path), error));
  }
  const replay = await checkedJournal({ fileSystem, layout, annotator, codebook, problems });
  const sets = new Map(replay.work.sets);
  // Reported after what the snapshots together reveal about the journal.
  const further: string[] = [];
  const place = { fileSystem, layout, annotator, codebook, problems: further };
  const own = /^(annotator\.json|journal\.jsonl|articles|articles\.json|entities\.json|links\.json)$/;
  for (const name of await namesIn(fileSystem, layout.annotator(annotator))) {
    if (!own.test(name) && !isBeside(name)) further.push(`annotators/${annotator}/${name}: ${notOurs}`);
  }
  const articles = (await namesIn(fileSystem, layout.sets(annotator)))
    .filter((name) => !isBeside(name))
    .flatMap((name) => {
      const article = name.replace(/\.json$/, '');
      if (name.endsWith('.json') && isId(article)) return [article];
      further.push(`annotators/${annotator}/articles/${name}: ${notOurs}`);
      return [];
    });
  const paths = articles.map((article) => layout.set(annotator, article));
  let [turn, held] = [0, 0];
  for await (const bytes of readEach(fileSystem, paths)) {
    const article = articles[turn] as string;
    const { set, seq } = checkedSnapshot(place, replay, paths[turn++] as string, AnnotationSetRecord, { article }, bytes);
    held = Math.max(held, seq);
    if (set && (!replay.isWhole || !sets.has(article))) sets.set(article, set);
  }
  const across = [
    [layout.entities(annotator), EntitiesRecord, 'entities'],
    [layout.links(annotator), LinksRecord, 'links'],
    [layout.changes(annotator), ChangesRecord, 'articles'],
  ] as const;
  for (const [path, schema, of] of across) {
    for await (const bytes of readEach(fileSystem, [path]))
      held = Math.max(held, checkedSnapshot(place, replay, path, schema, of, bytes).seq);
  }
  problems.push(...lostEnd(layout.named(layout.journal(annotator)), replay, held), ...further);
  return { annotator, replay, sets, isComplete: replay.isWhole && held <= replay.lastSeq };
}
