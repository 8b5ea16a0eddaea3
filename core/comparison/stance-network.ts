/**
 * Networks of who is for and against what, using the aggregations of Discourse Network Analyzer (Leifeld 2017; leifeld-lab/dna). Where that
 * program does not do what its names say, this code does what the names say: the cosine divides by the lengths of the vectors.
 */

/** An actor's stance on a concept in a document. `level` is 0 (against) or 1 (for); `date` is EDTF. */
export interface StanceStatement {
  readonly document: string;
  readonly date: string | null;
  readonly actor: string;
  readonly concept: string;
  readonly level: 0 | 1;
}

/** What one actor said about one concept. */
export interface TwoModeEdge {
  readonly actor: string;
  readonly concept: string;
  /** Number of statements. */
  readonly ignore: number;
  /** Number of statements for and against it. */
  readonly positive: number;
  readonly negative: number;
  /** Statements for it minus those against it. */
  readonly subtract: number;
  /** `subtract` divided by all statements of the actor. */
  readonly activity: number;
  /** `subtract` divided by all statements on the concept. */
  readonly prominence: number;
  readonly documents: number;
  /** The smallest and greatest date, compared as text. Null if no statement has a date. */
  readonly first: string | null;
  readonly last: string | null;
}

/** Every pair of actor and concept with at least one statement, ascending by actor, then concept. */
export function twoModeNetwork(statements: readonly StanceStatement[]): TwoModeEdge[] {
  const ofActor = countBy(statements, ({ actor }) => actor);
  const onConcept = countBy(statements, ({ concept }) => concept);
  const cells = Map.groupBy(statements, ({ actor, concept }) => JSON.stringify([actor, concept]));
  const edges = [...cells.values()].map((cell): TwoModeEdge => {
    const { actor, concept } = cell[0] as StanceStatement;
    const positive = cell.filter(({ level }) => level === 1).length;
    const negative = cell.length - positive;
    const subtract = positive - negative;
    const dates = cell.flatMap(({ date }) => (date === null ? [] : [date])).sort();
    return {
      ...{ actor, concept, ignore: cell.length, positive, negative, subtract },
      activity: subtract / (ofActor.get(actor) as number),
      prominence: subtract / (onConcept.get(concept) as number),
      documents: new Set(cell.map(({ document }) => document)).size,
      first: dates[0] ?? null,
      last: dates.at(-1) ?? null,
    };
  });
  return edges.sort((a, b) => order(a.actor, b.actor) || order(a.concept, b.concept));
}

/** How alike two actors are in their statements on the same concepts, or two concepts in the statements of the same actors. */
export interface OneModeEdge {
  readonly one: string;
  readonly other: string;
  /** Pairs of statements on the same thing, whatever their level. */
  readonly ignore: number;
  /** How many of those pairs agree, and how many differ. */
  readonly congruence: number;
  readonly conflict: number;
  /** `congruence` minus `conflict`. */
  readonly subtract: number;
  /** What `normalised` divides by: for `ignore`, and for the three measures that consider levels. */
  readonly divisors: Readonly<Record<Normalisation, { readonly ignore: number; readonly levels: number }>>;
}

/** The divisor: the mean number of statements of the two, the union as in Jaccard, or the lengths of the two count vectors. */
export type Normalisation = 'average' | 'jaccard' | 'cosine';

/** A measure of `edge`, independent of how much the two said. */
export function normalised(
  edge: OneModeEdge,
  measure: 'ignore' | 'congruence' | 'conflict' | 'subtract',
  normalisation: Normalisation,
): number {
  const divisor = edge.divisors[normalisation];
  return edge[measure] / (measure === 'ignore' ? divisor.ignore : divisor.levels);
}

/** Every pair of actors (or concepts) that share a concept (or actor), listed once with `one` before `other`, ascending. */
export function oneModeNetwork(statements: readonly StanceStatement[], of: 'actor' | 'concept'): OneModeEdge[] {
  const through = of === 'actor' ? 'concept' : 'actor';
  const profiles = [...Map.groupBy(statements, (statement) => statement[of])]
    .sort(([a], [b]) => order(a, b))
    .map(([id, list]) => profileOf(id, list, through));
  return profiles.flatMap((one, index) =>
    profiles.slice(index + 1).flatMap((other) => {
      const edge = pairOf(one, other);
      return edge.ignore > 0 ? [edge] : [];
    }),
  );
}

/** Counts of statements by what they are about, and the same split by level. */
interface Profile {
  readonly id: string;
  readonly total: number;
  readonly counts: ReadonlyMap<string, number>;
  readonly levels: ReadonlyMap<string, ReadonlyMap<number, number>>;
}

function profileOf(id: string, statements: readonly StanceStatement[], through: 'actor' | 'concept'): Profile {
  const groups = Map.groupBy(statements, (statement) => statement[through]);
  return {
    id,
    total: statements.length,
    counts: new Map([...groups].map(([key, list]) => [key, list.length])),
    levels: new Map([...groups].map(([key, list]) => [key, countBy(list, ({ level }) => level)])),
  };
}

function pairOf(one: Profile, other: Profile): OneModeEdge {
  let [ignore, congruence, conflict] = [0, 0, 0];
  for (const [key, levels] of one.levels) {
    const others = other.levels.get(key);
    if (!others) continue;
    for (const [level, count] of levels) {
      for (const [otherLevel, otherCount] of others) {
        ignore += count * otherCount;
        if (level === otherLevel) congruence += count * otherCount;
        else conflict += count * otherCount;
      }
    }
  }
  const [cells, otherCells] = [cellsOf(one), cellsOf(other)];
  const average = (one.total + other.total) / 2;
  return {
    ...{ one: one.id, other: other.id, ignore, congruence, conflict, subtract: congruence - conflict },
    divisors: {
      average: { ignore: average, levels: average },
      jaccard: { ignore: union(one.counts, other.counts), levels: union(cells, otherCells) },
      cosine: { ignore: length(one.counts) * length(other.counts), levels: length(cells) * length(otherCells) },
    },
  };
}

const cellsOf = ({ levels }: Profile): Map<string, number> =>
  new Map([...levels].flatMap(([key, counts]) => [...counts].map(([level, count]) => [JSON.stringify([key, level]), count] as const)));

// Sums the counts of what only one has, and the products of what both have.
function union(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [key, count] of one) sum += count * (other.get(key) ?? 1);
  for (const [key, count] of other) if (!one.has(key)) sum += count;
  return sum;
}

const length = (counts: ReadonlyMap<string, number>) => Math.sqrt([...counts.values()].reduce((sum, count) => sum + count * count, 0));

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const countBy = <T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, number> =>
  new Map([...Map.groupBy(items, keyOf)].map(([key, group]) => [key, group.length]));
