import type { EntityMention } from '../../core/annotations/hits.ts';
import { holdersOf, mergeWith, type SingleField, splitWith, unmergeWith } from '../../core/registry/entity-merge.ts';
import type { LinkTarget } from '../../core/registry/linking.ts';
import { linkAcross } from '../../core/registry/linking-across.ts';
import {
  createEntity,
  type EntityFields,
  type RegistryScene,
  removeEntity,
  setAlias,
  setEntityField,
  setMember,
} from '../../core/registry/registry-edits.ts';
import type { Edit } from '../../core/steps/edit.ts';
import { Refusal } from '../../core/steps/gestures.ts';
import type { Desk } from './desk.ts';
import type { Walking } from './walking.ts';

/** Editing the registry: fields, names and members of entities, merges and splits, and linking many mentions at once. Each is one step. */
export function registryActions(desk: Desk, walk: Walking) {
  const { view, workspace } = desk;

  const scene = (): RegistryScene => {
    const { work, registry } = desk.state();
    const { annotator, now } = workspace.changeScene();
    return { records: work.entities, registry, annotator, now, newId: workspace.newId };
  };
  const nameOf = (id: string) => desk.state().registry.get(id)?.canonical ?? id;
  const change = (command: string, title: string, build: (scene: RegistryScene) => Edit[]): void =>
    desk.attempt(() => {
      workspace.apply({ command, title, edits: build(scene()) });
      view.set({ message: null });
    });

  return {
    /** Shows an entity or a group of unlinked words on the right of the Registry view; null for nothing. */
    choose: (choice: string | null): void => view.set({ registryChoice: choice }),

    /** Opens the Registry view at an entity. */
    showEntry: (id: string): void => view.set({ view: 'registry', registryChoice: id, message: null }),

    setField<F extends keyof EntityFields>(id: string, field: F, value: EntityFields[F]): void {
      change('entity.change', `Change the ${fieldNames[field]} of ${nameOf(id)}`, (now) => setEntityField(now, id, field, value));
    },
    setAlias(id: string, alias: string, belongs: boolean): void {
      const title = belongs ? `Add “${alias}” to the names of ${nameOf(id)}` : `Take “${alias}” from the names of ${nameOf(id)}`;
      change('entity.alias', title, (now) => setAlias(now, id, alias, belongs));
    },
    setMember(id: string, member: string, belongs: boolean): void {
      const title = belongs ? `Add ${nameOf(member)} to ${nameOf(id)}` : `Take ${nameOf(member)} out of ${nameOf(id)}`;
      change('entity.member', title, (now) => setMember(now, id, member, belongs));
    },
    /** Creates an entity that nothing refers to yet, and shows it. */
    create(type: string, canonical: string): void {
      change('entity.create', `Add ${canonical} to the registry`, (now) => {
        const { id, edits } = createEntity(now, type, canonical);
        view.set({ registryChoice: id });
        return edits;
      });
    },
    /** Creates an entity and adds it to a group, as one step. */
    createMember(group: string, type: string, canonical: string): void {
      change('entity.member', `Add ${canonical} to ${nameOf(group)}`, (now) => {
        const { id, edits } = createEntity(now, type, canonical);
        const registry = new Map(now.registry);
        const model = now.registry.get(group);
        if (model) registry.set(id, { ...model, id, type, canonical, members: [] });
        return [...edits, ...setMember({ ...now, registry }, group, id, true)];
      });
    },
    merge(from: readonly string[], into: string, options: { aliases: boolean; values: Partial<Record<SingleField, string>> }): void {
      const others = from.filter((id) => id !== into);
      const title = `Merge ${others.length === 1 ? nameOf(others[0] as string) : `${others.length} entries`} into ${nameOf(into)}`;
      change('entity.merge', title, (now) => mergeWith(now, others, into, options));
      view.set({ registryChoice: into });
      view.say(`Merged into ${nameOf(into)}. One undo takes it back.`);
    },
    unmerge(id: string): void {
      change('entity.unmerge', `Take ${nameOf(id)} out of ${nameOf(desk.state().registry.get(id)?.mergedInto ?? id)} again`, (now) =>
        unmergeWith(now, id),
      );
    },
    split(id: string, moved: readonly string[], canonical: string, aliases: readonly string[]): void {
      change('entity.split', `Split ${canonical} from ${nameOf(id)}`, (now) => splitWith(now, id, moved, canonical, aliases).edits);
      view.say(`${canonical} is an entry of its own. One undo takes it back.`);
    },
    /** Removes an entity from the registry. `places` is how many mentions refer to it. */
    remove(id: string, places: number): void {
      change('entity.remove', `Remove ${nameOf(id)} from the registry`, (now) => {
        const { groups, merged } = holdersOf(now.registry, id);
        const holders = [
          ...(places > 0 ? [places === 1 ? '1 mention' : `${places} mentions`] : []),
          ...groups.map(({ canonical }) => `the group ${canonical}`),
          ...merged.map(({ canonical }) => `${canonical}, which was merged into it`),
        ];
        if (holders.length > 0) throw new Refusal(`${nameOf(id)} stays: it is used by ${listed(holders)}`);
        view.set({ registryChoice: null });
        return removeEntity(now, id);
      });
    },
    /** Links own mentions, in any articles, to one entity. Resolves when it is done. */
    async linkEach(mentions: readonly EntityMention[], target: LinkTarget, learn: boolean): Promise<void> {
      await workspace.load([...new Set(mentions.map(({ article }) => article))]);
      const sceneOf = (article: string) => {
        const made = workspace.scene(article);
        if (!made) throw new RangeError(`no article ${article}`);
        return made;
      };
      const name = typeof target === 'string' ? nameOf(target) : target.canonical;
      const words = mentions[0]?.text ?? '';
      workspace.apply({
        ...{ command: 'mention.link-each', title: `Link ${mentions.length} × “${words}” to ${name}` },
        edits: linkAcross(sceneOf, mentions, target, learn),
      });
      view.say(`Linked ${mentions.length === 1 ? '1 mention' : `${mentions.length} mentions`} to ${name}. One undo takes it back.`);
    },
    /** Opens the article of a mention at its place. */
    show(mention: EntityMention): void {
      desk.attempt(async () => {
        await walk.openArticle(mention.article);
        view.set({ view: 'annotate', message: null });
        // The text is on screen in the next frame.
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            const use = mention.uses[0]?.annotation;
            const isOwn = mention.annotator === desk.state().opened?.annotator.id;
            walk.activate(isOwn ? (mention.kind === 'role' ? mention.id : (use ?? null)) : null);
            desk.editor?.select({ start: mention.start, end: mention.end }, { scroll: true });
            desk.editor?.focus();
          }),
        );
      });
    },
  };
}

const fieldNames: Readonly<Record<keyof EntityFields, string>> = {
  type: 'type',
  canonical: 'name',
  wikidata: 'Wikidata id',
  date: 'date',
  roles: 'roles',
  notes: 'notes',
};

const listed = (parts: readonly string[]) => (parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : (parts[0] ?? ''));
