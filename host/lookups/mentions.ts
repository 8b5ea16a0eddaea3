import type { Input, Output } from '../../core/contract.ts';
import type { AnnotationSet } from '../../core/model/annotation.ts';
import type { Codebook } from '../../core/model/codebook.ts';
import { entityOfMention, foldedName, type Registry } from '../../core/model/entity.ts';
import { type MentionPlace, type MentionUse, mentionPlaces, mentionUses } from '../../core/registry/mention-uses.ts';
import type { Project } from '../storage/project.ts';
import { inContext } from './occurrences.ts';
import { registryOf } from './registry.ts';

// Limits of one answer, in milliseconds and places, and the context on each side in UTF-16 code units. A page continues where the answer ends, so
// that it can show progress and stop.
const longest = 150;
const most = 2000;
const around = 140;

/** What is read of a project to find the mentions of its entities. */
export type MentionProject = Pick<Project, 'articles' | 'readArticle' | 'setsOf' | 'entities' | 'codebook' | 'annotator'>;

/**
 * How many places mention each entity (merges and splits are followed), and the own mentions without a link, by their words, in the articles after
 * `after` (null: from the first). The places in a set are remembered until the set changes, so that counting again is quick.
 * @throws AppError `corrupt`
 */
export async function countMentions(project: MentionProject, { after }: Input<'countMentions'>): Promise<Output<'countMentions'>> {
  const registry = await registryOf(project);
  const counts = new Map<string, number>();
  const unlinked = new Map<string, { words: string; count: number }>();
  const { next, searched } = await walk(project, after, async (article) => {
    for (const { annotator, uses } of await usesOn(project, article)) {
      for (const { use, entity } of mentionPlaces(uses, (each) => meant(registry, each))) {
        if (entity) counts.set(entity, (counts.get(entity) ?? 0) + 1);
        else if (use.entity === null && annotator === project.annotator.id) addTo(unlinked, use.span.text);
      }
    }
    return 0;
  });
  return { counts: Object.fromEntries(counts), unlinked: [...unlinked.values()], next, searched };
}

/**
 * The places that mention an entity (merges and splits are followed), whoever tagged them; or the own mentions without a link whose words match. By
 * article, annotator and place. @throws AppError `corrupt`
 */
export async function listMentions(project: MentionProject, { of, after }: Input<'listMentions'>): Promise<Output<'listMentions'>> {
  const registry = await registryOf(project);
  const words = of.kind === 'unlinked' ? foldedName(of.words) : '';
  const isMeant = ({ use, entity }: MentionPlace, annotator: string) =>
    of.kind === 'entity'
      ? entity === of.entity
      : use.entity === null && annotator === project.annotator.id && foldedName(use.span.text) === words;
  const hits: Output<'listMentions'>['hits'] = [];
  const { next, searched } = await walk(project, after, async (article) => {
    const found = (await usesOn(project, article)).flatMap(({ annotator, uses }) =>
      mentionPlaces(uses, (each) => meant(registry, each))
        .filter((place) => isMeant(place, annotator))
        .map(({ use, also }) => ({ annotator, use, also })),
    );
    if (found.length === 0) return 0;
    const { text } = await project.readArticle(article);
    for (const { annotator, use, also } of found) {
      hits.push({
        ...inContext(article, text, use.span, around),
        annotator,
        kind: use.kind,
        id: use.id,
        uses: [...use.uses],
        also: [...also],
      });
    }
    return found.length;
  });
  return { hits, next, searched };
}

// Visits the articles after `after` until the time is up or the answer is long enough. `visit` returns how many places it added.
async function walk(project: MentionProject, after: string | null, visit: (article: string) => Promise<number>) {
  const rest = project.articles().filter(({ id }) => after === null || id > after);
  const begin = Date.now();
  let length = 0;
  for (const [index, { id }] of rest.entries()) {
    length += await visit(id);
    const isFull = length >= most || Date.now() - begin > longest;
    if (isFull && index + 1 < rest.length) return { next: id, searched: index + 1 };
  }
  return { next: null, searched: rest.length };
}

const meant = (registry: Registry, use: MentionUse): string | undefined => entityOfMention(registry, use)?.id;

function addTo(groups: Map<string, { words: string; count: number }>, words: string): void {
  const key = foldedName(words);
  const group = groups.get(key);
  if (group) group.count++;
  else groups.set(key, { words, count: 1 });
}

async function usesOn(project: MentionProject, article: string): Promise<{ annotator: string; uses: readonly MentionUse[] }[]> {
  const { codebook } = project.codebook;
  return (await project.setsOf(article)).map(({ annotator, set }) => ({ annotator, uses: usesOf(set, codebook) }));
}

// Sets and codebooks are replaced, never changed, so their identity can be the key.
const known = new WeakMap<AnnotationSet, { codebook: Codebook; uses: readonly MentionUse[] }>();
function usesOf(set: AnnotationSet, codebook: Codebook): readonly MentionUse[] {
  const before = known.get(set);
  if (before?.codebook === codebook) return before.uses;
  const uses = mentionUses(set, codebook);
  known.set(set, { codebook, uses });
  return uses;
}
