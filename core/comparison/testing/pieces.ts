import { readFileSync } from 'node:fs';
import { CaseInput } from '../../formats/testing/case.ts';
import { emptySet, type Quantity, setFromRecord } from '../../model/annotation.ts';
import { defaultCodebook } from '../../model/default-codebook.ts';
import { resolveRegistry } from '../../model/entity.ts';
import { spanAt } from '../../text/span.ts';
import type { Piece, Tie } from '../piece.ts';
import { piecesOf } from '../pieces-of-set.ts';
import { tieOf } from '../tie.ts';

const time = '2026-01-01T00:00:00.000Z';

interface Saying {
  readonly layer?: string;
  /** Who says it: `name` or `name=entity`. */
  readonly who?: readonly string[];
  readonly events?: readonly string[];
  readonly quantity?: readonly Omit<Quantity, 'mention'>[];
  readonly start?: number;
}

/** A piece as the annotation `id` in `article` with these words would give it. */
export function piece(
  article: string,
  id: string,
  words: string,
  { layer = 'QUOTE', who = [], events = [], quantity, start = 0 }: Saying = {},
): Piece {
  const annotation = {
    ...{ id, article, annotator: 'anna', layer, spans: [spanAt(words, { start: 0, end: words.length })], roles: [], note: '' },
    attributes: quantity ? { quantity: quantity.map((each) => ({ ...each, mention: null })) } : {},
    ...{ origin: { kind: 'person' as const }, codebook: 1, created: time, modified: time },
  };
  const set = { ...emptySet(article), annotations: new Map([[id, annotation]]) };
  const [made] = piecesOf(set, { codebook: defaultCodebook, registry: new Map() });
  if (!made) throw new RangeError(`${layer} is not compared`);
  const people = who.map((one) => {
    const [name = '', entity = null] = one.split('=');
    return { name, entity };
  });
  return { ...made, start, who: people, events: [...events] };
}

/** A claim with these words. */
export const claim = (article: string, id: string, words: string, saying: Omit<Saying, 'layer'> = {}): Piece =>
  piece(article, id, words, { ...saying, layer: 'FACT' });

/** A relation of `type` between two pieces. */
export const tie = (type: string, from: string, to: string, basis: string | null = null): Tie => ({
  ...{ id: `${type} ${from} ${to}`.replaceAll(' ', '-'), type, from, to, basis },
});

/** What Anna found in the five seed articles: her annotations, her relations and the articles in order, whose ids begin with 000 to 004. */
export function seedPieces() {
  const input = CaseInput.parse(JSON.parse(readFileSync(new URL('../../formats/baselines/seeds/input.json', import.meta.url), 'utf8')));
  const registry = resolveRegistry(input.entities);
  const sets = input.sets.filter(({ annotator }) => annotator === 'anna').map(({ set }) => setFromRecord(set));
  return {
    registry,
    sets,
    pieces: sets.flatMap((set) => piecesOf(set, { codebook: defaultCodebook, registry })),
    ties: [...input.links.filter(({ annotator }) => annotator === 'anna'), ...sets.flatMap((set) => [...set.relations.values()])].map(
      tieOf,
    ),
    order: input.articles.map(({ meta }) => meta.id),
  };
}
