import { sep } from 'node:path';
import type { z } from 'zod';
import type { CodebookFile } from '../../core/codebook/codebook-file.ts';
import { migrateRelation } from '../../core/codebook/codebook-migration.ts';
import { AppError, type Notice } from '../../core/failure.ts';
import {
  type AnnotationSet,
  AnnotationSetRecord,
  byId,
  emptySet,
  type Relation,
  setFromRecord,
  setToRecord,
  sortedById,
} from '../../core/model/annotation.ts';
import type { ArticleRecord } from '../../core/model/article-record.ts';
import type { EntityRecord } from '../../core/model/entity.ts';
import { applyEdits, articlesOf, emptyWork, type Gesture, GroundChanged, type Work } from '../../core/steps/edit.ts';
import { emptyHistory, type History, historyOf, record } from '../../core/steps/history.ts';
import { ChangesRecord, EntitiesRecord, LinksRecord } from './across-records.ts';
import { namesIn } from './article-store.ts';
import { reasonOf, unreadable } from './failures.ts';
import { type FileSystem, readEach } from './file-system.ts';
import { migrateGesture, migrateSet } from './gesture-migration.ts';
import { type HeldSet, HeldSets } from './held-sets.ts';
import { Journal } from './journal.ts';
import { endIsMissing, heldBySnapshots, middleIsDamaged } from './journal-loss.ts';
import { JournalSteps } from './journal-steps.ts';
import type { Layout } from './layout.ts';
import type { OpeningCache } from './opening-cache.ts';
import { isIntactSnapshot, seqOfSnapshot } from './snapshot-file.ts';
import { Part } from './snapshot-part.ts';

/** What the work of one annotator is opened with. Without `mayWrite` nothing on the disk is changed. */
export interface WorkPlace {
  readonly fileSystem: FileSystem;
  readonly layout: Layout;
  readonly annotator: string;
  readonly codebook: CodebookFile;
  readonly now: () => string;
  readonly mayWrite: boolean;
  readonly notify: (notice: Notice) => void;
  /** Takes a notice back by its id. */
  readonly retract: (id: string) => void;
  /** What earlier openings found out. */
  readonly cache: OpeningCache;
  /** Makes everything from the journal, where that is complete, whatever the snapshots hold. */
  readonly fromJournal?: boolean;
}

interface SetPart extends HeldSet {
  readonly part: Part<AnnotationSetRecord>;
}

class LoadedSet implements SetPart {
  readonly part: Part<AnnotationSetRecord>;
  set: AnnotationSet;
  readonly #isWritten: boolean;

  constructor(part: Part<AnnotationSetRecord>, set: AnnotationSet, isWritten: boolean) {
    this.part = part;
    this.set = set;
    this.#isWritten = isWritten;
  }

  // What this program never writes can be read again at any time.
  get isSaved(): boolean {
    return !this.#isWritten || this.part.isSaved;
  }
}

/** All that one annotator has written: the journal in full, the snapshots as they are asked for, each brought up to the journal. */
export class AnnotatorWork {
  readonly #place: WorkPlace;
  readonly #journal: Journal;
  /** The journal under the codebook in force. */
  readonly #steps = new JournalSteps();
  readonly #sets = new HeldSets<SetPart>();
  readonly #loading = new Map<string, Promise<SetPart>>();
  /** How many steps are being taken, during which no set is let go. */
  #taking = 0;
  /** The names in the folder of sets when this was opened, and those written since. */
  #setNames: ReadonlySet<string> = new Set();
  /** The snapshots that were looked at, and those of them that are not what was written here, by path. */
  readonly #seen = new Set<string>();
  readonly #changedOutside = new Set<string>();
  #history: History = emptyHistory;
  #entities: { part: Part<EntitiesRecord>; records: ReadonlyMap<string, EntityRecord> };
  #links: { part: Part<LinksRecord>; records: ReadonlyMap<string, Relation> };
  #changes: { part: Part<ChangesRecord>; records: ReadonlyMap<string, ArticleRecord> };

  private constructor(place: WorkPlace, journal: Journal) {
    this.#place = place;
    this.#journal = journal;
    const { layout, annotator } = place;
    this.#entities = { part: this.#part(layout.entities(annotator), EntitiesRecord, { entities: [] }), records: new Map() };
    this.#links = { part: this.#part(layout.links(annotator), LinksRecord, { links: [] }), records: new Map() };
    this.#changes = { part: this.#part(layout.changes(annotator), ChangesRecord, { articles: [] }), records: new Map() };
  }

  /** The work of the annotator at `place`. @throws AppError `corrupt` or `newer-version` */
  static async open(place: WorkPlace): Promise<AnnotatorWork> {
    const { fileSystem, layout, annotator, now, cache } = place;
    const path = layout.journal(annotator);
    const name = layout.named(path);
    let journal: Journal;
    try {
      journal = await Journal.open({ fileSystem, path, root: layout.root, name, now, cache });
    } catch (error) {
      throw unreadable(error, name);
    }
    const work = new AnnotatorWork(place, journal);
    await work.#begin(name);
    return work;
  }

  /** The journal's gestures in order, written under the codebook in force. */
  get gestures(): readonly Gesture[] {
    return this.#steps.gestures;
  }

  get history(): History {
    return this.#history;
  }

  /** The registry entries of this annotator, by id. */
  get entities(): ReadonlyMap<string, EntityRecord> {
    return this.#entities.records;
  }

  /** The links across articles of this annotator, by id. */
  get links(): ReadonlyMap<string, Relation> {
    return this.#links.records;
  }

  /** What this annotator changed about articles, by the article's id. */
  get articles(): ReadonlyMap<string, ArticleRecord> {
    return this.#changes.records;
  }

  /** The ids of the articles that the journal's gestures touch, whether they are there or not. */
  get touched(): Iterable<string> {
    return this.#steps.articles;
  }

  /** Whether the journal is damaged, so that nothing may be added to it. */
  get isDamaged(): boolean {
    return this.#journal.damage !== null;
  }

  /** The set on an article; an empty one where nothing was written. @throws AppError `corrupt` */
  async set(article: string): Promise<AnnotationSet> {
    if (this.#isUntouched(article)) return emptySet(article);
    const { set } = await this.#load(article);
    this.#letGo();
    return set;
  }

  /** Looks whether the snapshots of these sets are what was written, so that `outline` gives what `set` does. @throws AppError `corrupt` */
  async lookAt(articles: readonly string[]): Promise<void> {
    const { fileSystem, layout, annotator } = this.#place;
    const paths = articles
      .filter((article) => this.#setNames.has(`${article}.json`))
      .map((article) => layout.set(annotator, article))
      .filter((path) => !this.#seen.has(path));
    let turn = 0;
    for await (const bytes of readEach(fileSystem, paths)) {
      const path = paths[turn++] as string;
      this.#seen.add(path);
      const isOurs = !(bytes instanceof Error) && isIntactSnapshot(bytes) && (seqOfSnapshot(bytes) ?? 0) <= this.#journal.lastLineSeq;
      if (!isOurs) this.#changedOutside.add(path);
    }
  }

  /**
   * The set on an article as the journal tells it, without a look at its snapshot where that can tell nothing else: for what is asked of many
   * articles at once. @throws AppError `corrupt`
   */
  async outline(article: string): Promise<AnnotationSet> {
    const steps = this.#steps.on(article);
    if (this.#sets.get(article) || !steps) return this.set(article);
    const isTold = this.#isComplete && !this.#changedOutside.has(this.#place.layout.set(this.#place.annotator, article));
    if (!isTold) return this.set(article);
    try {
      const { sets } = applyEdits(
        emptyWork,
        steps.flatMap(({ edits }) => edits),
      );
      return sets.get(article) ?? emptySet(article);
    } catch (error) {
      if (!(error instanceof GroundChanged)) throw error;
      return this.set(article);
    }
  }

  /** Whether the journal on the disk is no longer what was read and written here: another program changed it. */
  isChangedOutside(): Promise<boolean> {
    return this.#journal.isChangedOutside();
  }

  /** The number of the gesture with this id, if it was acknowledged. */
  seqOf(id: string): number | undefined {
    return this.#journal.seqOf(id);
  }

  /**
   * Appends `gesture` to the journal, then changes what is in memory; answers the gesture's number once it is on the disk. Calls
   * must not overlap.
   * @throws AppError `conflict` when the gesture does not fit what is there, or the disk's own error.
   */
  async apply(gesture: Gesture): Promise<number> {
    const known = this.#journal.seqOf(gesture.id);
    if (known !== undefined) return known;
    this.#taking++;
    try {
      return await this.#apply(gesture);
    } finally {
      this.#taking--;
      this.#letGo();
    }
  }

  async #apply(gesture: Gesture): Promise<number> {
    const articles = articlesOf(gesture.edits);
    const held = new Map(await Promise.all(articles.map(async (article) => [article, await this.#load(article)] as const)));
    const sets = new Map([...held].map(([article, { set }]) => [article, set]));
    const current = migrateGesture(gesture, this.#place.codebook);
    let history: History;
    let after: Work;
    try {
      const before: Work = { sets, entities: this.#entities.records, links: this.#links.records, articles: this.#changes.records };
      after = applyEdits(before, current.edits);
      history = record(this.#history, current);
    } catch (error) {
      throw error instanceof GroundChanged || error instanceof RangeError ? conflict(error.message) : error;
    }
    const seq = await this.#journal.append(current);
    this.#steps.add(seq, current);
    this.#history = history;
    for (const [article, each] of held) {
      each.set = after.sets.get(article) ?? emptySet(article);
      each.part.touch(seq);
      this.#sets.use(article, each);
    }
    const across = [
      [this.#entities, after.entities] as const,
      [this.#links, after.links] as const,
      [this.#changes, after.articles] as const,
    ];
    for (const [told, records] of across) {
      if (told.records === records) continue;
      told.records = records;
      told.part.touch(seq);
    }
    return seq;
  }

  /** Brings the snapshots up to the journal, those that have changed. What cannot be written is told in a notice and tried again next time. */
  async flush(): Promise<void> {
    if (!this.#place.mayWrite || this.isDamaged) return;
    const parts = [...this.#sets.values(), this.#entities, this.#links, this.#changes].map(({ part }) => part);
    if (parts.every(({ isSaved }) => isSaved)) return;
    const { layout, annotator, notify, retract } = this.#place;
    const name = layout.named(layout.journal(annotator));
    try {
      // A snapshot must never know of a gesture that a power cut could still take from the journal.
      await this.#journal.secure();
      retract(`secure:${name}`);
    } catch (error) {
      const message = `The snapshots were not written, since ${name} could not be: ${reasonOf(error)}. What was saved stays saved.`;
      notify({ id: `secure:${name}`, severity: 'warning', message, next: 'It is tried again after your next edit.' });
      return;
    }
    for (const held of [...this.#sets.values()]) await held.part.save(() => setToRecord(held.set));
    await this.#entities.part.save(() => ({ entities: sortedById(this.#entities.records) }));
    await this.#links.part.save(() => ({ links: sortedById(this.#links.records) }));
    await this.#changes.part.save(() => ({ articles: sortedById(this.#changes.records) }));
  }

  async #begin(name: string): Promise<void> {
    const { mayWrite, notify } = this.#place;
    const { damage, tornBytes, lastLineSeq } = this.#journal;
    const { fileSystem, layout, annotator, cache } = this.#place;
    const held = damage || mayWrite ? await heldBySnapshots(fileSystem, layout, annotator, cache) : null;
    for (const path of held?.broken ?? []) this.#changedOutside.add(path);
    const sets = layout.sets(annotator);
    for (const set of held?.names ?? []) this.#seen.add(`${sets}${sep}${set}`);
    this.#setNames = held?.names ?? new Set(await namesIn(fileSystem, layout.sets(annotator)));
    if (held && !damage && held.seq > lastLineSeq) {
      this.#journal.advance(held.seq);
      notify({ id: `lost:${name}`, severity: 'warning', ...endIsMissing(name, lastLineSeq, held.seq) });
    }
    if (damage && held) {
      notify({ id: `damaged:${name}`, severity: 'error', ...middleIsDamaged(name, damage, held) });
    } else if (tornBytes > 0 && mayWrite) {
      await this.#repair(name, tornBytes);
    }
    try {
      // A sync may have brought what was written under a codebook that it has not brought yet.
      for (const { seq, gesture } of this.#journal.entries) this.#steps.add(seq, migrateGesture(gesture, this.#place.codebook));
      this.#history = historyOf(this.#steps.gestures);
    } catch (error) {
      throw unreadable(error, name);
    }
    const steps = this.#steps.across;
    const entities = await this.#read(this.#entities.part);
    const entries = { ...emptyWork, entities: byId(entities.entities) };
    this.#entities.records = this.#entities.part.replayed(entries, steps.entity, this.#isComplete).entities;
    const links = await this.#read(this.#links.part);
    let known: readonly Relation[];
    try {
      known = links.links.map((link) => migrateRelation(link, this.#place.codebook));
    } catch (error) {
      throw unreadable(error, this.#links.part.name);
    }
    this.#links.records = this.#links.part.replayed({ ...emptyWork, links: byId(known) }, steps.link, this.#isComplete).links;
    const changes = await this.#read(this.#changes.part);
    this.#changes.records = this.#changes.part.replayed(
      { ...emptyWork, articles: byId(changes.articles) },
      steps.article,
      this.#isComplete,
    ).articles;
  }

  async #repair(name: string, tornBytes: number): Promise<void> {
    const { notify } = this.#place;
    const kept = this.#journal.isTornWhole
      ? 'The checksum of its last line did not fit: that step was damaged, or a crash left it unfinished.'
      : 'A crash left its last step unfinished; that step was never shown as saved.';
    try {
      await this.#journal.repair();
      const message = `${name}: the last ${tornBytes} bytes were cut off and kept in a file beside it. ${kept}`;
      notify({ id: `torn:${name}`, severity: 'warning', message, next: 'Check the last thing you did.' });
    } catch (error) {
      const message = `${name}: the last ${tornBytes} bytes could not be cut off yet: ${reasonOf(error)}. ${kept}`;
      notify({ id: `torn:${name}`, severity: 'warning', message, next: 'It is tried again with your next edit.' });
    }
  }

  // Whether there is nothing to be read of an article, and nothing was written on it.
  #isUntouched(article: string): boolean {
    const isThere = this.#setNames.has(`${article}.json`) || this.#setNames.has(`${article}.json.bak`);
    return this.#steps.areGapless && !isThere && !this.#steps.on(article) && !this.#loading.has(article);
  }

  #letGo(): void {
    if (this.#taking === 0) this.#sets.letGo();
  }

  #load(article: string): Promise<SetPart> {
    const held = this.#sets.get(article);
    if (held) return Promise.resolve(this.#sets.use(article, held));
    let loading = this.#loading.get(article);
    if (!loading) {
      loading = this.#loadNow(article).finally(() => this.#loading.delete(article));
      this.#loading.set(article, loading);
    }
    return loading;
  }

  async #loadNow(article: string): Promise<SetPart> {
    const { layout, annotator, codebook } = this.#place;
    const part = this.#part(layout.set(annotator, article), AnnotationSetRecord, setToRecord(emptySet(article)));
    const data = await this.#read(part);
    if (data.article !== article) throw unreadable(new SyntaxError(`it is the set on ${data.article}`), part.name);
    let set: AnnotationSet;
    try {
      set = setFromRecord(migrateSet(data, codebook));
    } catch (error) {
      throw unreadable(error, part.name);
    }
    const start = { ...emptyWork, sets: new Map([[article, set]]) };
    const { sets } = part.replayed(start, this.#steps.on(article) ?? [], this.#isComplete);
    return this.#sets.use(article, new LoadedSet(part, sets.get(article) ?? emptySet(article), this.#place.mayWrite));
  }

  // Whether the journal tells all that there is to be told.
  get #isComplete(): boolean {
    return !this.isDamaged && this.#steps.areGapless;
  }

  #part<T extends object>(path: string, schema: z.ZodType<T>, empty: T): Part<T> {
    const { fileSystem, layout, now, mayWrite, notify, retract, fromJournal = false } = this.#place;
    const place = { fileSystem, root: layout.root, now, mayWrite: mayWrite && !this.isDamaged, notify, retract, fromJournal };
    return new Part(place, path, layout.named(path), schema, empty);
  }

  async #read<T extends object>(part: Part<T>): Promise<T> {
    const { seq, data } = await part.read();
    this.#journal.advance(seq);
    return data;
  }
}

function conflict(reason: string): AppError {
  return new AppError('conflict', `This step no longer fits: ${reason}.`, 'Reload the article, then do it again.');
}
