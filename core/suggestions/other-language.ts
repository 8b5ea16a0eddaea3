import { type Range, type Span, spanAt } from '../text/span.ts';
import { spokenLines } from './dash-dialogue.ts';
import type { MarkedSpan } from './marks.ts';
import { ruleReasons, type SuggestionRule } from './rules.ts';
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

/**
 * What is spoken in a text that is not English: in marks, a quote where it is a statement, by its length or its stop, and behind the dash of a
 * dialogue. Whose words they are stays open.
 */
export function unreadSuggestions(text: string, marked: readonly MarkedSpan[]): Suggestion[] {
  const spoken = spokenLines(text);
  const lines = spoken.map((parts) =>
    suggested(
      parts.map((part) => spanAt(text, part)),
      'quote.dash',
      'direct',
    ),
  );
  const isSpoken = inOneOf(spoken.flat());
  const runs = marked.filter(({ depth, start }) => depth === 0 && !isSpoken(start));
  return [...lines, ...runs.map((run) => ofMarks(text, run))].sort((a, b) => (a.spans[0]?.start ?? 0) - (b.spans[0]?.start ?? 0));
}

function ofMarks(text: string, run: MarkedSpan): Suggestion {
  const inner = text.slice(run.inner.start, run.inner.end).trim();
  const isStatement = /[.!?…。！？؟]$/u.test(inner) || [...words.segment(inner)].filter(({ isWordLike }) => isWordLike).length >= 3;
  const isDirect = /[.!?…。！？؟,，،]$/u.test(inner) || /(?:[:：]|^|\n)\s*$/u.test(text.slice(Math.max(0, run.start - 4), run.start));
  const span = spanAt(text, run);
  return isStatement ? suggested([span], 'quote.unattributed', isDirect ? 'direct' : 'mixed') : suggested([span], 'term.scare', null);
}

function suggested(spans: readonly Span[], rule: SuggestionRule, type: 'direct' | 'mixed' | null): Suggestion {
  return {
    layer: type === null ? 'QUOTED_TERM' : 'QUOTE',
    spans,
    attributes: type === null ? { kind: 'scare' } : { type, medium: 'speech', speaker_form: 'implicit' },
    ...{ roles: [], rule, version: rulesVersion, why: ruleReasons[rule], confidence: 0.6 },
  };
}

// Whether a place lies in one of `ranges`, which ascend; places are asked for in ascending order.
function inOneOf(ranges: readonly Range[]): (at: number) => boolean {
  let next = 0;
  return (at) => {
    while ((ranges[next]?.end ?? Number.POSITIVE_INFINITY) <= at) next++;
    return (ranges[next]?.start ?? Number.POSITIVE_INFINITY) <= at;
  };
}
