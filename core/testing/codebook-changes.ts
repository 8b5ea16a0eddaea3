import type { CodebookChange } from '../codebook/codebook-change.ts';
import type { Annotation, AttributeValue, RoleFiller } from '../model/annotation.ts';
import type { Attribute, Codebook, Layer } from '../model/codebook.ts';

/** The item of `list` that a number chooses. @throws RangeError for an empty list */
export function chosen<T>(list: readonly T[], number: number): T {
  const one = list[number % list.length];
  if (one === undefined) throw new RangeError('nothing to choose from');
  return one;
}

const words = ['alpha', 'beta', 'gamma', 'delta', 'omega'] as const;

/** Any value that fits `attribute`. */
function fittingValue(attribute: Attribute, number: number): AttributeValue {
  const word = chosen(words, number);
  switch (attribute.type) {
    case 'enum':
      return chosen(attribute.values, number);
    case 'boolean':
      return number % 2 === 0;
    case 'number':
      return number / 4;
    case 'text':
    case 'date':
      return word;
    case 'list':
      return number % 3 === 0 ? [word] : [word, 'more'];
    case 'quantity':
      return [{ value: number, value_max: null, modifier: 'exact', unit: '', counts: word, mention: number % 2 ? `m${number % 5}` : null }];
    case 'evidence':
      return [{ url: '', accessed: '', says: 'context', note: word }];
  }
}

/** `annotation` after a change chosen by four numbers, as an annotator could make it under `codebook`: to an attribute, a role, or the layer. */
export function edited(annotation: Annotation, codebook: Codebook, [a, b, c, d]: readonly number[]): Annotation {
  const layer = codebook.layers.find(({ id }) => id === annotation.layer);
  if (!layer || a === undefined || b === undefined || c === undefined || d === undefined) return annotation;
  if (a % 5 === 0) return filledFrom({ ...annotation, layer: chosen(codebook.layers, b).id }, codebook, [b, c, d]);
  if (a % 2 === 0 && layer.roles.length > 0) {
    const role = chosen(layer.roles, b);
    const others = annotation.roles.filter((filler) => filler.role !== role.name);
    return { ...annotation, roles: [...others, ...fillers(role.name, c % (role.max + 1), d)] };
  }
  if (layer.attributes.length === 0) return annotation;
  const attribute = chosen(layer.attributes, b);
  const { [attribute.name]: _, ...rest } = annotation.attributes;
  return { ...annotation, attributes: c % 4 === 0 ? rest : { ...rest, [attribute.name]: fittingValue(attribute, d) } };
}

/** `annotation` with every attribute and role of its layer filled or left open as numbers choose. */
export function filledFrom(annotation: Annotation, codebook: Codebook, numbers: readonly number[]): Annotation {
  const layer = codebook.layers.find(({ id }) => id === annotation.layer) as Layer;
  const at = (index: number) => numbers[index % numbers.length] ?? 0;
  const attributes = layer.attributes.flatMap((attribute, index) =>
    (at(index) + index) % 4 === 0 ? [] : [[attribute.name, fittingValue(attribute, at(index) + index)] as const],
  );
  const roles = layer.roles.flatMap(({ name, max }, index) => fillers(name, (at(index) + index) % (max + 1), at(index)));
  return { ...annotation, attributes: Object.fromEntries(attributes), roles };
}

const fillers = (role: string, count: number, from: number): RoleFiller[] =>
  Array.from({ length: count }, (_, index) => ({ role, target: { kind: 'mention', id: `m${(from + index) % 9}` } }));

/** A change chosen by numbers that can usually be made to `codebook`: what it changes exists, but names are sometimes taken. */
export function changeFrom(codebook: Codebook, kind: number, numbers: readonly [number, number, number]): CodebookChange {
  const [a, b, c] = numbers;
  const layer = chosen(codebook.layers, a);
  const owner = { kind: 'layer' as const, id: layer.id };
  const fresh = `n${b % 7}${chosen(words, c)}`;
  const attribute = layer.attributes.length > 0 ? chosen(layer.attributes, b) : null;
  const role = layer.roles.length > 0 ? chosen(layer.roles, b) : null;
  const other = (names: readonly string[]) => (c % 4 === 0 || names.length === 0 ? null : chosen(names, c));
  const values = attribute?.type === 'enum' ? attribute.values : null;
  const value = values && chosen(values, c);
  const name = attribute?.name ?? 'none';
  const common = { name: fresh, title: fresh, required: b % 2 === 0, help: '' };
  const added: Attribute =
    c % 2 ? { ...common, type: 'enum', values: ['alpha', 'beta'], default: 'alpha' } : { ...common, type: 'number', default: null };
  const ofValues = (of: readonly string[], one: string): CodebookChange[] => [
    { change: 'add-value', owner, attribute: name, value: fresh },
    { change: 'rename-value', owner, attribute: name, value: one, to: fresh },
    { change: 'remove-value', owner, attribute: name, value: one, into: other(of) },
    { change: 'retire-value', owner, attribute: name, value: one, retired: c % 2 === 0 },
    {
      ...{ change: 'split-layer', layer: layer.id, attribute: name, values: [one] },
      into: { id: fresh, title: fresh, key: chosen(['z', 'w', 'ö'], b) },
    },
  ];
  const choices: CodebookChange[] = [
    { change: 'rename-layer', layer: layer.id, to: fresh },
    { change: 'retire-layer', layer: layer.id, retired: !layer.retired },
    { change: 'remove-layer', layer: layer.id, into: other(codebook.layers.map(({ id }) => id)) },
    { change: 'add-layer', layer: { ...layer, id: fresh, title: fresh, key: chosen(['z', 'w', 'ö', 'ß'], b) } },
    { change: 'add-attribute', owner, attribute: added, fill: c % 2 ? 'beta' : b },
    { change: 'rename-attribute', owner, attribute: name, to: fresh },
    { change: 'convert-attribute', owner, attribute: name, to: c % 2 ? 'text' : 'list' },
    { change: 'retire-attribute', owner, attribute: name, retired: !attribute?.retired },
    { change: 'remove-attribute', owner, attribute: name },
    { change: 'edit-attribute', owner, attribute: name, set: { required: c % 2 === 0, title: fresh } },
    { change: 'remove-role', layer: layer.id, role: role?.name ?? 'none', into: other(layer.roles.map((one) => one.name)) },
    { change: 'rename-role', layer: layer.id, role: role?.name ?? 'none', to: fresh },
    { change: 'edit-role', layer: layer.id, role: role?.name ?? 'none', set: { min: 0, max: 1 + (c % 3) } },
    { change: 'replace', codebook: { ...codebook, layers: codebook.layers.filter((_, index) => index !== a % codebook.layers.length) } },
    ...(values && value ? ofValues(values, value) : []),
  ];
  return chosen(choices, kind);
}
