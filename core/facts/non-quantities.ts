import type { Range } from '../text/span.ts';
import { numeralAt, tokensOf } from './numerals.ts';

const month =
  '(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\\.?';
const day = '\\d{1,2}(?:st|nd|rd|th)?(?!\\d)';
const naming =
  'no|nos|number|article|chapter|section|page|pages|line|rule|resolution|room|gate|flight|route|highway|phase|stage|step|round|day|annex|protocol|paragraph|part|volume|act|type|boeing|airbus|channel|covid|group of|world war|version|tier|category|level|class|unit|plan|article|bill|order|case|question|season|episode|title|week|district|sector|block|reactor';
const patterns = [
  // Days and months in every order, with a year: 6 January 2026, January 6th, 6–8 January, between 6 and 8 January.
  new RegExp(`\\b${day}(?:\\s?[-–]\\s?${day}|\\s(?:and|to|or)\\s${day})?\\s(?:of\\s)?${month}\\b(?:,?\\s\\d{4}\\b)?`, 'g'),
  new RegExp(`\\b${month}\\s${day}(?:\\s?[-–]\\s?${day}|\\s(?:and|to|or)\\s${day})?(?:,?\\s\\d{4}\\b)?`, 'g'),
  new RegExp(`\\b${month},?\\s\\d{4}\\b`, 'g'),
  /\b\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b/g,
  // A time of day.
  /\b\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\b\.?|hours|hrs|GMT|UTC|CET|local)/gi,
  /\b\d{1,2}:\d{2}(?::\d{2})?\b/g,
  /\b\d{1,2}(?:\s?[-–]\s?\d{1,2})?\s?(?:[ap]\.m\b\.?|[ap]m\b|o[’']clock)/gi,
  /\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s?o[’']clock/gi,
  /\b(?:at|by|until|from)\s\d{1,2}\.\d{2}\b(?!\s?(?:%|per\s?cent|million|billion|trillion|percentage|[$€£]))/g,
  // Ordinals, decades, ages that are names, fractions of a date.
  /\b\d+(?:st|nd|rd|th)\b/gi,
  /(?:’|')?\b\d{2,4}s\b/g,
  /\b\d+\/\d+\b/g,
  new RegExp(`\\b(?:${naming})(?:\\.\\s?|\\s|\\s?#)(?:\\d+(?:\\.\\d+)?|[A-Za-z]+)(?![\\w%])`, 'gi'),
  /#\d+/g,
  // Letters and digits grown together: G7, F-16s, Su-35, MH17, 4x4.
  /\b\p{L}+-?\d[\p{L}\d-]*/gu,
  /\b\d+(?:\.\d+){2,}\b/g,
];
const weeks = /^(?:week|weeks|day|days|unit|plan|part|line|order|case|class|level|question|act|step|stage|round|group|page|section)$/i;

/** Where numbers stand in English `text` that count and measure nothing: days, times, ordinals, labels (“Article 5”, “G7”). Half-open UTF-16 offsets, ascending. */
export function nonQuantities(text: string): Range[] {
  return patterns
    .flatMap((pattern) =>
      [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length, words: match[0] })),
    )
    .filter(({ words }) => isNaming(words))
    .sort((a, b) => a.start - b.start);
}

// A label is followed by its number; “day one” and “plan for” are words like others.
function isNaming(words: string): boolean {
  const label = /^([\p{L} ]+)[\s.#]+([\p{L}]+)$/u.exec(words);
  return !label || numeralAt(tokensOf(label[2] as string), 0) !== null || !weeks.test(label[1] as string);
}
