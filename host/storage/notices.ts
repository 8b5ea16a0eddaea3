import type { Notice } from '../../core/failure.ts';

interface Listener {
  readonly added: (notice: Notice) => void;
  readonly removed: ((id: string) => void) | undefined;
}

/** The notices of one open project. A new notice replaces an earlier one with the same id. */
export class Notices {
  #list: readonly Notice[] = [];
  readonly #listeners = new Set<Listener>();

  get list(): readonly Notice[] {
    return this.#list;
  }

  add(notice: Notice): void {
    this.#list = [...this.#list.filter(({ id }) => id !== notice.id), notice];
    for (const { added } of this.#listeners) added(notice);
  }

  /** Withdraws a notice because its cause is gone. */
  remove(id: string): void {
    const rest = this.#list.filter((notice) => notice.id !== id);
    if (rest.length === this.#list.length) return;
    this.#list = rest;
    for (const { removed } of this.#listeners) removed?.(id);
  }

  /** Calls `added` for each new notice and `removed` with the id of each that is withdrawn, until the returned function is called. */
  on(added: (notice: Notice) => void, removed?: (id: string) => void): () => void {
    const listener = { added, removed };
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
