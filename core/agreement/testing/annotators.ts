import { newEntity, type Registry, resolveRegistry } from '../../model/entity.ts';
import { fillRole, setAttribute } from '../../steps/gestures.ts';
import { Workbench } from '../../testing/workbench.ts';
import type { Reading } from '../meaning.ts';

/** Annotators who each work alone on one text, the article `a`, with the default codebook. */
export class Annotators {
  readonly text: string;
  readonly benches: readonly Workbench[];

  constructor(text: string, ...names: readonly string[]) {
    this.text = text;
    this.benches = names.map((name) => new Workbench({ a: text }, name));
  }

  of(name: string): Workbench {
    const bench = this.benches.find(({ annotator }) => annotator === name);
    if (!bench) throw new RangeError(`no annotator ${name}`);
    return bench;
  }

  /** Tags words for one annotator, with attributes and roles by their words; gives the annotation's id. */
  tag(
    name: string,
    layer: string,
    words: string,
    attributes: Readonly<Record<string, string | boolean>> = {},
    roles: Readonly<Record<string, string>> = {},
  ): string {
    const on = this.of(name);
    const id = on.tag('a', layer, words);
    for (const [attribute, value] of Object.entries(attributes)) on.step(setAttribute(on.scene('a'), id, attribute, value));
    for (const [role, filler] of Object.entries(roles)) on.step(fillRole(on.scene('a'), id, role, on.range('a', filler), false));
    return id;
  }

  /** Links the mention on these words to the person `id`, for one annotator. */
  link(name: string, words: string, id: string): void {
    const on = this.of(name);
    const before = [...on.set('a').mentions.values()].find(({ span }) => span.text === words);
    if (!before) throw new RangeError(`${name} has no mention on ${words}`);
    const known = on.work.entities.get(id);
    on.step([
      ...(known ? [] : [{ record: 'entity', id, before: null, after: newEntity(id, name, 'PERSON', id, on.now()) } as const]),
      { record: 'mention', article: 'a', id: before.id, before, after: { ...before, entity: id } },
    ]);
  }

  reading(name: string): Reading {
    return { annotator: name, set: this.of(name).set('a') };
  }

  get readings(): Reading[] {
    return this.benches.map(({ annotator }) => this.reading(annotator));
  }

  /** The registry as the entries of all of them make it. */
  get registry(): Registry {
    return resolveRegistry(this.benches.flatMap(({ work }) => [...work.entities.values()]));
  }
}
