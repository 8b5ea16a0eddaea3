import { AppError } from '../../core/failure.ts';
import type { AnnotationSet, Relation } from '../../core/model/annotation.ts';
import type { ArticleRecord } from '../../core/model/article-record.ts';
import type { EntityRecord } from '../../core/model/entity.ts';
import { applyEdits, articlesOf, type Gesture, GroundChanged, type Work } from '../../core/steps/edit.ts';
import { emptyHistory, type History, historyOf, record } from '../../core/steps/history.ts';
import { AcrossWork } from './across-work.ts';
import { AnnotatorSets } from './annotator-sets.ts';
import { reasonOf, unreadable } from './failures.ts';
import { migrateGesture } from './gesture-migration.ts';
import { Journal } from './journal.ts';
import { endIsMissing, type Held, heldBySnapshots, middleIsDamaged } from './journal-loss.ts';
import { WorkGround, type WorkPlace } from './work-ground.ts';

/** Everything that one annotator has written: the whole journal, and the snapshots as they are needed, each brought up to date with the journal. */
export class AnnotatorWork {
  readonly #ground: WorkGround;
  readonly #sets: AnnotatorSets;
  readonly #across: AcrossWork;
  #history: History = emptyHistory;

  private constructor(ground: WorkGround) {
    this.#ground = ground;
    this.#sets = new AnnotatorSets(ground);
    this.#across = new AcrossWork(ground);
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
    const work = new AnnotatorWork(new WorkGround(place, journal));
    await work.#begin(name);
    return work;
  }

  /** The journal's gestures in order, migrated to the codebook in force. */
  get gestures(): readonly Gesture[] {
    return this.#ground.steps.gestures;
  }

  get history(): History {
    return this.#history;
  }

  /** The registry entries of this annotator, by id. */
  get entities(): ReadonlyMap<string, EntityRecord> {
    return this.#across.entities;
  }

  /** The links across articles of this annotator, by id. */
  get links(): ReadonlyMap<string, Relation> {
    return this.#across.links;
  }

  /** What this annotator changed about articles, by article id. */
  get articles(): ReadonlyMap<string, ArticleRecord> {
    return this.#across.articles;
  }

  /** The ids of the articles that the journal's gestures touch, whether those articles exist or not. */
  get touched(): Iterable<string> {
    return this.#ground.steps.articles;
  }

  /** Whether the journal is damaged, so that nothing may be appended to it. */
  get isDamaged(): boolean {
    return this.#ground.isDamaged;
  }

  /** The set on an article; empty if nothing was written. @throws AppError `corrupt` */
  set(article: string): Promise<AnnotationSet> {
    return this.#sets.get(article);
  }

  /** Checks whether the snapshots of these sets hold what was written, so that `outline` returns the same as `set`. @throws AppError `corrupt` */
  lookAt(articles: readonly string[]): Promise<void> {
    return this.#sets.lookAt(articles);
  }

  /**
   * The set on an article according to the journal. The snapshot is not read where it cannot add anything, so this suits requests about many articles
   * at once. @throws AppError `corrupt`
   */
  outline(article: string): Promise<AnnotationSet> {
    return this.#sets.outline(article);
  }

  /** Whether another program changed the journal on the disk since it was read or written here. */
  isChangedOutside(): Promise<boolean> {
    return this.#ground.journal.isChangedOutside();
  }

  /** The number of the gesture with this id, if it was acknowledged. */
  seqOf(id: string): number | undefined {
    return this.#ground.journal.seqOf(id);
  }

  /**
   * Appends `gesture` to the journal, then updates the memory. Returns the gesture's number once it is on the disk. Calls must not overlap.
   * @throws AppError `conflict` if the gesture does not fit the current work, or the disk's own error.
   */
  async apply(gesture: Gesture): Promise<number> {
    const { journal, steps, place } = this.#ground;
    const known = journal.seqOf(gesture.id);
    if (known !== undefined) return known;
    return this.#sets.change(articlesOf(gesture.edits), async (sets) => {
      const current = migrateGesture(gesture, place.codebook);
      const { entities, links, articles } = this.#across;
      const { after, history } = this.#tried(current, { sets, entities, links, articles });
      const seq = await journal.append(current);
      steps.add(seq, current);
      this.#history = history;
      this.#across.take(after, seq);
      return { sets: after.sets, seq };
    });
  }

  /** Brings changed snapshots up to date with the journal. A snapshot that cannot be written is reported in a notice and tried again next time. */
  async flush(): Promise<void> {
    const { journal, place } = this.#ground;
    if (!place.mayWrite || this.isDamaged) return;
    if (this.#sets.areSaved && this.#across.isSaved) return;
    const { layout, annotator, notify, retract } = place;
    const name = layout.named(layout.journal(annotator));
    try {
      // A snapshot must never contain a gesture that a power cut could still remove from the journal.
      await journal.secure();
      retract(`secure:${name}`);
    } catch (error) {
      const message = `${name} could not be written (${reasonOf(error)}), so the snapshots were not written either. What was saved stays saved.`;
      notify({ id: `secure:${name}`, severity: 'warning', message, next: 'Pressmark tries again after your next edit.' });
      return;
    }
    await this.#sets.save();
    await this.#across.save();
  }

  async #begin(name: string): Promise<void> {
    const { journal, steps, place } = this.#ground;
    const { fileSystem, layout, annotator, cache, codebook, mayWrite } = place;
    const held = this.isDamaged || mayWrite ? await heldBySnapshots(fileSystem, layout, annotator, cache) : null;
    await this.#sets.begin(held);
    await this.#tellLoss(name, held);
    try {
      // A sync program may have brought gestures that were written under a codebook it has not brought yet.
      for (const { seq, gesture } of journal.entries) steps.add(seq, migrateGesture(gesture, codebook));
      this.#history = historyOf(steps.gestures);
    } catch (error) {
      throw unreadable(error, name);
    }
    await this.#across.read();
  }

  // Reports what the journal has lost, and repairs its end if a crash left it unfinished.
  async #tellLoss(name: string, held: Held | null): Promise<void> {
    const { journal, place } = this.#ground;
    const { damage, tornBytes, lastLineSeq } = journal;
    if (held && !damage && held.seq > lastLineSeq) {
      journal.advance(held.seq);
      place.notify({ id: `lost:${name}`, severity: 'warning', ...endIsMissing(name, lastLineSeq, held.seq) });
    }
    if (damage && held) {
      place.notify({ id: `damaged:${name}`, severity: 'error', ...middleIsDamaged(name, damage, held) });
    } else if (tornBytes > 0 && place.mayWrite) {
      await this.#repair(name, tornBytes);
    }
  }

  async #repair(name: string, tornBytes: number): Promise<void> {
    const { journal, place } = this.#ground;
    const kept = journal.isTornWhole
      ? 'The checksum of its last line did not match: that step was damaged, or a crash left it unfinished.'
      : 'A crash left its last step unfinished; that step was never shown as saved.';
    try {
      await journal.repair();
      const message = `${name}: the last ${tornBytes} bytes were cut off and kept in a file beside it. ${kept}`;
      place.notify({ id: `torn:${name}`, severity: 'warning', message, next: 'Check the last thing you did.' });
    } catch (error) {
      const message = `${name}: the last ${tornBytes} bytes could not be cut off yet: ${reasonOf(error)}. ${kept}`;
      place.notify({ id: `torn:${name}`, severity: 'warning', message, next: 'Pressmark tries again with your next edit.' });
    }
  }

  // What a gesture makes of the work and of the history, before anything is written.
  #tried(gesture: Gesture, before: Work): { after: Work; history: History } {
    try {
      return { after: applyEdits(before, gesture.edits), history: record(this.#history, gesture) };
    } catch (error) {
      throw error instanceof GroundChanged || error instanceof RangeError ? conflict(error.message) : error;
    }
  }
}

function conflict(reason: string): AppError {
  return new AppError('conflict', `This step no longer fits: ${reason}.`, 'Reload the article, then do it again.');
}
