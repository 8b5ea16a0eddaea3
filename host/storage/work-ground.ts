import type { z } from 'zod';
import type { CodebookFile } from '../../core/codebook/codebook-file.ts';
import type { Notice } from '../../core/failure.ts';
import type { FileSystem } from './file-system.ts';
import type { Journal } from './journal.ts';
import { JournalSteps } from './journal-steps.ts';
import type { Layout } from './layout.ts';
import type { OpeningCache } from './opening-cache.ts';
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

/** What the work of one annotator is made from: the journal, its steps, and the parts that have snapshots. */
export class WorkGround {
  readonly place: WorkPlace;
  readonly journal: Journal;
  /** The journal under the codebook in force. */
  readonly steps = new JournalSteps();

  constructor(place: WorkPlace, journal: Journal) {
    this.place = place;
    this.journal = journal;
  }

  /** Whether the journal is damaged, so that nothing may be added to it. */
  get isDamaged(): boolean {
    return this.journal.damage !== null;
  }

  /** Whether the journal tells all that there is to be told. */
  get isComplete(): boolean {
    return !this.isDamaged && this.steps.areGapless;
  }

  /** The part whose snapshot is the file at `path`; `empty` is what it holds while there is none. */
  part<T extends object>(path: string, schema: z.ZodType<T>, empty: T): Part<T> {
    const { fileSystem, layout, now, mayWrite, notify, retract, fromJournal = false } = this.place;
    const place = { fileSystem, root: layout.root, now, mayWrite: mayWrite && !this.isDamaged, notify, retract, fromJournal };
    return new Part(place, path, layout.named(path), schema, empty);
  }

  /** What the snapshot of a part holds. Steps that it knows of are not numbered again. @throws AppError `corrupt`, `newer-version` */
  async read<T extends object>(part: Part<T>): Promise<T> {
    const { seq, data } = await part.read();
    this.journal.advance(seq);
    return data;
  }
}
