import type { Annotation, AnnotationSet, RoleTarget } from '../model/annotation.ts';
import { type Codebook, layerOf } from '../model/codebook.ts';
import type { DatasetArticle } from '../model/dataset-article.ts';
import { type Entity, entityOfMention, type Registry } from '../model/entity.ts';
import { comparedWords } from './words.ts';

/** What an article is grouped and balanced by. Annotations of all annotators count. */
export interface SplitDocument {
  readonly doc_id: string;
  readonly text: string;
  /** How many annotations name each event in a role, by the id of the event's entity. */
  readonly events: ReadonlyMap<string, number>;
  /** The distinct words of its quotes, as returned by `comparedWords`, joined with spaces. */
  readonly quotes: readonly string[];
  /** Entities that speak, hold a stance or vouch for a fact. */
  readonly speakers: readonly string[];
  /** All entities that its mentions and annotations name. */
  readonly entities: readonly string[];
  /** The number of annotations of each layer. */
  readonly labels: Readonly<Record<string, number>>;
  /** Earlier versions of the article that it replaces. */
  readonly replaces: readonly string[];
}

const speaking = ['speaker', 'holder', 'source'];

/**
 * An article with all annotations on it, in the form needed for splitting. `replaces` lists its earlier versions. Quotes are the annotations of
 * layers with a role `speaker`; events are entities of type EVENT.
 */
export function splitDocument(
  { article, sets }: DatasetArticle,
  { registry, codebook }: { readonly registry: Registry; readonly codebook: Codebook },
  replaces: readonly string[],
): SplitDocument {
  const events = new Map<string, number>();
  const quotes = new Set<string>();
  const speakers = new Set<string>();
  const entities = new Set<string>();
  const labels = new Map<string, number>();
  for (const { set } of sets) {
    for (const mention of set.mentions.values()) {
      const entity = entityOfMention(registry, mention);
      if (entity) entities.add(entity.id);
    }
    for (const annotation of set.annotations.values()) {
      const { layer, roles, spans } = annotation;
      labels.set(layer, (labels.get(layer) ?? 0) + 1);
      const named = new Map<string, Entity>();
      for (const { role, target } of roles) {
        const entity = entityIn(target, annotation, set, registry);
        if (!entity) continue;
        named.set(entity.id, entity);
        if (speaking.includes(role)) speakers.add(entity.id);
      }
      for (const { id, type } of named.values()) {
        entities.add(id);
        if (type === 'EVENT') events.set(id, (events.get(id) ?? 0) + 1);
      }
      const isQuote = layerOf(codebook, layer)?.roles.some(({ name }) => name === 'speaker');
      if (isQuote) quotes.add(comparedWords(spans.map(({ text }) => text).join(' ')).join(' '));
    }
  }
  return {
    doc_id: article.meta.id,
    text: article.text,
    events,
    quotes: [...quotes],
    speakers: [...speakers],
    entities: [...entities],
    labels: Object.fromEntries(labels),
    replaces,
  };
}

/**
 * The events that a document is about: those named by most of its annotations, or several if they are named equally often. Events that are only
 * background do not count; otherwise all reports on one war would be one event.
 */
export function mainEvents({ events }: Pick<SplitDocument, 'events'>): string[] {
  const most = Math.max(...events.values());
  return [...events].flatMap(([id, count]) => (count === most ? [id] : []));
}

function entityIn(target: RoleTarget, { id }: Annotation, { mentions }: AnnotationSet, registry: Registry): Entity | undefined {
  if (target.kind === 'entity') return entityOfMention(registry, { id, entity: target.id });
  const mention = target.kind === 'mention' ? mentions.get(target.id) : undefined;
  return mention && entityOfMention(registry, mention);
}
