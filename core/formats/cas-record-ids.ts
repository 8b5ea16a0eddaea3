import { membersOf, textOf } from './cas-features.ts';
import { CasFault, type CasGraph, type GraphObject } from './cas-graph.ts';

/**
 * The ids of the records made from the objects of one file. If Pressmark wrote the file, its ids are used; otherwise they are made from the path
 * and the object's number. Ids that occur twice in the file are made new, and with `isCopy` all are.
 */
export class RecordIds {
  readonly #ids = new Map<number, string>();
  readonly #renamed = new Map<string, string>();

  constructor(graph: CasGraph, isCopy: boolean) {
    const stem = graph.path.replace(/\.\w+$/, '');
    const used = new Set<string>();
    for (const object of membersOf(graph)) {
      const written = object.type.startsWith('pressmark.') ? textOf(object, 'id') : null;
      const id = written === null || isCopy || used.has(written) ? `${stem}#${object.id}` : written;
      used.add(id);
      this.#ids.set(object.id, id);
      if (written !== null && !this.#renamed.has(written)) this.#renamed.set(written, id);
    }
  }

  /** The id of the record made from `object`. @throws CasFault for an object that no view lists */
  of(object: GraphObject): string {
    const id = this.#ids.get(object.id);
    if (id === undefined) throw new CasFault('damaged', `The ${object.type} ${object.id} fills a role, but its view does not list it.`);
    return id;
  }

  /** The id that replaces one written in a value of the file. */
  inPlaceOf(written: string): string {
    return this.#renamed.get(written) ?? written;
  }
}
