/** A number as it is read: `1,204`. */
export const number = (count: number): string => count.toLocaleString('en');

/** How many there are, in words: `1 draft`, `1,204 drafts`. Without `many` the plural is formed as English regularly does. */
export const counted = (count: number, one: string, many?: string): string =>
  `${number(count)} ${count === 1 ? one : (many ?? pluralOf(one))}`;

/** The regular plural of an English noun: `stance` gives `stances`, `policy` gives `policies`, `bias` gives `biases`. */
export function pluralOf(one: string): string {
  if (/[^aeiou]y$/i.test(one)) return `${one.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/i.test(one) ? `${one}es` : `${one}s`;
}
