import { type Annotation, statusOf } from '../model/annotation.ts';
import { type Codebook, current, type Layer } from '../model/codebook.ts';
import type { Registry } from '../model/entity.ts';
import { corresponding } from './corresponding.ts';
import { type Field, fieldsOfAny, meant, type Reading } from './meaning.ts';

/** What one annotator made of a case. */
export interface Version {
  readonly annotator: string;
  readonly annotation: Annotation;
}

/** Something in an article that an adjudicator decides on: what each annotator made of it. */
export interface Case {
  /** The id of its first annotation, or of the decision where nobody else has anything there. */
  readonly id: string;
  /** In the order of the readings, at most one of each annotator; none where only the adjudicator has something there. */
  readonly versions: readonly Version[];
  /** Those who have nothing there. */
  readonly missing: readonly string[];
  /** What the versions give differently. */
  readonly differs: readonly Field[];
  /** What the adjudicator has there. */
  readonly decision: Annotation | null;
}

/** Whether the annotator has worked on the article, so that what they left out says something. */
export function hasRead({ set }: Reading): boolean {
  return statusOf(set) !== 'not_started';
}

/** What readings are compared by. */
export interface Ground {
  readonly codebook: Codebook;
  readonly registry: Registry;
}

/**
 * The cases of an article, in reading order: `readings` are those of annotators who are compared, each with a set of their own of the same article;
 * `decided` is the adjudicator's, null where nobody decides. What the codebook has retired is no case and no difference.
 */
export function casesOf(readings: readonly Reading[], decided: Reading | null, { codebook, registry }: Ground): Case[] {
  const layers = new Map(current(codebook.layers).map((layer) => [layer.id, layer]));
  const all = decided ? [...readings, decided] : readings;
  const readingOf = readingsByAnnotation(all);
  return corresponding(all.map(({ set }) => [...set.annotations.values()].filter(({ layer }) => layers.has(layer)))).map((group) => {
    const decision = group.find((annotation) => readingOf.get(annotation) === decided) ?? null;
    const versions = group
      .filter((annotation) => annotation !== decision)
      .map((annotation) => ({ annotator: (readingOf.get(annotation) as Reading).annotator, annotation }));
    const told = new Set(versions.map(({ annotator }) => annotator));
    return {
      id: (group[0] as Annotation).id,
      versions,
      missing: readings.map(({ annotator }) => annotator).filter((annotator) => !told.has(annotator)),
      differs: fieldsOfAny(versions.map(({ annotation }) => annotation)).filter((field) => {
        if (versions.every(({ annotation }) => isRetired(field, layers.get(annotation.layer)))) return false;
        const given = versions.map(({ annotation }) => meant(readingOf.get(annotation) as Reading, annotation, field, registry));
        return new Set(given).size > 1;
      }),
      decision,
    };
  });
}

// An attribute or role that is retired was filled by those alone who came to the place before.
function isRetired(field: Field, layer: Layer | undefined): boolean {
  if (field.kind === 'layer' || field.kind === 'words') return false;
  const all: readonly { readonly name: string; readonly retired?: true | undefined }[] | undefined =
    field.kind === 'attribute' ? layer?.attributes : layer?.roles;
  return all?.find(({ name }) => name === field.name)?.retired === true;
}

/** Whose each annotation is. By the records and not by their ids, which two annotators share who imported the same dataset on two computers. */
export function readingsByAnnotation(readings: readonly Reading[]): ReadonlyMap<Annotation, Reading> {
  return new Map(readings.flatMap((reading) => [...reading.set.annotations.values()].map((annotation) => [annotation, reading] as const)));
}

/** Whether all who are compared have it, and all the same. */
export function isAgreed({ versions, missing, differs }: Case): boolean {
  return versions.length > 0 && missing.length === 0 && differs.length === 0;
}
