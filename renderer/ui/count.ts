/** A number as people write it: `1,204`. */
export const number = (count: number): string => count.toLocaleString('en');

/** A count in words: `1 draft`, `1,204 drafts`. Without `many`, the plural is the regular English one. */
export const counted = (count: number, one: string, many?: string): string =>
  `${number(count)} ${count === 1 ? one : (many ?? pluralOf(one))}`;

/** The regular plural of an English noun: `stances` for `stance`, `policies` for `policy`, `biases` for `bias`. */
export function pluralOf(one: string): string {
  if (/[^aeiou]y$/i.test(one)) return `${one.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/i.test(one) ? `${one}es` : `${one}s`;
}
