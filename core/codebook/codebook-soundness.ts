import { type Attribute, type Codebook, current, fits, type Layer } from '../model/codebook.ts';
import { keyFaults } from './codebook-keys.ts';

/**
 * What is wrong with a codebook that matches the schema, one sentence each: duplicate ids, references to nothing, defaults that do not fit, keys
 * used twice. Keys of retired items are ignored because they do not act.
 */
export function codebookFaults(codebook: Codebook): string[] {
  const layers = codebook.layers.map(({ id }) => id);
  const types = codebook.entityTypes.map(({ id }) => id);
  const targets = new Set(['mention', 'annotation', 'AUTHOR', 'ENTITY', ...types]);
  return [
    ...twice(layers, (id) => `there are two layers ${id}`),
    ...twice(
      codebook.relations.map(({ id }) => id),
      (id) => `there are two relations ${id}`,
    ),
    ...twice(types, (id) => `there are two entity types ${id}`),
    ...(layers.some((id) => id.toLowerCase() === 'mention') ? ['no layer can be called mention: datasets keep that name'] : []),
    ...(current(codebook.layers).length === 0 ? ['there has to be a layer that is not retired'] : []),
    ...codebook.layers.flatMap((layer) => layerFaults(layer, targets)),
    ...codebook.relations.flatMap(({ id, attributes, from, to }) => [
      ...attributeFaults(id, attributes),
      ...[...new Set([...from, ...to])]
        .filter((layer) => !layers.includes(layer))
        .map((layer) => `${id} joins ${layer}, which is not a layer`),
    ]),
    ...keyFaults(codebook),
  ];
}

function layerFaults(layer: Layer, targets: ReadonlySet<string>): string[] {
  const faults = [
    ...attributeFaults(layer.id, layer.attributes),
    ...twice(
      layer.roles.map(({ name }) => name),
      (name) => `${layer.id} has two roles ${name}`,
    ),
    ...twice(
      current(layer.roles).map(({ key }) => key),
      (key) => `two roles of ${layer.id} have the key ${key}`,
    ),
  ];
  if (layer.title.trim() === '') faults.push(`${layer.id} has no title`);
  for (const role of layer.roles) {
    if (role.min > role.max) faults.push(`${layer.id}.${role.name} needs at least ${role.min} and takes at most ${role.max}`);
    for (const target of role.targets)
      if (!targets.has(target)) faults.push(`${layer.id}.${role.name} takes ${target}, which does not exist`);
  }
  const { hueBy } = layer;
  const by = layer.attributes.find(({ name }) => name === hueBy?.attribute);
  if (hueBy && by?.type !== 'enum') faults.push(`${layer.id} is coloured by ${hueBy.attribute}, which has no values`);
  else if (hueBy && by?.type === 'enum') {
    for (const value of Object.keys(hueBy.hues)) {
      if (!by.values.includes(value)) faults.push(`${layer.id} has a colour for ${by.name} ${value}, which is not one of its values`);
    }
  }
  return faults;
}

function attributeFaults(owner: string, attributes: readonly Attribute[]): string[] {
  const faults = twice(
    attributes.map(({ name }) => name),
    (name) => `${owner} has two attributes ${name}`,
  );
  for (const attribute of attributes) {
    const place = `${owner}.${attribute.name}`;
    if (attribute.default !== null && !fits(attribute, attribute.default)) faults.push(`the default of ${place} is not one of its values`);
    if (attribute.type !== 'enum') continue;
    faults.push(...twice(attribute.values, (value) => `${place} has the value ${value} twice`));
    const retired = attribute.retiredValues ?? [];
    for (const value of retired) if (!attribute.values.includes(value)) faults.push(`${place} has no value ${value} to be retired`);
    if (attribute.default !== null && retired.includes(attribute.default)) faults.push(`the default of ${place} is retired`);
    if (attribute.values.every((value) => retired.includes(value))) faults.push(`${place} has no value that can be given`);
  }
  return faults;
}

function twice(names: readonly string[], words: (name: string) => string): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map(words);
}
