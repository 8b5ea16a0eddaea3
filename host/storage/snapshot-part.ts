import { Low } from 'lowdb';
import type { z } from 'zod';
import type { Notice } from '../../core/failure.ts';
import { applyEdits, emptyWork, GroundChanged, type Work } from '../../core/steps/edit.ts';
import { reasonOf, unreadable } from './failures.ts';
import type { FileSystem } from './file-system.ts';
import type { Step } from './journal-steps.ts';
import { type Snapshot, SnapshotFile } from './snapshot-file.ts';

/** Where parts are, and how they report problems. Without `mayWrite`, nothing on the disk is changed. */
export interface PartPlace {
  readonly fileSystem: FileSystem;
  readonly root: string;
  readonly now: () => string;
  readonly mayWrite: boolean;
  readonly notify: (notice: Notice) => void;
  /** Withdraws a notice by its id. */
  readonly retract: (id: string) => void;
  /** Rebuilds everything from the journal if the journal is complete, whatever the snapshots hold. */
  readonly fromJournal: boolean;
}

/**
 * A part of an annotator's work that has a snapshot of its own: the set on one article, the registry entries, the links, or the changes to articles.
 * The snapshot holds the result of the journal up to some gesture; the rest comes from the journal.
 */
export class Part<T extends object> {
  /** Names the file in messages. */
  readonly name: string;
  readonly #place: PartPlace;
  readonly #empty: T;
  readonly #low: Low<Snapshot<T>>;
  /** The number of the last gesture that touches this part, and of the last one that the file holds. */
  #seq = 0;
  #savedSeq = 0;

  constructor(place: PartPlace, path: string, name: string, schema: z.ZodType<T>, empty: T) {
    this.#place = place;
    this.name = name;
    this.#empty = empty;
    const { fileSystem, root, now, mayWrite, notify } = place;
    this.#low = new Low(new SnapshotFile({ fileSystem, path, root, name, now, mayWrite, notify }, schema), { seq: 0, data: empty });
  }

  /** Whether the file holds every gesture. */
  get isSaved(): boolean {
    return this.#seq === this.#savedSeq;
  }

  /** What the file holds, and the number of the last gesture in it. @throws AppError `corrupt`, `newer-version` */
  async read(): Promise<Snapshot<T>> {
    await this.#low.read();
    const { seq, data } = this.#low.data;
    // The work keeps the records. If lowdb kept them too, there would be a second copy of the lists.
    this.#low.data = { seq, data: this.#empty };
    this.#seq = seq;
    this.#savedSeq = seq;
    return { seq, data };
  }

  /**
   * Brings `start` (what the file holds) up to date with the journal, whose steps on this part are `steps`. If the two do not fit, the part is
   * rebuilt from the journal, provided it is complete. @throws AppError `corrupt`
   */
  replayed(start: Work, steps: readonly Step[], isComplete: boolean): Work {
    const run = (from: Work, beyond: number) => {
      let work = from;
      for (const { seq, edits } of steps) {
        if (seq <= beyond) continue;
        work = applyEdits(work, edits);
        this.#seq = seq;
      }
      return work;
    };
    if (this.#place.fromJournal && isComplete) {
      this.#savedSeq = -1;
      this.#seq = 0;
      return run(emptyWork, 0);
    }
    try {
      return run(start, this.#savedSeq);
    } catch (error) {
      if (!(error instanceof GroundChanged) || !isComplete) throw unreadable(error, this.name);
    }
    try {
      const work = run(emptyWork, 0);
      const message = `${this.name} did not match the journal, so it was rebuilt from the journal.`;
      this.#place.notify({ id: `remade:${this.name}`, severity: 'warning', message, next: 'Check the annotations of this article.' });
      return work;
    } catch (error) {
      throw unreadable(error, this.name);
    }
  }

  /** Records that the gesture with the number `seq` touched this part. */
  touch(seq: number): void {
    this.#seq = seq;
  }

  /** Writes `data` if the file does not hold it yet. A failure is reported in a notice. */
  async save(data: () => T): Promise<void> {
    const seq = this.#seq;
    if (this.isSaved) return;
    const notice = `snapshot:${this.name}`;
    try {
      this.#low.data = { seq, data: data() };
      await this.#low.write();
      this.#savedSeq = seq;
      this.#place.retract(notice);
    } catch (error) {
      const message = `${this.name} could not be written: ${reasonOf(error)}. Nothing is lost: the journal holds every edit.`;
      this.#place.notify({ id: notice, severity: 'warning', message, next: 'Pressmark tries again after your next edit.' });
    }
  }
}
