import type { z } from 'zod';
import type { CodebookFile } from '../../core/codebook/codebook-file.ts';
import type { Notice } from '../../core/failure.ts';
import type { FileSystem } from './file-system.ts';
import type { Journal } from './journal.ts';
import { JournalSteps } from './journal-steps.ts';
import type { Layout } from './layout.ts';
import type { OpeningCache } from './opening-cache.ts';
import { Part } from './snapshot-part.ts';

/** What opening the work of one annotator needs. Without `mayWrite`, nothing on the disk is changed. */
export interface WorkPlace {
  readonly fileSystem: FileSystem;
  readonly layout: Layout;
  readonly annotator: string;
  readonly codebook: CodebookFile;
  readonly now: () => string;
  readonly mayWrite: boolean;
  readonly notify: (notice: Notice) => void;
  /** Withdraws a notice by its id. */
  readonly retract: (id: string) => void;
  /** What earlier openings found out. */
  readonly cache: OpeningCache;
  /** Rebuilds everything from the journal if the journal is complete, whatever the snapshots hold. */
  readonly fromJournal?: boolean;
}

/** What the work of one annotator is made from: the journal, its steps, and the parts that have snapshots. */
export class WorkGround {
  readonly place: WorkPlace;
  readonly journal: Journal;
  /** The journal's gestures, migrated to the codebook in force. */
  readonly steps = new JournalSteps();

  constructor(place: WorkPlace, journal: Journal) {
    this.place = place;
    this.journal = journal;
  }

  /** Whether the journal is damaged, so that nothing may be appended to it. */
  get isDamaged(): boolean {
    return this.journal.damage !== null;
  }

  /** Whether the journal holds every step. */
  get isComplete(): boolean {
    return !this.isDamaged && this.steps.areGapless;
  }

  /** The part whose snapshot is the file at `path`; `empty` is its content if there is no file. */
  part<T extends object>(path: string, schema: z.ZodType<T>, empty: T): Part<T> {
    const { fileSystem, layout, now, mayWrite, notify, retract, fromJournal = false } = this.place;
    const place = { fileSystem, root: layout.root, now, mayWrite: mayWrite && !this.isDamaged, notify, retract, fromJournal };
    return new Part(place, path, layout.named(path), schema, empty);
  }

  /** The content of a part's snapshot. New gestures get numbers after those in it. @throws AppError `corrupt`, `newer-version` */
  async read<T extends object>(part: Part<T>): Promise<T> {
    const { seq, data } = await part.read();
    this.journal.advance(seq);
    return data;
  }
}
