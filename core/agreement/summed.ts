import { alpha, type Coincidence, Coincidences } from './alpha.ts';
import type { ArticleAgreement, PairCounts } from './article-agreement.ts';

/** Two annotators in one layer, over articles that both have worked on. F1 is null where neither has an annotation there. */
export interface PairAgreement extends PairCounts {
  /** F1 of spans on the very same words; which of the two is taken for the truth does not matter. */
  readonly f1: number | null;
  /** F1 of spans that overlap, each paired with one of the other’s at most. */
  readonly f1Overlapping: number | null;
}

/** All annotators in one layer: the mean of all pairs, and alpha of words (null where it is not defined). */
export interface LayerAgreement {
  readonly layer: string;
  readonly f1: number | null;
  readonly f1Overlapping: number | null;
  readonly alpha: number | null;
  readonly pairs: readonly PairAgreement[];
}

/** What annotators give to one attribute or role where they have an annotation on the same: alpha, and in how many places. */
export interface FieldAgreement {
  readonly layer: string;
  readonly kind: 'attribute' | 'role';
  readonly name: string;
  readonly units: number;
  readonly alpha: number | null;
}

/** The agreement on all of `articles` together: counts are added up first, so that a long article weighs more than a short one. */
export function summed(articles: readonly ArticleAgreement[]): { layers: LayerAgreement[]; fields: FieldAgreement[] } {
  const pairs = new Map<string, PairCounts>();
  for (const each of articles.flatMap((article) => article.pairs)) {
    const key = JSON.stringify([each.layer, each.one, each.other]);
    const known = pairs.get(key);
    pairs.set(key, known ? added(known, each) : each);
  }
  const words = rowsBy(articles.flatMap((article) => article.words.map(({ layer, rows }) => ({ key: layer, rows }))));
  const layers = [...new Set([...[...pairs.values()].map(({ layer }) => layer), ...words.keys()])];
  const fields = articles.flatMap((article) => article.fields);
  const keyOf = ({ layer, kind, name }: Omit<FieldAgreement, 'units' | 'alpha'>) => JSON.stringify([layer, kind, name]);
  const keyed = fields.map((field) => ({ key: keyOf(field), rows: field.rows, field }));
  const given = rowsBy(keyed);
  const places = new Map<string, FieldAgreement>();
  for (const { key, field } of keyed) {
    const { layer, kind, name } = field;
    places.set(key, { layer, kind, name, units: field.units + (places.get(key)?.units ?? 0), alpha: null });
  }
  return {
    layers: layers.map((layer) => {
      const own = [...pairs.values()].filter((pair) => pair.layer === layer).map(withF1);
      return {
        ...{ layer, pairs: own, alpha: alpha(words.get(layer) ?? []) },
        f1: mean(own.map(({ f1 }) => f1)),
        f1Overlapping: mean(own.map(({ f1Overlapping }) => f1Overlapping)),
      };
    }),
    fields: [...places].map(([key, place]) => ({ ...place, alpha: alpha(given.get(key) ?? []) })),
  };
}

const added = (a: PairCounts, b: PairCounts): PairCounts => ({
  ...a,
  ...{ ofOne: a.ofOne + b.ofOne, ofOther: a.ofOther + b.ofOther, same: a.same + b.same, overlapping: a.overlapping + b.overlapping },
});

function withF1(pair: PairCounts): PairAgreement {
  const all = pair.ofOne + pair.ofOther;
  return { ...pair, f1: all === 0 ? null : (2 * pair.same) / all, f1Overlapping: all === 0 ? null : (2 * pair.overlapping) / all };
}

function mean(values: readonly (number | null)[]): number | null {
  const told = values.filter((value) => value !== null);
  return told.length === 0 ? null : told.reduce((sum, value) => sum + value, 0) / told.length;
}

function rowsBy(parts: readonly { readonly key: string; readonly rows: readonly Coincidence[] }[]): Map<string, Coincidence[]> {
  const counted = new Map<string, Coincidences>();
  for (const { key, rows } of parts) {
    const own = counted.get(key) ?? new Coincidences();
    counted.set(key, own);
    own.addRows(rows);
  }
  return new Map([...counted].map(([key, own]) => [key, own.rows()]));
}
