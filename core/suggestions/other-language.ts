import { spanAt } from '../text/span.ts';
import type { MarkedSpan } from './marks.ts';
import { ruleReasons } from './rules.ts';
import { rulesVersion, type Suggestion } from './suggestion.ts';

// Words that are common in English and rare in what else is written in Latin letters.
const english = /^(?:the|of|and|to|that|for|on|with|said|he|she|it|his|by|from|at|have|has|not|but|they|who|would|is|are|which)$/i;
const fewest = 20;
const sample = 8000;

/** Whether `text` reads as English in its beginning, which the rules of grammar are made for; a text of few words does. */
export function isEnglish(text: string): boolean {
  const beginning = text.slice(0, sample);
  const latin = beginning.match(/\p{Script=Latin}+/gu) ?? [];
  const letters = beginning.match(/\p{L}/gu)?.length ?? 0;
  if (letters > fewest && latin.join('').length < letters / 2) return false;
  return latin.length < fewest || latin.filter((word) => english.test(word)).length > latin.length / 10;
}

const words = new Intl.Segmenter('en', { granularity: 'word' });

/** What stands in marks in a text that is not English: a quote where it is a statement, by its length or its stop; whose it is stays open. */
export function unreadSuggestions(text: string, marked: readonly MarkedSpan[]): Suggestion[] {
  return marked
    .filter(({ depth }) => depth === 0)
    .map((run) => {
      const inner = text.slice(run.inner.start, run.inner.end).trim();
      const isStatement = /[.!?…。！？؟]$/u.test(inner) || [...words.segment(inner)].filter(({ isWordLike }) => isWordLike).length >= 3;
      const isDirect = /[.!?…。！？؟,，،]$/u.test(inner) || /(?:[:：]|^|\n)\s*$/u.test(text.slice(Math.max(0, run.start - 4), run.start));
      const rule = isStatement ? 'quote.unattributed' : 'term.scare';
      return {
        layer: isStatement ? 'QUOTE' : 'QUOTED_TERM',
        spans: [spanAt(text, run)],
        attributes: isStatement ? { type: isDirect ? 'direct' : 'mixed', medium: 'speech', speaker_form: 'implicit' } : { kind: 'scare' },
        ...{ roles: [], rule, version: rulesVersion, why: ruleReasons[rule], confidence: 0.6 },
      };
    });
}
