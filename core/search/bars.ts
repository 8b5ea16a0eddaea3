import { type Dimension, lengthBin } from './calls.ts';
import { folded } from './conditions.ts';
import { type Field, fieldFor } from './fields.ts';
import { printValue } from './query.ts';

/** How often one value occurs. `key` is the value as it is counted, null for none. `value` is its most frequent spelling. */
export interface Bar {
  readonly key: string | null;
  readonly value: string | null;
  readonly count: number;
}

/** Turns counts by one dimension into bars, in the order of `rows`. Spellings that a query cannot tell apart share a bar. */
export function barsOf(rows: readonly { readonly keys: readonly (string | null)[]; readonly count: number }[]): Bar[] {
  const bars = new Map<string | null, { value: string | null; most: number; count: number }>();
  for (const { keys, count } of rows) {
    const value = keys[0] ?? null;
    const key = value === null ? null : folded(value);
    const known = bars.get(key);
    if (known) {
      known.count += count;
      if (count > known.most) Object.assign(known, { value, most: count });
    } else bars.set(key, { value, most: count, count });
  }
  return [...bars].map(([key, { value, count }]) => ({ key, value, count }));
}

/** The query term that finds what counts under `value` of `dimension`; `value` null means none. Null if no query can express it. */
export function termOf(dimension: Dimension, value: string | null, fields: ReadonlyMap<string, Field>): string | null {
  const [kind, name] = dimension.split(':');
  if ((kind === 'attribute' || kind === 'role') && name !== undefined) {
    if (value === null) return `-has:${name.toLowerCase()}`;
    const field = fieldFor({ of: 'annotation', what: kind, name }, name, fields);
    return field && `${field}:${quoted(value)}`;
  }
  switch (kind) {
    case 'source': {
      if (value === null) return '-has:article-source';
      const field = fieldFor({ of: 'article', what: 'source' }, 'source', fields);
      return field && `${field}:${quoted(value)}`;
    }
    case 'month':
      if (value === null) return '-has:article-date';
      // A year bar counts the dates that give only the year. The term finds the whole year except those with a month.
      return value.length === 4 ? `date:${value} -date:${value}-01..${value}-12` : `date:${value}`;
    case 'length': {
      const start = Number(value);
      return start >= lengthBin.last ? `length:>=${start}` : `length:${start}..${start + lengthBin.width - 1}`;
    }
    case 'article':
    case 'layer':
    case 'status':
    case 'origin':
      return value && `${kind}:${value.toLowerCase()}`;
    case 'annotator':
    case 'rule':
      return value && `${kind}:${quoted(value)}`;
    default:
      return null;
  }
}

/** `query` narrowed further by `term`. */
export const narrowed = (query: string, term: string): string => `${query.trim()} ${term}`.trim();

const quoted = (text: string) => printValue({ text, exact: true });
