import { z } from 'zod';

/**
 * A value with the time it was given (ISO 8601 in UTC, so that text order is time order). The later of two wins; at equal times, the greater
 * annotator id.
 */
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

/** The latest value that any record of `group` gives to `field`, or undefined if none does. The order of `group` does not matter. */
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
