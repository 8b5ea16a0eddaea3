import { z } from 'zod';

/** A value with the time it was given (ISO 8601 in UTC, so that text order is time order). Of two, the later wins; at the same time, the greater annotator id. */
export const stamped = <T extends z.ZodType>(value: T) => z.strictObject({ value, time: z.string() });

/** A stamped value with the annotator who gave it. */
export interface Stamp<T> {
  readonly value: T;
  readonly time: string;
  readonly annotator: string;
}

/** Whether `a` wins over `b`. */
export const isLater = (a: Stamp<unknown>, b: Stamp<unknown>): boolean => (a.time === b.time ? a.annotator > b.annotator : a.time > b.time);

type Fields = { readonly [name: string]: { value: unknown; time: string } | undefined };

/** The newest value that any record of `group` gives to `field`; undefined where none does. The same whatever the order of `group`. */
export function newestField<F extends Fields, K extends keyof F>(
  group: Iterable<{ readonly annotator: string; readonly fields: F }>,
  field: K,
): NonNullable<F[K]>['value'] | undefined {
  let best: Stamp<unknown> | undefined;
  for (const { annotator, fields } of group) {
    const stamp = fields[field];
    if (stamp && (!best || isLater({ ...stamp, annotator }, best))) best = { ...stamp, annotator };
  }
  return best?.value as NonNullable<F[K]>['value'] | undefined;
}
