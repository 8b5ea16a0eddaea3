import type { Codebook, Layer, RelationType, Role } from '../model/codebook.ts';
import { Refusal } from '../steps/gestures.ts';
import { changeInWords } from './change-words.ts';
import { attributeChanged, conversions, found, type Made, replaced, retiredAs, set, without } from './codebook-attributes.ts';
import type { CodebookChange } from './codebook-change.ts';
import type { LayerStep, MigrationStep } from './codebook-file.ts';
import { codebookFaults } from './codebook-soundness.ts';

/** What annotators have used of a codebook, by id. These may not be removed without a replacement. */
export interface InUse {
  readonly layers: ReadonlySet<string>;
  readonly relations: ReadonlySet<string>;
  readonly entityTypes: ReadonlySet<string>;
}

/** A codebook after changes, the migration steps for annotations, and what each change does in words, with a title for all of them. */
export interface Revision {
  readonly codebook: Codebook;
  readonly steps: readonly MigrationStep[];
  readonly words: readonly string[];
  readonly title: string;
}

/** `codebook` after `changes`, applied one after another. @throws Refusal if one cannot be made or the result is not valid */
export function revise(codebook: Codebook, changes: readonly CodebookChange[], inUse: InUse): Revision {
  const steps: MigrationStep[] = [];
  const words: string[] = [];
  let revised = codebook;
  for (const change of changes) {
    words.push(changeInWords(change, revised));
    const made = changed(revised, change, inUse);
    revised = made.codebook;
    steps.push(...made.steps);
  }
  const [fault] = codebookFaults(revised);
  if (fault) throw new Refusal(capital(fault));
  const [first, ...more] = words;
  if (first === undefined) throw new Refusal('There is nothing to change');
  return { codebook: revised, steps, words, title: more.length > 0 ? `${first} and ${more.length} more` : first };
}

/** `next` with what `before` has, is in use and is missing from it, kept as retired. */
export function withUsed(before: Codebook, next: Codebook, inUse: InUse): Codebook {
  const kept = <T extends { readonly id: string }>(were: readonly T[], are: readonly T[], used: ReadonlySet<string>): T[] => [
    ...are,
    ...were.filter(({ id }) => used.has(id) && !are.some((one) => one.id === id)).map((one) => ({ ...one, retired: true as const })),
  ];
  const layers = kept(before.layers, next.layers, inUse.layers);
  const relations = kept(before.relations, next.relations, inUse.relations);
  const entityTypes = kept(before.entityTypes, next.entityTypes, inUse.entityTypes);
  const known = new Set(layers.map(({ id }) => id));
  const types = new Set(['mention', 'annotation', 'AUTHOR', 'ENTITY', ...entityTypes.map(({ id }) => id)]);
  const some = (list: readonly string[], has: ReadonlySet<string>, else_: string) => {
    const left = list.filter((id) => has.has(id));
    return left.length > 0 ? left : [else_];
  };
  const first = (layers[0] as Layer).id;
  return {
    ...next,
    layers: layers.map((layer) =>
      next.layers.includes(layer)
        ? layer
        : { ...layer, roles: layer.roles.map((role) => ({ ...role, targets: some(role.targets, types, 'mention') })) },
    ),
    relations: relations.map((relation) =>
      next.relations.includes(relation)
        ? relation
        : { ...relation, from: some(relation.from, known, first), to: some(relation.to, known, first) },
    ),
    entityTypes,
  };
}

function changed(codebook: Codebook, change: CodebookChange, inUse: InUse): Made {
  if ('owner' in change) return attributeChanged(codebook, change);
  const made = (next: Partial<Codebook>, ...steps: LayerStep[]): Made => ({ codebook: { ...codebook, ...next }, steps });
  const among = (...steps: LayerStep[]): MigrationStep[] => steps.map((step) => ({ step: 'in-relations', change: step }));
  switch (change.change) {
    case 'edit-codebook':
      return made(change.set as Partial<Codebook>);
    case 'replace':
      return { codebook: withUsed(codebook, change.codebook, inUse), steps: conversions(codebook, change.codebook) };
    case 'add-layer':
      return made({ layers: [...codebook.layers, change.layer] });
    case 'edit-layer':
      return made({ layers: replaced(codebook.layers, change.layer, (layer) => set(layer, change.set)) });
    case 'rename-layer': {
      const layers = replaced(codebook.layers, change.layer, (layer) => ({ ...layer, id: change.to }));
      const relations = rejoined(codebook.relations, (id) => [id === change.layer ? change.to : id]);
      return made({ layers, relations }, { step: 'rename-layer', from: change.layer, to: change.to });
    }
    case 'retire-layer':
      return made({ layers: replaced(codebook.layers, change.layer, (layer) => retiredAs(layer, change.retired)) });
    case 'remove-layer': {
      const { layer, into } = change;
      const layers = without(codebook.layers, layer);
      if (into === null && inUse.layers.has(layer))
        throw new Refusal(`${layer} has annotations: name the layer that takes them, or retire it`);
      if (into !== null && !layers.some(({ id }) => id === into)) throw new Refusal(`There is no other layer ${into}`);
      const relations = rejoined(codebook.relations, (id) => (id !== layer ? [id] : into === null ? [] : [into]));
      return made({ layers, relations }, ...(into === null ? [] : [{ step: 'map-layer' as const, from: layer, to: into }]));
    }
    case 'split-layer': {
      const { layer, attribute, values, into } = change;
      const old = found(codebook.layers, layer);
      const by = old.attributes.find(({ name }) => name === attribute);
      if (by?.type !== 'enum' || values.some((value) => !by.values.includes(value)))
        throw new Refusal(`${layer} cannot be split by ${attribute}`);
      const layers = codebook.layers.flatMap((one) => (one === old ? [old, { ...old, ...into }] : [one]));
      const relations = rejoined(codebook.relations, (id) => (id === layer ? [id, into.id] : [id]));
      return made({ layers, relations }, { step: 'split-layer', layer, into: into.id, attribute, values });
    }
    case 'add-role':
      return made({ layers: withRoles(codebook, change.layer, (roles) => [...roles, change.role]) });
    case 'edit-role':
      return made({ layers: withRole(codebook, change.layer, change.role, (role) => set(role, change.set)) });
    case 'rename-role':
      return made(
        { layers: withRole(codebook, change.layer, change.role, (role) => ({ ...role, name: change.to })) },
        { step: 'rename-role', layer: change.layer, from: change.role, to: change.to },
      );
    case 'retire-role':
      return made({ layers: withRole(codebook, change.layer, change.role, (role) => retiredAs(role, change.retired)) });
    case 'remove-role': {
      const { layer, role, into } = change;
      const layers = withRoles(codebook, layer, (roles) => roles.filter(({ name }) => name !== role));
      if (into !== null && !found(layers, layer).roles.some(({ name }) => name === into)) throw new Refusal(`${layer} has no role ${into}`);
      return made({ layers }, { step: 'map-role', layer, from: role, to: into });
    }
    case 'add-relation':
      return made({ relations: [...codebook.relations, change.relation] });
    case 'edit-relation':
      return made({ relations: replaced(codebook.relations, change.relation, (relation) => set(relation, change.set)) });
    case 'rename-relation': {
      const relations = replaced(codebook.relations, change.relation, (relation) => ({ ...relation, id: change.to }));
      return { codebook: { ...codebook, relations }, steps: among({ step: 'rename-layer', from: change.relation, to: change.to }) };
    }
    case 'retire-relation':
      return made({ relations: replaced(codebook.relations, change.relation, (relation) => retiredAs(relation, change.retired)) });
    case 'remove-relation': {
      const { relation, into } = change;
      const relations = without(codebook.relations, relation);
      if (into === null && inUse.relations.has(relation))
        throw new Refusal(`${relation} ties annotations: name the relation that takes them, or retire it`);
      if (into !== null && !relations.some(({ id }) => id === into)) throw new Refusal(`There is no other relation ${into}`);
      return {
        codebook: { ...codebook, relations },
        steps: into === null ? [] : among({ step: 'map-layer', from: relation, to: into }),
      };
    }
    case 'add-entity-type':
      return made({ entityTypes: [...codebook.entityTypes, change.type] });
    case 'edit-entity-type':
      return made({ entityTypes: replaced(codebook.entityTypes, change.type, (type) => ({ ...type, title: change.title })) });
    case 'retire-entity-type':
      return made({ entityTypes: replaced(codebook.entityTypes, change.type, (type) => retiredAs(type, change.retired)) });
    case 'remove-entity-type': {
      if (inUse.entityTypes.has(change.type)) throw new Refusal(`The registry has entities of the type ${change.type}: retire it instead`);
      const layers = codebook.layers.map((layer) => ({
        ...layer,
        roles: layer.roles.map((role) => ({ ...role, targets: role.targets.filter((target) => target !== change.type) })),
      }));
      const bare = layers.flatMap(({ id, roles }) =>
        roles.filter(({ targets }) => targets.length === 0).map(({ name }) => `${id}.${name}`),
      );
      if (bare[0]) throw new Refusal(`The role ${bare[0]} takes nothing but ${change.type}`);
      return made({ entityTypes: without(codebook.entityTypes, change.type), layers });
    }
  }
}

function withRoles(codebook: Codebook, layer: string, edit: (roles: readonly Role[]) => Role[]): Layer[] {
  return replaced(codebook.layers, layer, (one) => ({ ...one, roles: edit(one.roles) }));
}

function withRole(codebook: Codebook, layer: string, role: string, edit: (role: Role) => Role): Layer[] {
  return withRoles(codebook, layer, (roles) => {
    if (!roles.some(({ name }) => name === role)) throw new Refusal(`${layer} has no role ${role}`);
    return roles.map((one) => (one.name === role ? edit(one) : one));
  });
}

function rejoined(relations: readonly RelationType[], to: (layer: string) => string[]): RelationType[] {
  return relations.map((relation) => {
    const [from, ends] = [relation.from, relation.to].map((layers) => [...new Set(layers.flatMap(to))]) as [string[], string[]];
    if (from.length === 0 || ends.length === 0) throw new Refusal(`The relation ${relation.id} would join nothing: remove it first`);
    return { ...relation, from, to: ends };
  });
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
