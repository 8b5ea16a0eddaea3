import type { DatasetLook } from '../../core/formats/dataset-look.ts';
import { mentionLayer } from '../../core/formats/document.ts';
import { type AttributeMap, type LabelMap, mentionOf, roleOf } from '../../core/formats/mapping.ts';
import { type Attribute, type Codebook, current, layerOf, type Role, valuesOf } from '../../core/model/codebook.ts';

/** A dataset that is previewed before it is imported. */
export interface DatasetPreview {
  readonly look: DatasetLook;
  /** What is going on: previewing with a changed map, or importing. */
  readonly busy: 'looking' | 'importing' | null;
  /** Whether the other people whom it names become annotators of the project; otherwise everything becomes one's own work. */
  readonly keepsAnnotators: boolean;
}

/** The option for leaving a label out. */
export const leaveOut = '-';

/** One row of the table that maps the labels of a file. `options` maps each possible target, by its name in the map, to its title. */
export interface MapRow {
  readonly id: string;
  readonly what: 'layer' | 'attribute' | 'value' | 'role' | 'relation' | 'entity type';
  readonly name: string;
  readonly level: 0 | 1 | 2;
  readonly count: number;
  /** Rejected suggestions of a layer. Not included in `count`. */
  readonly rejected?: number;
  readonly chosen: string;
  readonly options: Readonly<Record<string, string>>;
  /** The map after choosing something else for this label. Everything that depends on it is proposed again. */
  readonly mapWith: (chosen: string) => LabelMap;
}

/** The rows for the labels of a dataset: each layer with its roles and attributes, and their values if the codebook lists them. */
export function mapRows({ labels, map }: DatasetLook, codebook: Codebook): MapRow[] {
  const layers = labels.layers.flatMap(({ name, count, rejected, attributes, roles }): MapRow[] => {
    const to = ownOf(map.layers, name) ?? { to: null, attributes: {}, roles: {} };
    const withLayer = (layer: LabelMap['layers'][string]): LabelMap => ({ ...map, layers: { ...map.layers, [name]: layer } });
    const layer = layerOf(codebook, to.to ?? '');
    const row: MapRow = {
      ...{
        id: `layer ${name}`,
        what: 'layer',
        name,
        level: 0,
        count,
        rejected,
        chosen: to.to ?? leaveOut,
        options: layerOptions(codebook, to.to),
      },
      mapWith: (chosen) => withLayer({ to: said(chosen), attributes: {}, roles: {} }),
    };
    if (!layer) return [row];
    return [
      row,
      ...attributeRows(row.id, attributes, to.attributes, layer.attributes, (next) => withLayer({ ...to, attributes: next })),
      ...roles.map((role): MapRow => {
        const filled = ownOf(to.roles, role.name) ?? null;
        return {
          ...{ id: `${row.id} role ${role.name}`, what: 'role', name: role.name, level: 1, count: role.count, chosen: filled ?? leaveOut },
          options: options(titled(layer.roles, filled)),
          mapWith: (chosen) => withLayer({ ...to, roles: { ...to.roles, [role.name]: said(chosen) } }),
        };
      }),
    ];
  });
  const relations = labels.relations.flatMap(({ name, count, attributes }): MapRow[] => {
    const to = ownOf(map.relations, name) ?? { to: null, attributes: {} };
    const withRelation = (relation: LabelMap['relations'][string]): LabelMap => ({
      ...map,
      relations: { ...map.relations, [name]: relation },
    });
    const type = codebook.relations.find(({ id }) => id === to.to);
    const row: MapRow = {
      ...{ id: `relation ${name}`, what: 'relation', name, level: 0, count, chosen: to.to ?? leaveOut },
      options: relationOptions(codebook, to.to),
      mapWith: (chosen) => withRelation({ to: said(chosen), attributes: {} }),
    };
    return [
      row,
      ...(type
        ? attributeRows(row.id, attributes, to.attributes, type.attributes, (next) => withRelation({ ...to, attributes: next }))
        : []),
    ];
  });
  const types = labels.entityTypes.map(({ name, count }): MapRow => {
    const to = ownOf(map.entityTypes, name) ?? null;
    return {
      ...{ id: `entity type ${name}`, what: 'entity type', name, level: 0, count, chosen: to ?? leaveOut },
      options: options(titled(codebook.entityTypes, to)),
      mapWith: (chosen) => ({ ...map, entityTypes: { ...map.entityTypes, [name]: said(chosen) } }),
    };
  });
  return [...layers, ...relations, ...types];
}

function attributeRows(
  owner: string,
  used: DatasetLook['labels']['layers'][number]['attributes'],
  maps: Readonly<Record<string, AttributeMap>>,
  known: readonly Attribute[],
  withAttributes: (maps: Record<string, AttributeMap>) => LabelMap,
): MapRow[] {
  return used.flatMap(({ name, count, values }): MapRow[] => {
    const to = ownOf(maps, name) ?? { to: null };
    const attribute = known.find((one) => one.name === to.to);
    const row: MapRow = {
      ...{ id: `${owner} attribute ${name}`, what: 'attribute', name, level: 1, count, chosen: to.to ?? leaveOut },
      options: options(titled(known, to.to)),
      mapWith: (chosen) => withAttributes({ ...maps, [name]: { to: said(chosen) } }),
    };
    if (attribute?.type !== 'enum') return [row];
    const rows = values.flatMap((value): MapRow[] => {
      const turned = ownOf(to.values ?? {}, value.name) ?? null;
      // A value that the codebook also has needs no choice.
      if (turned === value.name) return [];
      return [
        {
          ...{
            id: `${row.id} value ${value.name}`,
            what: 'value',
            name: value.name,
            level: 2,
            count: value.count,
            chosen: turned ?? leaveOut,
          },
          options: options(valuesOf(attribute, turned).map((one): [string, string] => [one, one.replaceAll('_', ' ')])),
          mapWith: (chosen) => withAttributes({ ...maps, [name]: { ...to, values: { ...to.values, [value.name]: said(chosen) } } }),
        },
      ];
    });
    return [row, ...rows];
  });
}

type Titled = { readonly title: string; readonly retired?: true | undefined } & ({ readonly id: string } | { readonly name: string });

// What can still be chosen, and what is already chosen.
function titled(list: readonly Titled[], chosen: string | null): [string, string][] {
  const named = list.map((one) => ({ id: 'id' in one ? one.id : one.name, title: one.title, retired: one.retired }));
  return named.filter(({ id, retired }) => !retired || id === chosen).map(({ id, title }) => [id, title]);
}

const options = (entries: readonly (readonly [string, string])[]) => ({ [leaveOut]: 'Leave out', ...Object.fromEntries(entries) });

function layerOptions(codebook: Codebook, chosen: string | null) {
  const types = titled(codebook.entityTypes, null).map(([id, title]): [string, string] => [`${mentionOf}${id}`, `Mention: ${title}`]);
  return options([...titled(codebook.layers, chosen), [mentionLayer, 'Mention'], ...types]);
}

function relationOptions(codebook: Codebook, chosen: string | null) {
  const roles = new Map<string, Role>();
  for (const layer of current(codebook.layers))
    for (const role of current(layer.roles)) if (!roles.has(role.name)) roles.set(role.name, role);
  const filled = [...roles.values()].map(({ name, title }): [string, string] => [`${roleOf}${name}`, `Role: ${title}`]);
  return options([...titled(codebook.relations, chosen), ...filled]);
}

const said = (chosen: string) => (chosen === leaveOut ? null : chosen);

// Labels come from the file. One may be equal to the name of a property that every object has.
const ownOf = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;
