import { type Dimension, lengthBin } from './calls.ts';
import { folded } from './conditions.ts';
import { type Field, fieldFor } from './fields.ts';
import { printValue } from './query.ts';

/** How many there are of one value. `key` is the value as it is counted, null for none; `value` is how it is written most often. */
export interface Bar {
  readonly key: string | null;
  readonly value: string | null;
  readonly count: number;
}

/** Counts by one dimension as bars: spellings that a query cannot tell apart are one. In the order of `rows`. */
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

/** What a query has to say for what counts under `value` of `dimension`, null being none of it. Null where no query says it. */
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
      // A year that says no month is all of it that is in none of its months.
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

/** `query` narrowed to what `term` says too. */
export const narrowed = (query: string, term: string): string => `${query.trim()} ${term}`.trim();

const quoted = (text: string) => printValue({ text, exact: true });
