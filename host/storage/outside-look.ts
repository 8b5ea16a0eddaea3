import { dequal } from 'dequal';
import type { CodebookChanges } from './codebook-changes.ts';
import { isOtherGround, journalChanged, type OutsideChange, unchanged } from './outside.ts';
import { readArticles, readShared } from './parts.ts';
import type { ProjectState } from './project-state.ts';

/** Looks for changes that other programs made to an open project. Calls must not overlap. */
export class OutsideLook {
  readonly #state: ProjectState;
  readonly #codebook: CodebookChanges;

  constructor(state: ProjectState, codebook: CodebookChanges) {
    this.#state = state;
    this.#codebook = codebook;
  }

  /** See `Project.look`. */
  async look(): Promise<OutsideChange> {
    const { layout, ground } = this.#state;
    if (this.#state.isClosed) return unchanged;
    await this.lookAtJournal();
    const shared = await readShared(layout, ground);
    const { parts } = this.#state;
    if (isOtherGround(parts, shared)) {
      if (ground.mayWrite) await parts.own.flush();
      await this.#state.readAnew();
      await this.#codebook.record();
      return { articles: null, others: true };
    }
    await parts.articles.readAll();
    const articles = await readArticles(layout, ground, false, parts.articles);
    const changed = articles.metas.filter(({ id }) => !parts.articles.has(id)).map(({ id }) => id);
    const others = !dequal(parts.annotators, shared.annotators);
    const me = shared.annotators.find(({ id }) => id === parts.annotator.id) ?? parts.annotator;
    this.#state.amend({ annotators: shared.annotators, annotator: me, ...(changed.length > 0 ? { articles } : {}) });
    const works = await this.#state.takeStock();
    return { articles: [...new Set([...changed, ...works.articles()])].sort(), others: others || works.isOther };
  }

  /** See `Project.lookAtJournal`. */
  async lookAtJournal(): Promise<void> {
    if (this.#state.isClosed) return;
    const { layout, ground, parts } = this.#state;
    const changed = journalChanged(layout, parts.annotator.id);
    const isTold = ground.notices.list.some(({ id }) => id === changed.id);
    if (!isTold && (await parts.own.isChangedOutside())) ground.notices.add(changed);
  }

  /** See `Project.readAgain`. */
  async readAgain(): Promise<void> {
    const { layout, ground, parts } = this.#state;
    const { own, annotator } = parts;
    const isChanged = await own.isChangedOutside();
    const journal = layout.named(layout.journal(annotator.id));
    for (const id of [`outside:${annotator.id}`, `damaged:${journal}`]) ground.notices.remove(id);
    await this.#state.readAnew({ fromJournal: isChanged || own.isDamaged });
  }
}
