import type { Notice } from '../../core/failure.ts';
import type { AnnotationSet } from '../../core/model/annotation.ts';
import { AnnotatorWork } from './annotator-work.ts';
import type { Layout } from './layout.ts';
import { stampOf } from './opening.ts';
import { articlesBetween } from './outside.ts';
import type { Ground, Parts } from './parts.ts';

/** The work of everybody in an open project: the own work comes from `parts`, that of the other annotators from the disk. */
export class Everybody {
  readonly #layout: Layout;
  readonly #ground: Ground;
  readonly #parts: () => Parts;
  readonly #others = new Map<string, { stamp: string; work: AnnotatorWork }>();
  /** Everybody's work when `takeStock` was last called. */
  #told: ReadonlyMap<string, AnnotatorWork> = new Map();

  constructor(layout: Layout, ground: Ground, parts: () => Parts) {
    this.#layout = layout;
    this.#ground = ground;
    this.#parts = parts;
  }

  /** Everybody's work, up to date with the disk, ascending by annotator. Reads all articles too. @throws AppError `corrupt`, `newer-version` */
  async works(): Promise<[annotator: string, work: AnnotatorWork][]> {
    const { articles } = this.#parts();
    if (!articles.isRead) await articles.readAll();
    const works: [string, AnnotatorWork][] = [];
    for (const { id } of this.#parts().annotators) works.push([id, await this.#workOf(id)]);
    return works;
  }

  /** Everybody's work as it was last read, the own work first. */
  known(): AnnotatorWork[] {
    return [this.#parts().own, ...[...this.#others.values()].map(({ work }) => work)];
  }

  /** Articles that somebody worked on but that are missing, ascending by id: not synced yet, or removed. */
  missing(): string[] {
    const { articles } = this.#parts();
    const touched = new Set(this.known().flatMap((work) => [...work.touched]));
    return [...touched].filter((id) => !articles.has(id) && !articles.isDamaged(id)).sort();
  }

  /** Everybody's sets on the missing articles. @throws AppError `corrupt` */
  async setsOnMissing(): Promise<AnnotationSet[]> {
    const missing = this.missing();
    const works = this.known();
    return Promise.all(missing.flatMap((article) => works.map((work) => work.set(article))));
  }

  /** Whether the journal of the annotator `id` was damaged when it was last read. */
  isDamaged(id: string): boolean {
    const { own, annotator } = this.#parts();
    return (id === annotator.id ? own : this.#others.get(id)?.work)?.isDamaged ?? false;
  }

  /** Makes the next request read the work of all others again. */
  forget(): void {
    this.#others.clear();
  }

  /**
   * Reads everybody's work. Returns whether it differs from the previous call, and on which articles, which is computed only when asked for.
   * @throws AppError as works
   */
  async takeStock(): Promise<{ articles(): string[]; isOther: boolean }> {
    const before = this.#told;
    const now = new Map(await this.works());
    this.#told = now;
    const ids = [...new Set([...before.keys(), ...now.keys()])];
    return {
      articles: () => ids.flatMap((id) => articlesBetween(before.get(id), now.get(id))),
      isOther: ids.some((id) => before.get(id) !== now.get(id)),
    };
  }

  // Others' files may change while the project is open, when the folder is synced. They are read again when their journal has changed.
  async #workOf(annotator: string): Promise<AnnotatorWork> {
    const { own, codebookFile: codebook, annotator: me } = this.#parts();
    if (annotator === me.id) return own;
    const { fileSystem, now, notices, cache } = this.#ground;
    const stamp = await stampOf(fileSystem, this.#layout.journal(annotator));
    const known = this.#others.get(annotator);
    if (known?.stamp === stamp) return known.work;
    const notify = (notice: Notice) => notices.add(notice);
    const retract = (id: string) => notices.remove(id);
    const place = { fileSystem, layout: this.#layout, annotator, codebook, now, cache };
    const work = await AnnotatorWork.open({ ...place, mayWrite: false, notify, retract });
    this.#others.set(annotator, { stamp, work });
    return work;
  }
}
