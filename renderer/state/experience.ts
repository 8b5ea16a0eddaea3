import type { AnnotationSet } from '../../core/model/annotation.ts';
import type { Registry } from '../../core/model/entity.ts';
import { type Experience, experienceOf, mergeExperience } from '../../core/suggestions/learning.ts';
import type { Workspace } from './workspace.ts';

/** The experience that the host reported, by article. Covers what was made and decided at `since` or later; null means everything. */
export interface ToldExperience {
  readonly since: string | null;
  readonly parts: ReadonlyMap<string, Experience>;
}

/** The experience of the whole project: as reported by the host, and from the loaded sets themselves. */
export function experienceIn({ work, registry }: Pick<Workspace, 'work' | 'registry'>, { since, parts }: ToldExperience): Experience {
  const unloaded = [...parts].flatMap(([article, part]) => (work.sets.has(article) ? [] : [part]));
  return mergeExperience([...unloaded, ...[...work.sets.values()].map((set) => ofSet(set, registry, since))]);
}

// Cached by set, because only one of the loaded sets changes at a time.
const kept = new WeakMap<AnnotationSet, { readonly registry: Registry; readonly since: string | null; readonly experience: Experience }>();

function ofSet(set: AnnotationSet, registry: Registry, since: string | null): Experience {
  const known = kept.get(set);
  if (known && known.registry === registry && known.since === since) return known.experience;
  const experience = experienceOf(set, registry, since);
  kept.set(set, { registry, since, experience });
  return experience;
}

/** The time from which the suggester learns in the open project; null means from the beginning. */
export function learnedSince({ settings, opened }: Pick<Workspace, 'settings' | 'opened'>): string | null {
  return (opened && settings.learnedSince[opened.project.id]) ?? null;
}
