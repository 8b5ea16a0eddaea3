import { dequal } from 'dequal';
import { entityOf, entityOfMention, type Registry } from '../model/entity.ts';
import type { Gesture } from '../steps/edit.ts';

/** What a step says about an entity: a value for one of its keys, at the time of the step or another time. */
export type Said = readonly [entity: string, key: string, value: string | null | boolean, time?: string];

/** The registry as it results from what annotators said. Knows nothing about records and edits, only who said what and when, and what was undone. */
export class RegistryModel {
  readonly #said = new Map<string, { readonly by: string; readonly time: string; readonly list: readonly Said[] }>();
  readonly #undone = new Set<string>();

  /** Records what a step said. */
  say(gesture: Gesture, list: readonly Said[]): void {
    this.#said.set(gesture.id, { by: gesture.annotator, time: gesture.time, list });
  }

  /** Records an undo or redo. */
  travel({ undoes, redoes }: Gesture): void {
    if (undoes) this.#undone.add(undoes);
    if (redoes) this.#undone.delete(redoes);
  }

  /** Where `registry` differs from what was said, one sentence each. `mentions` are those whose entities are checked. */
  differences(registry: Registry, mentions: readonly string[]): string[] {
    const newest = this.#newest();
    const found: string[] = [];
    if (!dequal([...registry.keys()], [...newest.keys()].sort())) found.push('there are other entities');
    const end = endsOf(newest);
    for (const [id, keys] of newest) {
      const flags = (field: string) =>
        [...keys].flatMap(([key, value]) => (key.startsWith(`${field}:`) && value === true ? [key.slice(field.length + 1)] : [])).sort();
      const wanted = {
        ...{ canonical: keys.get('canonical') ?? id, notes: keys.get('notes') ?? '', removed: keys.get('removed') ?? false },
        ...{ aliases: flags('alias'), members: flags('member') },
      };
      const { canonical, notes, removed, aliases, members } = registry.get(id) ?? {};
      if (!dequal({ canonical, notes, removed, aliases, members }, wanted)) found.push(`${id} is described in other words`);
      if (entityOf(registry, id)?.id !== end(id)) found.push(`${id} leads elsewhere`);
      for (const mention of mentions) {
        const meant = entityOfMention(registry, { id: mention, entity: id });
        if (!meant || meant.mergedInto) found.push(`the link of ${mention} to ${id} dangles`);
        const isMoved = [...newest.values()].some((said) => said.has(`moved:${mention}`));
        if (!isMoved && meant?.id !== end(id)) found.push(`${mention} means something else than ${id}`);
      }
      for (const [key, value] of keys) {
        // One step of a split: a mention moved from here refers to the entity there, or to where that one leads.
        const mention = key.startsWith('moved:') ? key.slice('moved:'.length) : null;
        if (!mention || typeof value !== 'string' || !newest.has(value)) continue;
        const [from, to] = [id, value].map((entity) => entityOfMention(registry, { id: mention, entity })?.id);
        if (from !== to) found.push(`the split took ${mention} from ${id} elsewhere`);
      }
    }
    return found;
  }

  // The latest value of each key of each entity in the steps in effect.
  #newest(): Map<string, Map<string, Said[2]>> {
    const best = new Map<string, Map<string, { time: string; by: string; value: Said[2] }>>();
    for (const [id, { by, time: ofStep, list }] of this.#said) {
      if (this.#undone.has(id)) continue;
      for (const [entity, key, value, time = ofStep] of list) {
        const keys = best.get(entity) ?? new Map<string, { time: string; by: string; value: Said[2] }>();
        best.set(entity, keys);
        const known = keys.get(key);
        if (!known || time > known.time || (time === known.time && by >= known.by)) keys.set(key, { time, by, value });
      }
    }
    return new Map([...best].map(([entity, keys]) => [entity, new Map([...keys].map(([key, { value }]) => [key, value]))]));
  }
}

// Where the merges of each entity end; in a ring, at the smallest id.
function endsOf(newest: ReadonlyMap<string, ReadonlyMap<string, Said[2]>>): (id: string) => string {
  const next = (id: string) => {
    const into = newest.get(id)?.get('mergedInto');
    return typeof into === 'string' && newest.has(into) ? into : null;
  };
  return (id) => {
    const way = [id];
    for (let to = next(id); to !== null; to = next(to)) {
      if (way.includes(to)) return way.slice(way.indexOf(to)).sort()[0] as string;
      way.push(to);
    }
    return way.at(-1) as string;
  };
}
