import { type EntityRecord, type Registry, resolveRegistry } from '../../core/model/entity.ts';
import type { Project } from '../storage/project.ts';

const resolved = new WeakMap<Pick<Project, 'entities'>, { records: readonly EntityRecord[]; registry: Registry }>();

/** The registry that everybody's entries result in, resolved again only if an entry has changed. @throws AppError `corrupt` */
export async function registryOf(project: Pick<Project, 'entities'>): Promise<Registry> {
  const records = await project.entities();
  const before = resolved.get(project);
  if (before && before.records.length === records.length && before.records.every((record, at) => record === records[at])) {
    return before.registry;
  }
  const registry = resolveRegistry(records);
  resolved.set(project, { records, registry });
  return registry;
}
