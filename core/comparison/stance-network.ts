/**
 * Networks of who is for and against what, by the aggregations of Discourse Network Analyzer (Leifeld 2017; leifeld-lab/dna). Where that
 * program departs from what its names say, this does not: months and weeks are told apart by their year, and the cosine divides by the
 * lengths of vectors.
 */

/** An actor's stance on a concept, at a place of a document. `level` is a level of the scale; `date` is EDTF. */
export interface StanceStatement {
  readonly document: string;
  readonly date: string | null;
  readonly actor: string;
  readonly concept: string;
  readonly level: number;
}

/** The levels of stances: `boolean` is 0 (against) and 1 (for); `integer` is every whole number of a range, below 0 against. */
export type StanceScale = { readonly kind: 'boolean' } | { readonly kind: 'integer'; readonly min: number; readonly max: number };

/** Statements alike in actor, concept and level that count once: none, those of one document, of one week (ISO 8601), month or year, or all. */
export type Duplicates = 'include' | 'document' | 'week' | 'month' | 'year' | 'across';

/** `statements` without those that repeat an earlier one. One whose date does not tell the time asked for repeats only in its document. */
export function withoutDuplicates<S extends StanceStatement>(statements: readonly S[], duplicates: Duplicates): S[] {
  if (duplicates === 'include') return [...statements];
  const seen = new Set<string>();
  return statements.filter(({ actor, concept, level, document, date }) => {
    const period = duplicates === 'document' ? null : periodOf(date, duplicates);
    const key = JSON.stringify([actor, concept, level, period ?? ['document', document]]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** What an actor said of a concept. */
export interface TwoModeEdge {
  readonly actor: string;
  readonly concept: string;
  /** Number of statements. */
  readonly ignore: number;
  /** Number of statements for it and against it; those of level 0 of an integer scale are neither. */
  readonly positive: number;
  readonly negative: number;
  /** For less against: statements on a boolean scale, the sum of levels on an integer one. */
  readonly subtract: number;
  /** `subtract` by all statements of the actor. */
  readonly activity: number;
  /** `subtract` by all statements on the concept. */
  readonly prominence: number;
  readonly documents: number;
  /** The least and greatest date, as texts; null where no statement has one. */
  readonly first: string | null;
  readonly last: string | null;
}

/** Every actor and concept between which there is a statement, ascending by actor, then concept. */
export function twoModeNetwork(statements: readonly StanceStatement[], scale: StanceScale = { kind: 'boolean' }): TwoModeEdge[] {
  const ofActor = countBy(statements, ({ actor }) => actor);
  const onConcept = countBy(statements, ({ concept }) => concept);
  const cells = groupBy(statements, ({ actor, concept }) => JSON.stringify([actor, concept]));
  const edges = [...cells.values()].map((cell): TwoModeEdge => {
    const { actor, concept } = cell[0] as StanceStatement;
    const values = cell.map(({ level }) => worth(level, scale));
    const subtract = values.reduce((sum, value) => sum + value, 0);
    const dates = cell.flatMap(({ date }) => (date === null ? [] : [date])).sort();
    return {
      ...{ actor, concept, ignore: cell.length },
      positive: values.filter((value) => value > 0).length,
      negative: values.filter((value) => value < 0).length,
      subtract,
      activity: subtract / (ofActor.get(actor) as number),
      prominence: subtract / (onConcept.get(concept) as number),
      documents: new Set(cell.map(({ document }) => document)).size,
      first: dates[0] ?? null,
      last: dates.at(-1) ?? null,
    };
  });
  return edges.sort((a, b) => order(a.actor, b.actor) || order(a.concept, b.concept));
}

/** How alike two actors are in what they said of the same concepts; or two concepts in who said what of them. */
export interface OneModeEdge {
  readonly one: string;
  readonly other: string;
  /** Pairs of statements on the same thing, whatever they say. */
  readonly ignore: number;
  /** Such pairs that agree and that differ. On an integer scale each counts by how far apart its levels are in the whole range. */
  readonly congruence: number;
  readonly conflict: number;
  /** `congruence` less `conflict`. */
  readonly subtract: number;
  /** What `normalised` divides by: for `ignore`, and for the three that look at levels. */
  readonly divisors: Readonly<Record<Normalisation, { readonly ignore: number; readonly levels: number }>>;
}

/** By the mean number of statements of the two; by Jaccard's union; by the lengths of the two vectors of counts. */
export type Normalisation = 'average' | 'jaccard' | 'cosine';

/** A measure of `edge` made independent of how much the two said. */
export function normalised(
  edge: OneModeEdge,
  measure: 'ignore' | 'congruence' | 'conflict' | 'subtract',
  normalisation: Normalisation,
): number {
  const divisor = edge.divisors[normalisation];
  return edge[measure] / (measure === 'ignore' ? divisor.ignore : divisor.levels);
}

/** Every two actors (or concepts) that have a concept (or actor) in common, once, `one` before `other`, ascending. */
export function oneModeNetwork(
  statements: readonly StanceStatement[],
  of: 'actor' | 'concept',
  scale: StanceScale = { kind: 'boolean' },
): OneModeEdge[] {
  const through = of === 'actor' ? 'concept' : 'actor';
  const profiles = [...groupBy(statements, (statement) => statement[of])]
    .sort(([a], [b]) => order(a, b))
    .map(([id, list]) => profileOf(id, list, through));
  return profiles.flatMap((one, index) =>
    profiles.slice(index + 1).flatMap((other) => {
      const edge = pairOf(one, other, scale);
      return edge.ignore > 0 ? [edge] : [];
    }),
  );
}

/** Counts of statements by what they are on, and by that and their level. */
interface Profile {
  readonly id: string;
  readonly total: number;
  readonly counts: ReadonlyMap<string, number>;
  readonly levels: ReadonlyMap<string, ReadonlyMap<number, number>>;
}

function profileOf(id: string, statements: readonly StanceStatement[], through: 'actor' | 'concept'): Profile {
  const groups = groupBy(statements, (statement) => statement[through]);
  return {
    id,
    total: statements.length,
    counts: new Map([...groups].map(([key, list]) => [key, list.length])),
    levels: new Map([...groups].map(([key, list]) => [key, countBy(list, ({ level }) => level)])),
  };
}

function pairOf(one: Profile, other: Profile, scale: StanceScale): OneModeEdge {
  const range = scale.kind === 'boolean' ? 1 : Math.max(1, scale.max - scale.min);
  let [ignore, congruence, conflict] = [0, 0, 0];
  for (const [key, levels] of one.levels) {
    const others = other.levels.get(key);
    if (!others) continue;
    for (const [level, count] of levels) {
      for (const [otherLevel, otherCount] of others) {
        const distance = Math.abs(level - otherLevel) / range;
        ignore += count * otherCount;
        congruence += (1 - distance) * count * otherCount;
        conflict += distance * count * otherCount;
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

// Counts of what one alone has, and products of what both have.
function union(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [key, count] of one) sum += count * (other.get(key) ?? 1);
  for (const [key, count] of other) if (!one.has(key)) sum += count;
  return sum;
}

const length = (counts: ReadonlyMap<string, number>) => Math.sqrt([...counts.values()].reduce((sum, count) => sum + count * count, 0));

const worth = (level: number, { kind }: StanceScale) => (kind === 'integer' ? level : level > 0 ? 1 : -1);

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

const countBy = <T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, number> =>
  new Map([...groupBy(items, keyOf)].map(([key, group]) => [key, group.length]));

// Null where the date does not tell it.
function periodOf(date: string | null, period: Exclude<Duplicates, 'include' | 'document'>): string | null {
  if (period === 'across') return 'across';
  const found = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?[?~%]?$/.exec(date ?? '');
  const [, year, month, day] = found ?? [];
  if (year === undefined) return null;
  if (period === 'year') return `year ${year}`;
  if (month === undefined || Number(month) < 1 || Number(month) > 12) return null;
  if (period === 'month') return `month ${year}-${month}`;
  return day === undefined ? null : `week ${isoWeek(Number(year), Number(month), Number(day))}`;
}

// A week belongs to the year of its Thursday.
function isoWeek(year: number, month: number, day: number): string {
  const millisecondsOfDay = 86_400_000;
  const date = new Date(Date.UTC(year, month - 1, day));
  const thursday = new Date(date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * millisecondsOfDay);
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return `${thursday.getUTCFullYear()}-${1 + Math.floor((thursday.getTime() - first) / millisecondsOfDay / 7)}`;
}
