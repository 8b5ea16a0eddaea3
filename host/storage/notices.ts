import type { Notice } from '../../core/failure.ts';

/** The notices of one open project. One with the id of an earlier one takes its place. */
export class Notices {
  #list: readonly Notice[] = [];
  readonly #listeners = new Set<(notice: Notice) => void>();

  get list(): readonly Notice[] {
    return this.#list;
  }

  add(notice: Notice): void {
    this.#list = [...this.#list.filter(({ id }) => id !== notice.id), notice];
    for (const listener of this.#listeners) listener(notice);
  }

  /** Takes a notice back: what it told of has been put right. */
  remove(id: string): void {
    this.#list = this.#list.filter((notice) => notice.id !== id);
  }

  /** Calls `listener` for each notice to come, until the returned function is called. */
  on(listener: (notice: Notice) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
