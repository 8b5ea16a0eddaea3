import { Id } from '../model/annotation.ts';

/** What ids are chosen by: whether any record of the project has an id, and the SHA-256 of a text in hex. */
export interface IdGround {
  readonly taken: (id: string) => boolean;
  readonly sha256: (text: string) => string;
}

/** The id for a record to import. `isKnown` means that the project already has the record. */
export interface ChosenId {
  readonly id: string;
  readonly isKnown: boolean;
}

/**
 * Chooses ids for the records of one import: the id in the file if it is free, otherwise one derived from the record's content. Reading the same
 * file again thus gives the same ids, and nothing is imported twice.
 */
export class ImportIds {
  readonly #ground: IdGround;
  readonly #given = new Set<string>();

  constructor(ground: IdGround) {
    this.#ground = ground;
  }

  /**
   * The id for a record that the file calls `wanted`; null if that id has no meaning outside the file. `content` identifies the record without an
   * id, and whose it is: the annotator whom the file names, or else the one who imports it. `isSame` tells whether the record in the project with the id `wanted` is this one.
   */
  choose(wanted: string | null, content: readonly unknown[], isSame: (id: string) => boolean): ChosenId {
    if (wanted !== null && Id.safeParse(wanted).success && !this.#given.has(wanted)) {
      if (!this.#ground.taken(wanted)) return this.#give(wanted, false);
      if (isSame(wanted)) return this.#give(wanted, true);
    }
    for (let again = 0; ; again++) {
      const id = `i${this.#ground.sha256(JSON.stringify([...content, again])).slice(0, 31)}`;
      // Whatever has become of the record since it was imported, it is the same one.
      if (!this.#given.has(id)) return this.#give(id, this.#ground.taken(id));
    }
  }

  #give(id: string, isKnown: boolean): ChosenId {
    this.#given.add(id);
    return { id, isKnown };
  }
}
