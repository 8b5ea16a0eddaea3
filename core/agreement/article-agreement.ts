import { z } from 'zod';
import { type Annotation, Id } from '../model/annotation.ts';
import { current } from '../model/codebook.ts';
import { wordsIn } from '../text/words.ts';
import { type Coincidence, Coincidences } from './alpha.ts';
import { casesOf, type Ground, hasRead, isAgreed, readingsByAnnotation } from './cases.ts';
import { corresponding, sharedPart } from './corresponding.ts';
import { meant, type Reading } from './meaning.ts';

const Rows = z.array(z.strictObject({ one: z.string(), other: z.string(), count: z.number().min(0) }));

/** Two annotators in one layer: how many annotations each has, how many of them are on the very same words, and how many overlap one of the other’s. */
export const PairCounts = z.strictObject({
  ...{ layer: z.string(), one: Id, other: Id, ofOne: z.int().min(0), ofOther: z.int().min(0) },
  ...{ same: z.int().min(0), overlapping: z.int().min(0) },
});
export type PairCounts = z.infer<typeof PairCounts>;

/** How the annotators of one article agree, as counts that can be added up over articles. */
export const ArticleAgreement = z.strictObject({
  article: Id,
  /** Those who are compared: who have worked on it. Two at least. */
  annotators: z.array(Id).min(2),
  pairs: z.array(PairCounts),
  /** By layer, of each word: whether it is in an annotation of that layer or not. */
  words: z.array(z.strictObject({ layer: z.string(), rows: Rows })),
  /** By attribute with a closed list of values and by role: what those give who have an annotation there. `units` is the number of such places. */
  fields: z.array(
    z.strictObject({ layer: z.string(), kind: z.enum(['attribute', 'role']), name: z.string(), units: z.int().min(1), rows: Rows }),
  ),
  cases: z.int().min(0),
  agreed: z.int().min(0),
  /** How many of the cases the adjudicator has an annotation for. */
  decided: z.int().min(0),
});
export type ArticleAgreement = z.infer<typeof ArticleAgreement>;

/**
 * How those of `readings` agree who have worked on the article with this text; null where less than two have. `decided` is the adjudicator’s.
 * Layers, attributes and roles are those of the codebook that are not retired.
 */
export function agreementOn({ article, text, readings, decided }: ReadArticle, ground: Ground): ArticleAgreement | null {
  const compared = readings.filter(hasRead);
  if (compared.length < 2) return null;
  const { codebook, registry } = ground;
  const layers = current(codebook.layers);
  const inLayer = (reading: Reading, layer: string) => [...reading.set.annotations.values()].filter((each) => each.layer === layer);
  const words = wordsIn(text);
  const cases = casesOf(compared, decided, ground).filter(({ versions }) => versions.length > 0);
  return {
    article,
    annotators: compared.map(({ annotator }) => annotator),
    pairs: layers.flatMap(({ id }) => pairsIn(id, compared, inLayer)),
    words: layers.flatMap(({ id }) => {
      const rows = wordRows(
        words,
        compared.map((reading) => inLayer(reading, id)),
      );
      return rows.length > 0 ? [{ layer: id, rows }] : [];
    }),
    fields: layers.flatMap((layer) => {
      const groups = corresponding(compared.map((reading) => inLayer(reading, layer.id)));
      const attributes = current(layer.attributes).filter(({ type, name }) => (type === 'enum' || type === 'boolean') && name !== 'unsure');
      const fields = [
        ...attributes.map(({ name, type }) => ({ field: { kind: 'attribute', name } as const, unset: type === 'boolean' ? 'no' : null })),
        ...current(layer.roles).map(({ name }) => ({ field: { kind: 'role', name } as const, unset: null })),
      ];
      return fields.flatMap(({ field, unset }) => {
        const given = (annotation: Annotation, reading: Reading) => meant(reading, annotation, field, registry) ?? unset;
        const { units, rows } = fieldRows(groups, compared, given);
        return units > 0 ? [{ layer: layer.id, ...field, units, rows }] : [];
      });
    }),
    cases: cases.length,
    agreed: cases.filter(isAgreed).length,
    decided: cases.filter(({ decision }) => decision).length,
  };
}

/** An article with what was written on it. `decided` is null where nobody decides. */
export interface ReadArticle {
  readonly article: string;
  readonly text: string;
  readonly readings: readonly Reading[];
  readonly decided: Reading | null;
}

function pairsIn(layer: string, readings: readonly Reading[], inLayer: (reading: Reading, layer: string) => Annotation[]): PairCounts[] {
  return readings.flatMap((reading, at) =>
    readings.slice(at + 1).flatMap((against): PairCounts[] => {
      const [mine, theirs] = [inLayer(reading, layer), inLayer(against, layer)];
      if (mine.length + theirs.length === 0) return [];
      const met = corresponding([mine, theirs]).filter(({ length }) => length === 2);
      return [
        {
          ...{ layer, one: reading.annotator, other: against.annotator, ofOne: mine.length, ofOther: theirs.length },
          ...{ same: met.filter(([one, other]) => sharedPart(one?.spans ?? [], other?.spans ?? []) === 1).length, overlapping: met.length },
        },
      ];
    }),
  );
}

// Words are alike by how many annotators have them: all with the same number are counted as one kind of unit.
function wordRows(words: readonly { start: number; end: number }[], lists: readonly (readonly Annotation[])[]): Coincidence[] {
  if (lists.every(({ length }) => length === 0)) return [];
  const having = new Uint16Array(words.length);
  for (const list of lists) {
    const own = new Uint8Array(words.length);
    for (const { start, end } of list.flatMap(({ spans }) => spans)) {
      for (let at = firstEndingAfter(words, start); (words[at]?.start ?? end) < end; at++) own[at] = 1;
    }
    for (const [at, isIn] of own.entries()) having[at] = (having[at] ?? 0) + isIn;
  }
  const counted = new Coincidences();
  for (let inside = 0; inside <= lists.length; inside++) {
    const values = lists.map((_, at) => (at < inside ? 'in' : 'out'));
    counted.addUnit(values, having.filter((count) => count === inside).length);
  }
  return counted.rows();
}

function firstEndingAfter(words: readonly { end: number }[], offset: number): number {
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words[middle]?.end ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

function fieldRows(
  groups: readonly (readonly Annotation[])[],
  readings: readonly Reading[],
  given: (annotation: Annotation, reading: Reading) => string | null,
) {
  const readingOf = readingsByAnnotation(readings);
  const counted = new Coincidences();
  let units = 0;
  for (const group of groups) {
    const values = group.map((annotation) => given(annotation, readingOf.get(annotation) as Reading));
    // Who leaves a field open where others fill it differs from them; where all leave it open there is nothing to tell.
    if (values.length < 2 || values.every((value) => value === null)) continue;
    counted.addUnit(values.map((value) => value ?? ''));
    units++;
  }
  return { units, rows: counted.rows() };
}
