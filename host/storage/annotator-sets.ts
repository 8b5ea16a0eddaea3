import { sep } from 'node:path';
import { type AnnotationSet, AnnotationSetRecord, emptySet, setFromRecord, setToRecord } from '../../core/model/annotation.ts';
import { applyEdits, emptyWork, GroundChanged } from '../../core/steps/edit.ts';
import { unreadable } from './failures.ts';
import { namesIn, readEach } from './file-system.ts';
import { migrateSet } from './gesture-migration.ts';
import { type HeldSet, HeldSets } from './held-sets.ts';
import type { Held } from './journal-loss.ts';
import { isIntactSnapshot, seqOfSnapshot } from './snapshot-file.ts';
import type { Part } from './snapshot-part.ts';
import type { WorkGround } from './work-ground.ts';

/** A set in memory, and the part that writes its snapshot. */
interface LoadedSet extends HeldSet {
  readonly part: Part<AnnotationSetRecord>;
}

/**
 * The sets of one annotator. Each is read when it is needed, from its snapshot brought up to date with the journal. When too many are in memory,
 * saved ones are dropped.
 */
export class AnnotatorSets {
  readonly #ground: WorkGround;
  readonly #held = new HeldSets<LoadedSet>();
  readonly #loading = new Map<string, Promise<LoadedSet>>();
  /** The number of steps in progress. While there are any, no set is dropped from memory. */
  #taking = 0;
  /** The names in the folder of sets when the work was opened. */
  #names: ReadonlySet<string> = new Set();
  /** The paths of the snapshots that were checked, and of those among them that are not what was written here. */
  readonly #seen = new Set<string>();
  readonly #changedOutside = new Set<string>();

  constructor(ground: WorkGround) {
    this.#ground = ground;
  }

  /** Records what is on the disk. `held` says so, if somebody has looked already. */
  async begin(held: Held | null): Promise<void> {
    const { fileSystem, layout, annotator } = this.#ground.place;
    const folder = layout.sets(annotator);
    for (const path of held?.broken ?? []) this.#changedOutside.add(path);
    for (const name of held?.names ?? []) this.#seen.add(`${folder}${sep}${name}`);
    this.#names = held?.names ?? new Set(await namesIn(fileSystem, folder));
  }

  /** The set on an article; empty if nothing was written. @throws AppError `corrupt` */
  async get(article: string): Promise<AnnotationSet> {
    if (this.#isUntouched(article)) return emptySet(article);
    const { set } = await this.#load(article);
    this.#letGo();
    return set;
  }

  /** Checks whether the snapshots of these sets hold what was written, so that `outline` returns the same as `get`. @throws AppError `corrupt` */
  async lookAt(articles: readonly string[]): Promise<void> {
    const { place, journal } = this.#ground;
    const paths = articles
      .filter((article) => this.#names.has(`${article}.json`))
      .map((article) => place.layout.set(place.annotator, article))
      .filter((path) => !this.#seen.has(path));
    let turn = 0;
    for await (const bytes of readEach(place.fileSystem, paths)) {
      const path = paths[turn++] as string;
      this.#seen.add(path);
      const isOurs = !(bytes instanceof Error) && isIntactSnapshot(bytes) && (seqOfSnapshot(bytes) ?? 0) <= journal.lastLineSeq;
      if (!isOurs) this.#changedOutside.add(path);
    }
  }

  /**
   * The set on an article according to the journal. The snapshot is not read where it cannot add anything, so this suits requests about many articles
   * at once. @throws AppError `corrupt`
   */
  async outline(article: string): Promise<AnnotationSet> {
    const { place, steps: all, isComplete } = this.#ground;
    const steps = all.on(article);
    if (this.#held.get(article) || !steps) return this.get(article);
    const isTold = isComplete && !this.#changedOutside.has(place.layout.set(place.annotator, article));
    if (!isTold) return this.get(article);
    try {
      const { sets } = applyEdits(
        emptyWork,
        steps.flatMap(({ edits }) => edits),
      );
      return sets.get(article) ?? emptySet(article);
    } catch (error) {
      if (!(error instanceof GroundChanged)) throw error;
      return this.get(article);
    }
  }

  /**
   * Lets `take` change the sets on `articles`, which stay in memory meanwhile. `take` receives the sets as they are, and returns them as they are
   * after the step, with the step's number `seq`. @throws AppError `corrupt`, or what `take` throws; the sets are unchanged then.
   */
  async change(
    articles: readonly string[],
    take: (sets: ReadonlyMap<string, AnnotationSet>) => Promise<{ sets: ReadonlyMap<string, AnnotationSet>; seq: number }>,
  ): Promise<number> {
    this.#taking++;
    try {
      const held = new Map(await Promise.all(articles.map(async (article) => [article, await this.#load(article)] as const)));
      const { sets, seq } = await take(new Map([...held].map(([article, { set }]) => [article, set])));
      for (const [article, each] of held) {
        each.set = sets.get(article) ?? emptySet(article);
        each.part.touch(seq);
        this.#held.use(article, each);
      }
      return seq;
    } finally {
      this.#taking--;
      this.#letGo();
    }
  }

  /** Whether the snapshots hold everything that is in memory. */
  get areSaved(): boolean {
    return [...this.#held.values()].every(({ part }) => part.isSaved);
  }

  /** Brings the snapshots up to date with the memory. A snapshot that cannot be written is reported in a notice. */
  async save(): Promise<void> {
    for (const held of [...this.#held.values()]) await held.part.save(() => setToRecord(held.set));
  }

  // Whether nothing was written on an article and there is nothing on the disk to read.
  #isUntouched(article: string): boolean {
    const { steps } = this.#ground;
    const isThere = this.#names.has(`${article}.json`) || this.#names.has(`${article}.json.bak`);
    return steps.areGapless && !isThere && !steps.on(article) && !this.#loading.has(article);
  }

  #letGo(): void {
    if (this.#taking === 0) this.#held.letGo();
  }

  #load(article: string): Promise<LoadedSet> {
    const held = this.#held.get(article);
    if (held) return Promise.resolve(this.#held.use(article, held));
    let loading = this.#loading.get(article);
    if (!loading) {
      loading = this.#loadNow(article).finally(() => this.#loading.delete(article));
      this.#loading.set(article, loading);
    }
    return loading;
  }

  async #loadNow(article: string): Promise<LoadedSet> {
    const { place, steps } = this.#ground;
    const { layout, annotator, codebook, mayWrite } = place;
    const part = this.#ground.part(layout.set(annotator, article), AnnotationSetRecord, setToRecord(emptySet(article)));
    const data = await this.#ground.read(part);
    if (data.article !== article) throw unreadable(new SyntaxError(`it is the set on ${data.article}`), part.name);
    let known: AnnotationSet;
    try {
      known = setFromRecord(migrateSet(data, codebook));
    } catch (error) {
      throw unreadable(error, part.name);
    }
    const start = { ...emptyWork, sets: new Map([[article, known]]) };
    const { sets } = part.replayed(start, steps.on(article) ?? [], this.#ground.isComplete);
    const loaded: LoadedSet = {
      part,
      set: sets.get(article) ?? emptySet(article),
      // A set that this program never writes can be read again at any time.
      get isSaved() {
        return !mayWrite || part.isSaved;
      },
    };
    return this.#held.use(article, loaded);
  }
}
