import type { DatasetAnnotation, DatasetEntity } from './document.ts';

/** The ids of the entities to which mentions are linked and with which roles are filled. */
function entitiesNamedBy(annotations: readonly Pick<DatasetAnnotation, 'attributes' | 'args'>[]): Set<string> {
  return new Set(
    annotations.flatMap(({ attributes, args }) => [
      ...(typeof attributes['entity_id'] === 'string' ? [attributes['entity_id']] : []),
      ...args.flatMap((arg) => ('entity' in arg ? [arg.entity] : [])),
    ]),
  );
}

/**
 * Those of `entities` to which `annotations` refer, ascending by id, with their members and those they were merged into. For formats that write
 * each part of the registry together with what refers to it.
 */
export function namedEntities(
  entities: readonly DatasetEntity[],
  annotations: readonly Pick<DatasetAnnotation, 'attributes' | 'args'>[],
): DatasetEntity[] {
  const byId = indexOf(entities);
  const found = new Map<string, DatasetEntity>();
  const open = [...entitiesNamedBy(annotations)];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const entity = byId.get(id);
    if (!entity || found.has(id)) continue;
    found.set(id, entity);
    open.push(...entity.members, ...(entity.merged_into === null ? [] : [entity.merged_into]));
  }
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

// Cached, because it is called with the same registry for each article.
const indexes = new WeakMap<readonly DatasetEntity[], ReadonlyMap<string, DatasetEntity>>();

function indexOf(entities: readonly DatasetEntity[]): ReadonlyMap<string, DatasetEntity> {
  const index = indexes.get(entities) ?? new Map(entities.map((entity) => [entity.id, entity]));
  indexes.set(entities, index);
  return index;
}
