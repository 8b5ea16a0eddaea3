import { type Attribute, type Codebook, type Layer, layerOf, type RelationType } from '../model/codebook.ts';
import { Refusal } from '../steps/gestures.ts';
import type { CodebookChange, Owner } from './codebook-change.ts';
import type { LayerStep, MigrationStep } from './codebook-file.ts';

/** A codebook after one change, with the migration steps for its annotations. */
export interface Made {
  readonly codebook: Codebook;
  readonly steps: readonly MigrationStep[];
}

/** `one`, marked as retired or not. */
export const retiredAs = <T extends object>(one: T, retired: boolean): T => {
  const { retired: _, ...rest } = one as T & { retired?: true };
  return (retired ? { ...rest, retired: true } : rest) as T;
};

/** `one` with `fields`. Fields that are not named keep their value. */
export const set = <T extends object>(one: T, fields: object): T => ({ ...one, ...fields });

type AttributeChange = Extract<CodebookChange, { owner: Owner }>;

/** `codebook` after a change of an attribute or its values, with the migration steps. @throws Refusal */
export function attributeChanged(codebook: Codebook, change: AttributeChange): Made {
  const { owner } = change;
  const of = owner.id;
  const made = (edit: (attributes: readonly Attribute[], layer: Layer | RelationType) => Partial<Layer>, ...steps: LayerStep[]): Made => {
    const isLayer = owner.kind === 'layer';
    const next = isLayer
      ? { layers: replaced(codebook.layers, of, (one) => ({ ...one, ...edit(one.attributes, one) })) }
      : { relations: replaced(codebook.relations, of, (one) => ({ ...one, attributes: edit(one.attributes, one).attributes ?? [] })) };
    return {
      codebook: { ...codebook, ...next },
      steps: isLayer ? steps : steps.map((step) => ({ step: 'in-relations', change: step })),
    };
  };
  if (change.change === 'add-attribute') {
    const { attribute, fill } = change;
    const fillStep = fill === null ? [] : [{ step: 'set-default' as const, layer: of, attribute: attribute.name, value: fill }];
    return made((attributes) => ({ attributes: [...attributes, attribute] }), ...fillStep);
  }
  const { attribute: name } = change;
  const one = (attributes: readonly Attribute[], edit: (attribute: Attribute) => Attribute): Partial<Layer> => {
    if (!attributes.some((attribute) => attribute.name === name)) throw new Refusal(`${of} has no attribute ${name}`);
    return { attributes: attributes.map((attribute) => (attribute.name === name ? edit(attribute) : attribute)) };
  };
  const hueBy = (layer: Layer | RelationType) => ('hueBy' in layer && layer.hueBy?.attribute === name ? layer.hueBy : null);
  switch (change.change) {
    case 'edit-attribute':
      return made((attributes) => one(attributes, (attribute) => set(attribute, change.set)));
    case 'rename-attribute':
      return made(
        (attributes, layer) => ({
          ...one(attributes, (attribute) => ({ ...attribute, name: change.to })),
          ...(hueBy(layer) ? { hueBy: { ...(hueBy(layer) as NonNullable<Layer['hueBy']>), attribute: change.to } } : {}),
        }),
        { step: 'rename-attribute', layer: of, from: name, to: change.to },
      );
    case 'convert-attribute': {
      const from = attributesOf(codebook, owner).find((attribute) => attribute.name === name)?.type;
      if (!from || !canConvert(from, change.to))
        throw new Refusal(`${of}.${name} cannot become a ${change.to} without losing what it holds`);
      return made(
        (attributes, layer) => ({
          ...one(attributes, (attribute) => as(attribute, change.to)),
          ...(hueBy(layer) ? { hueBy: null } : {}),
        }),
        { step: 'convert-attribute', layer: of, attribute: name, from, to: change.to },
      );
    }
    case 'retire-attribute':
      return made((attributes) => one(attributes, (attribute) => retiredAs(attribute, change.retired)));
    case 'remove-attribute':
      return made(
        (attributes, layer) => {
          one(attributes, (attribute) => attribute);
          return { attributes: attributes.filter((attribute) => attribute.name !== name), ...(hueBy(layer) ? { hueBy: null } : {}) };
        },
        { step: 'drop-attribute', layer: of, attribute: name },
      );
    default:
      return valueChanged(change, made, one, hueBy);
  }
}

type Enumeration = Extract<Attribute, { type: 'enum' }>;
type HueBy = Layer['hueBy'];

function valueChanged(
  change: Extract<AttributeChange, { change: `${string}-value` | 'order-values' }>,
  made: (edit: (attributes: readonly Attribute[], layer: Layer | RelationType) => Partial<Layer>, ...steps: LayerStep[]) => Made,
  one: (attributes: readonly Attribute[], edit: (attribute: Attribute) => Attribute) => Partial<Layer>,
  hueBy: (layer: Layer | RelationType) => HueBy,
): Made {
  const layer = change.owner.id;
  const place = `${layer}.${change.attribute}`;
  const values =
    (edit: (attribute: Enumeration) => Enumeration, hues?: (hues: NonNullable<HueBy>['hues']) => NonNullable<HueBy>['hues']) =>
    (attributes: readonly Attribute[], of: Layer | RelationType): Partial<Layer> => {
      const by = hueBy(of);
      return {
        ...one(attributes, (attribute) => {
          if (attribute.type !== 'enum') throw new Refusal(`${place} has no values`);
          return edit(attribute);
        }),
        ...(by && hues ? { hueBy: { ...by, hues: hues(by.hues) } } : {}),
      };
    };
  const must = (attribute: Enumeration, value: string) => {
    if (!attribute.values.includes(value)) throw new Refusal(`${place} has no value ${value}`);
  };
  const renamed = (list: readonly string[], from: string, to: string | null) =>
    list.flatMap((value) => (value !== from ? [value] : to === null ? [] : [to]));
  const retire = (attribute: Enumeration, retiredValues: string[]): Enumeration => {
    const { retiredValues: _, ...rest } = attribute;
    return retiredValues.length > 0 ? { ...rest, retiredValues } : rest;
  };
  switch (change.change) {
    case 'add-value':
      return made(values((attribute) => ({ ...attribute, values: [...attribute.values, change.value] })));
    case 'rename-value': {
      const { value, to } = change;
      const edit = (attribute: Enumeration): Enumeration => {
        must(attribute, value);
        const next = {
          ...attribute,
          values: renamed(attribute.values, value, to),
          default: attribute.default === value ? to : attribute.default,
        };
        return retire(next, renamed(attribute.retiredValues ?? [], value, to));
      };
      const hues = (by: NonNullable<HueBy>['hues']) =>
        Object.fromEntries(Object.entries(by).map(([name, hue]) => [name === value ? to : name, hue]));
      return made(values(edit, hues), { step: 'rename-value', layer, attribute: change.attribute, from: value, to });
    }
    case 'retire-value': {
      const { value, retired } = change;
      return made(
        values((attribute) => {
          must(attribute, value);
          const others = (attribute.retiredValues ?? []).filter((other) => other !== value);
          const next = retire(attribute, retired ? [...others, value] : others);
          return retired && next.default === value ? { ...next, default: null } : next;
        }),
      );
    }
    case 'remove-value': {
      const { value, into } = change;
      const edit = (attribute: Enumeration): Enumeration => {
        must(attribute, value);
        if (into !== null && (into === value || !attribute.values.includes(into))) throw new Refusal(`${place} has no other value ${into}`);
        const left = { ...attribute, values: renamed(attribute.values, value, null) };
        if (left.values.length === 0) throw new Refusal(`${place} would have no value left: remove the attribute instead`);
        const standing = into !== null && !attribute.retiredValues?.includes(into) ? into : null;
        const next = { ...left, default: attribute.default === value ? standing : attribute.default };
        return retire(next, renamed(attribute.retiredValues ?? [], value, null));
      };
      const hues = (by: NonNullable<HueBy>['hues']) => Object.fromEntries(Object.entries(by).filter(([name]) => name !== value));
      return made(values(edit, hues), { step: 'map-value', layer, attribute: change.attribute, from: value, to: into });
    }
    case 'order-values':
      return made(
        values((attribute) => {
          const isSame =
            change.values.length === attribute.values.length && attribute.values.every((value) => change.values.includes(value));
          if (!isSame) throw new Refusal(`The order of ${place} has to name each of its values once`);
          return { ...attribute, values: change.values };
        }),
      );
  }
}

const losslessly: Readonly<Record<Attribute['type'], readonly ('text' | 'list')[]>> = {
  enum: ['text', 'list'],
  boolean: ['text'],
  number: ['text'],
  text: ['list'],
  date: ['text', 'list'],
  list: [],
  quantity: [],
  evidence: [],
};

/** Whether an attribute of one type can become another without losing the values that annotations hold. */
export function canConvert(from: Attribute['type'], to: 'text' | 'list'): boolean {
  return losslessly[from].includes(to);
}

function as(attribute: Attribute, to: 'text' | 'list'): Attribute {
  const { name, title, required, help, retired, default: value } = attribute;
  const common = { name, title, required, help, ...(retired ? { retired } : {}) };
  if (to === 'text') return { ...common, type: 'text', default: value === null ? null : String(value) };
  return { ...common, type: 'list', default: value === null ? null : [String(value)] };
}

/** The conversions from one codebook to another: for each attribute that has the same name in both but a type that can take every value it held. */
export function conversions(before: Codebook, next: Codebook): MigrationStep[] {
  const of = (was: readonly Attribute[], is: readonly Attribute[] | undefined, layer: string): LayerStep[] =>
    was.flatMap(({ name, type }): LayerStep[] => {
      const to = is?.find((attribute) => attribute.name === name)?.type;
      const isOther = (to === 'text' || to === 'list') && to !== type && canConvert(type, to);
      return isOther ? [{ step: 'convert-attribute', layer, attribute: name, from: type, to }] : [];
    });
  return [
    ...before.layers.flatMap(({ id, attributes }) => of(attributes, layerOf(next, id)?.attributes, id)),
    ...before.relations.flatMap(({ id, attributes }) =>
      of(attributes, next.relations.find((one) => one.id === id)?.attributes, id).map((change) => ({
        step: 'in-relations' as const,
        change,
      })),
    ),
  ];
}

function attributesOf(codebook: Codebook, { kind, id }: Owner): readonly Attribute[] {
  return kind === 'layer' ? found(codebook.layers, id).attributes : found(codebook.relations, id).attributes;
}

/** The item of `list` with this id. @throws Refusal */
export function found<T extends { readonly id: string }>(list: readonly T[], id: string): T {
  const one = list.find((candidate) => candidate.id === id);
  if (!one) throw new Refusal(`The codebook has no ${id}`);
  return one;
}

/** `list` with the one of this id edited. @throws Refusal */
export function replaced<T extends { readonly id: string }>(list: readonly T[], id: string, edit: (one: T) => T): T[] {
  const one = found(list, id);
  return list.map((candidate) => (candidate === one ? edit(one) : candidate));
}

/** `list` without the one of this id. @throws Refusal */
export function without<T extends { readonly id: string }>(list: readonly T[], id: string): T[] {
  const one = found(list, id);
  return list.filter((candidate) => candidate !== one);
}
