import { Id } from '../model/annotation.ts';

/** What ids are chosen by: whether a record of the project, anybody's, has one; and a sha256 in hex. */
export interface IdGround {
  readonly taken: (id: string) => boolean;
  readonly sha256: (text: string) => string;
}

/** The id of a record to be imported; `isKnown` where the project has the record already. */
export interface ChosenId {
  readonly id: string;
  readonly isKnown: boolean;
}

/**
 * Chooses the ids of the records of one import: the one that the file has, where it is free; else one made from the content of the record, so
 * that the same file read again gives the same ids and nothing is there twice.
 */
export class ImportIds {
  readonly #ground: IdGround;
  readonly #given = new Set<string>();

  constructor(ground: IdGround) {
    this.#ground = ground;
  }

  /**
   * The id of a record that the file calls `wanted`, null where its id says nothing beyond the file. `content` is what it is known by without
   * an id; `isSame` tells whether the record of the project that has `wanted` is this one.
   */
  choose(wanted: string | null, content: readonly unknown[], isSame: (id: string) => boolean): ChosenId {
    if (wanted !== null && Id.safeParse(wanted).success && !this.#given.has(wanted)) {
      if (!this.#ground.taken(wanted)) return this.#give(wanted, false);
      if (isSame(wanted)) return this.#give(wanted, true);
    }
    for (let again = 0; ; again++) {
      const id = `i${this.#ground.sha256(JSON.stringify([...content, again])).slice(0, 31)}`;
      // Whatever became of the record since it was imported, it is that one.
      if (!this.#given.has(id)) return this.#give(id, this.#ground.taken(id));
    }
  }

  #give(id: string, isKnown: boolean): ChosenId {
    this.#given.add(id);
    return { id, isKnown };
  }
}
