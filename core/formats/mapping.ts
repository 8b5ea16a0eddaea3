import { z } from 'zod';
import { AttributeValue } from '../model/annotation.ts';
import { type Attribute, type Codebook, fits, type Layer, layerOf } from '../model/codebook.ts';
import { safeParsed } from '../text/misfit.ts';
import { type Arg, type DatasetLink, mentionLayer } from './document.ts';
import type { Foreign, ForeignAnnotation, ForeignDocument, ForeignRelation } from './foreign.ts';
import { valueKey } from './labels.ts';
import type { Loss } from './ledger.ts';

/** What an attribute becomes: an attribute of the codebook, or null to leave it out. If it is an enumeration, also what its values become. */
export const AttributeMap = z.strictObject({
  to: z.string().nullable(),
  values: z.record(z.string(), z.string().nullable()).optional(),
});
export type AttributeMap = z.infer<typeof AttributeMap>;

/**
 * What a layer of a file becomes: `to` is a layer of the codebook, `mention`, `mention:TYPE` for mentions of entities of a type (linked to the one
 * with that name, created if there is none), or null to leave it out.
 */
export const LayerMap = z.strictObject({
  to: z.string().nullable(),
  attributes: z.record(z.string(), AttributeMap).default({}),
  roles: z.record(z.string(), z.string().nullable()).default({}),
});
export type LayerMap = z.infer<typeof LayerMap>;

/** What a relation type becomes: `to` is one of the codebook, `role:NAME` if its end fills that role of its start, or null to leave it out. */
export const RelationMap = z.strictObject({ to: z.string().nullable(), attributes: z.record(z.string(), AttributeMap).default({}) });
export type RelationMap = z.infer<typeof RelationMap>;

/**
 * What the labels of a file become, from each name in that file to the codebook's. It can be stored as a file (`pressmark import --map FILE`). A
 * missing name is mapped as it would be without the map.
 */
export const LabelMap = z.strictObject({
  format: z.literal('pressmark-labels'),
  version: z.literal(1),
  layers: z.record(z.string(), LayerMap).default({}),
  relations: z.record(z.string(), RelationMap).default({}),
  entityTypes: z.record(z.string(), z.string().nullable()).default({}),
});
export type LabelMap = z.infer<typeof LabelMap>;

/** The prefixes of what a layer or relation may become. */
export const mentionOf = `${mentionLayer}:`;
export const roleOf = 'role:';

/** The attribute with the entity type of a mapped mention. The mention is linked to the entity of that type with its words as name. */
export const entityTypeAttribute = 'entity_type';

/** What `map` refers to that `codebook` does not have, one sentence each. */
export function mapProblems(map: LabelMap, codebook: Codebook): string[] {
  const problems: string[] = [];
  const { relations, entityTypes } = codebook;
  const expectAttributes = (owner: string, known: readonly Attribute[], maps: Readonly<Record<string, AttributeMap>>) => {
    for (const [name, { to, values }] of Object.entries(maps)) {
      const attribute = known.find((candidate) => candidate.name === to);
      if (to !== null && !attribute) problems.push(`${owner}, attribute “${name}”: there is no attribute ${to}.`);
      for (const value of Object.values(values ?? {})) {
        if (value !== null && attribute?.type === 'enum' && !attribute.values.includes(value))
          problems.push(`${owner}, attribute “${name}”: ${to} has no value ${value}.`);
      }
    }
  };
  const hasType = (type: string) => entityTypes.some(({ id }) => id === type);
  for (const [name, { to, attributes, roles }] of Object.entries(map.layers)) {
    const owner = `Layer “${name}”`;
    if (to === null || to === mentionLayer) continue;
    if (to.startsWith(mentionOf)) {
      if (!hasType(to.slice(mentionOf.length))) problems.push(`${owner}: there is no entity type ${to.slice(mentionOf.length)}.`);
      continue;
    }
    const layer = layerOf(codebook, to);
    if (!layer) problems.push(`${owner}: the codebook has no layer ${to}.`);
    else {
      expectAttributes(owner, layer.attributes, attributes);
      for (const [role, target] of Object.entries(roles)) {
        if (target !== null && !layer.roles.some((known) => known.name === target))
          problems.push(`${owner}, role “${role}”: ${to} has no role ${target}.`);
      }
    }
  }
  for (const [name, { to, attributes }] of Object.entries(map.relations)) {
    const owner = `Relation “${name}”`;
    if (to === null) continue;
    if (to.startsWith(roleOf)) {
      const role = to.slice(roleOf.length);
      if (!codebook.layers.some(({ roles }) => roles.some((known) => known.name === role)))
        problems.push(`${owner}: no layer has a role ${role}.`);
      continue;
    }
    const type = relations.find(({ id }) => id === to);
    if (type) expectAttributes(owner, type.attributes, attributes);
    else problems.push(`${owner}: the codebook has no relation ${to}.`);
  }
  for (const [name, to] of Object.entries(map.entityTypes))
    if (to !== null && !hasType(to)) problems.push(`Entity type “${name}”: there is no entity type ${to}.`);
  return problems;
}

/**
 * `foreign` with the labels of `codebook`: its layers or `mention`, its attributes, and valid values. What is left out is counted by kind.
 * References to what is left out stay, so that the import can count them.
 */
export function applyMap(foreign: Foreign, map: LabelMap, codebook: Codebook): { foreign: Foreign; losses: Loss[] } {
  const mapper = new Mapper(map, codebook);
  const mapped = {
    ...foreign,
    documents: foreign.documents.map((document) => mapper.document(document)),
    links: foreign.links.flatMap((link) => mapper.relation<DatasetLink>(link) ?? []),
    entities: foreign.entities.flatMap((entity) => {
      const type = own(map.entityTypes, entity.type) ?? null;
      return type === null ? mapper.lose(`entities of type “${entity.type}” (left out)`) : [{ ...entity, type }];
    }),
  };
  return { foreign: mapped, losses: mapper.losses() };
}

class Mapper {
  readonly #map: LabelMap;
  readonly #codebook: Codebook;
  readonly #losses = new Map<string, number>();

  constructor(map: LabelMap, codebook: Codebook) {
    this.#map = map;
    this.#codebook = codebook;
  }

  losses(): Loss[] {
    return [...this.#losses].map(([kind, count]) => ({ kind, count })).sort((a, b) => (a.kind < b.kind ? -1 : 1));
  }

  lose(kind: string): [] {
    this.#losses.set(kind, (this.#losses.get(kind) ?? 0) + 1);
    return [];
  }

  document(document: ForeignDocument): ForeignDocument {
    const annotations = new Map<string, ForeignAnnotation>();
    const kept = document.annotations.flatMap((annotation) => this.#annotation(annotation));
    for (const annotation of kept) annotations.set(annotation.id, annotation);
    const relations: ForeignRelation[] = [];
    const filled = new Map<string, Arg[]>();
    for (const relation of document.relations) {
      const role = own(this.#map.relations, relation.type)?.to;
      if (role?.startsWith(roleOf)) this.#fill(relation, role.slice(roleOf.length), annotations, filled);
      else relations.push(...[this.relation<ForeignRelation>(relation) ?? []].flat());
    }
    return {
      ...document,
      relations,
      annotations: kept.map((annotation) => ({ ...annotation, args: [...annotation.args, ...(filled.get(annotation.id) ?? [])] })),
    };
  }

  /** A relation with the codebook's labels; null if it is left out. */
  relation<R extends { readonly type: string; readonly attributes: Readonly<Record<string, AttributeValue>> }>(relation: R): R | null {
    const map = own(this.#map.relations, relation.type);
    const type = this.#codebook.relations.find(({ id }) => id === map?.to);
    if (!map || !type) {
      this.lose(`relations of type “${relation.type}” (left out)`);
      return null;
    }
    return {
      ...relation,
      type: type.id,
      attributes: this.#attributes(relation.type, relation.attributes, map.attributes, type.attributes),
    };
  }

  #annotation(annotation: ForeignAnnotation): ForeignAnnotation[] {
    const { layer: label, attributes, args, status } = annotation;
    const what = status === 'rejected' ? 'rejected suggestions' : 'annotations';
    const map = own(this.#map.layers, label);
    const to = map?.to ?? null;
    if (!map || to === null) return this.lose(`${what} of “${label}” (left out)`);
    if (to === mentionLayer || to.startsWith(mentionOf)) {
      const { entity_id, ...others } = attributes;
      for (const name of Object.keys(others)) this.lose(`values of ${label}.${name} (mentions have none)`);
      for (const { role } of args) this.lose(`roles ${label}.${role} (mentions have none)`);
      const type = to === mentionLayer ? {} : { [entityTypeAttribute]: to.slice(mentionOf.length) };
      return [{ ...annotation, layer: mentionLayer, args: [], attributes: { ...(entity_id === undefined ? {} : { entity_id }), ...type } }];
    }
    const layer = layerOf(this.#codebook, to);
    if (!layer) return this.lose(`${what} of “${label}” (left out)`);
    return [
      {
        ...annotation,
        layer: layer.id,
        attributes: this.#attributes(label, attributes, map.attributes, layer.attributes),
        args: args.flatMap((arg) => this.#arg(label, arg, map, layer)),
      },
    ];
  }

  #arg(label: string, arg: Arg, { roles }: LayerMap, layer: Layer): Arg[] {
    const role = own(roles, arg.role) ?? null;
    if (role === null || !layer.roles.some(({ name }) => name === role)) return this.lose(`roles ${label}.${arg.role} (left out)`);
    return [{ ...arg, role }];
  }

  // The end of a relation fills a role of its start; or the other way round, if only the end has the role.
  #fill(relation: ForeignRelation, role: string, annotations: ReadonlyMap<string, ForeignAnnotation>, filled: Map<string, Arg[]>): void {
    const has = (id: string) => {
      const layer = layerOf(this.#codebook, annotations.get(id)?.layer ?? '');
      return layer?.roles.some(({ name }) => name === role) ?? false;
    };
    const [holder, filler] = has(relation.from) ? [relation.from, relation.to] : [relation.to, relation.from];
    if (!has(holder) || !annotations.has(filler)) this.lose(`relations of type “${relation.type}” between what has no role ${role}`);
    else filled.set(holder, [...(filled.get(holder) ?? []), { role, annotation: filler }]);
  }

  #attributes(
    owner: string,
    values: Readonly<Record<string, AttributeValue>>,
    maps: Readonly<Record<string, AttributeMap>>,
    known: readonly Attribute[],
  ): Record<string, AttributeValue> {
    const taken = new Map<string, AttributeValue>();
    for (const [name, value] of Object.entries(values)) {
      const map = own(maps, name);
      const attribute = known.find((candidate) => candidate.name === map?.to);
      if (!map || !attribute) this.lose(`values of ${owner}.${name} (left out)`);
      else {
        const turned = turnedValue(attribute, value, map.values ?? {});
        if (turned === null) this.lose(`values of ${owner}.${name} that ${attribute.name} does not take`);
        else if (taken.has(attribute.name)) this.lose(`values of ${owner}.${name}, which ${attribute.name} has no room for`);
        else taken.set(attribute.name, turned);
      }
    }
    return Object.fromEntries(taken);
  }
}

/** `value` converted for `attribute`; null if that is impossible. Numbers and booleans may be given as words, and a single word for a list. */
function turnedValue(attribute: Attribute, value: AttributeValue, values: Readonly<Record<string, string | null>>): AttributeValue | null {
  const key = valueKey(value);
  if (attribute.type === 'enum') {
    const to = key === null ? null : (own(values, key) ?? (Object.hasOwn(values, key) ? null : key));
    return to !== null && fits(attribute, to) ? to : null;
  }
  // For lists of records, `fits` only checks one member.
  if (fits(attribute, value)) return safeParsed(AttributeValue, value).success ? value : null;
  if (key === null) return null;
  switch (attribute.type) {
    case 'boolean':
      return /^(true|yes|1)$/i.test(key) ? true : /^(false|no|0)$/i.test(key) ? false : null;
    case 'number':
      return key.trim() !== '' && Number.isFinite(Number(key)) ? Number(key) : null;
    case 'text':
    case 'date':
      return key;
    case 'list':
      return [key];
    case 'quantity':
    case 'evidence':
      return null;
  }
}

// Labels come from the file. One may be equal to the name of a property that every object has.
function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
