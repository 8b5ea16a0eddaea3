import type { Range } from '../text/span.ts';

/** A word that takes something off the certainty of a claim: which degree of FactBank it leaves, and where it stands. */
export interface Hedge {
  readonly certainty: 'probable' | 'possible' | 'underspecified';
  /** Half-open UTF-16 offsets in the text that was read. */
  readonly range: Range;
}

const degrees: readonly (readonly [certainty: Hedge['certainty'], words: string])[] = [
  ['underspecified', 'if|unless|whether|unclear|unknown|unconfirmed|would|will'],
  ['possible', 'may|might|could|possibly|perhaps|maybe|potentially|it is possible|conceivably|not certain|alleged|allegedly'],
  [
    'probable',
    'probably|likely|reportedly|apparently|presumably|seemingly|seems?|appears?|is (?:thought|believed|expected|said|understood)|are (?:thought|believed|expected|said|understood)|should|expected to|believed to|thought to|said to have|in all likelihood|suspected',
  ],
];

/** The hedge in English `text` that leaves the least certainty; of several that leave as much the first. Null when there is none: the claim is as it stands. */
export function hedgeIn(text: string): Hedge | null {
  for (const [certainty, words] of degrees) {
    // The month of May is written with a capital, and so is a claim’s first word; a month has a day or a year beside it.
    for (const match of text.matchAll(new RegExp(`(?<![\\p{L}\\p{N}’'-])(?:${words})(?![\\p{L}\\p{N}’'-])`, 'giu'))) {
      const isMonth = match[0] === 'May' && match.index > 0;
      const isUnlikely = /^likely$/i.test(match[0]) && /\b(?:not|un)\s*$/i.test(text.slice(0, match.index));
      if (!isMonth && !isUnlikely) return { certainty, range: { start: match.index, end: match.index + match[0].length } };
    }
  }
  return null;
}
