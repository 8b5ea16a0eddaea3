import { type Attribution, attributionOf, leadsOn } from './attribution.ts';
import type { MarkedSpan } from './marks.ts';
import type { Phrase } from './phrases.ts';
import { canSpeak, isVerb, subjectOf } from './speakers.ts';
import type { Sentence, Word } from './words.ts';

/** A marked run with what was found of its speaker. */
export interface QuotedRun {
  readonly span: MarkedSpan;
  readonly sentence: Sentence;
  /** Index of the run among the words of its sentence. */
  readonly index: number;
  readonly isTerm: boolean;
  /** What kind of term it is, where the words say so. */
  readonly term: 'name' | 'document' | null;
  /** 0 to 1: how sure it is that this is a quote, or a term. */
  readonly confidence: number;
  readonly type: 'direct' | 'mixed';
  readonly words: number;
  readonly speaker: { readonly sentence: Sentence; readonly phrase: Phrase } | null;
  readonly cue: { readonly sentence: Sentence; readonly from: number; readonly to: number } | null;
  readonly rule: string;
  /** 0 to 1: how sure the speaker is. */
  readonly certainty: number;
  /** The run that it is a further fragment of. */
  readonly continues: QuotedRun | null;
}

const certainties: Readonly<Record<Attribution['place'], number>> = {
  after: 0.97,
  adjacent: 0.96,
  before: 0.9,
  trailing: 0.85,
  owner: 0.7,
  subject: 0.6,
};

/** Every outermost marked run of `sentences`, in order, told apart as quote or term, with its speaker. */
export function quotedRuns(text: string, sentences: readonly Sentence[]): QuotedRun[] {
  const runs: QuotedRun[] = [];
  for (const [at, sentence] of sentences.entries()) {
    for (const [index, word] of sentence.words.entries()) {
      if (!word.quote) continue;
      runs.push(readRun(text, sentences, at, index, word.quote, runs));
    }
  }
  return runs;
}

function readRun(
  text: string,
  sentences: readonly Sentence[],
  at: number,
  index: number,
  span: MarkedSpan,
  runs: readonly QuotedRun[],
): QuotedRun {
  const sentence = sentences[at] as Sentence;
  const words = countWords(text.slice(span.inner.start, span.inner.end));
  const word = sentence.words[index] as Word;
  const alone = sentence.words.every((other, position) => position === index || /^\p{P}+$/u.test(other.text));
  const previous = runs.at(-1);
  const base = {
    span,
    sentence,
    index,
    words,
    isTerm: false,
    term: null,
    confidence: 0.9,
    continues: null,
    cue: null,
    speaker: null,
  } as const;
  const found = attributionOf(sentence, index);
  if (previous?.span.goesOn && !found)
    return {
      ...previous,
      ...base,
      cue: previous.cue,
      speaker: previous.speaker,
      rule: 'quote.reopened',
      continues: previous,
      type: 'direct',
      isTerm: previous.isTerm,
    };
  if (found) {
    const { cue, speaker, place } = found;
    const direct =
      (place === 'after' && leadsOn(word)) || (place === 'adjacent' && /^[“"'‘«„]*(?:\p{Lu}|…|\.\.\.|\[|\d)/u.test(word.text)) || alone;
    const isTerm = words < 3 && !((place === 'after' || place === 'adjacent') && direct);
    return {
      ...base,
      isTerm,
      type: direct ? 'direct' : 'mixed',
      cue: cue && { sentence, ...cue },
      speaker: speaker && { sentence, phrase: speaker },
      rule: `quote.${place}`,
      certainty: certainties[place],
    };
  }
  if (alone) {
    const sameParagraph = previous && previous.sentence.paragraph === sentence.paragraph && !previous.isTerm ? previous : null;
    if (sameParagraph?.speaker) {
      return {
        ...base,
        type: 'direct',
        cue: sameParagraph.cue,
        speaker: sameParagraph.speaker,
        rule: 'quote.continued',
        certainty: Math.min(0.93, sameParagraph.certainty),
        continues: sameParagraph,
      };
    }
    const later = laterInParagraph(sentences, at);
    if (later)
      return {
        ...base,
        type: 'direct',
        cue: later.cue && { sentence: later.sentence, ...later.cue },
        speaker: later.speaker && { sentence: later.sentence, phrase: later.speaker },
        rule: 'quote.later',
        certainty: 0.8,
      };
    const lead = leadIn(sentences, at);
    if (lead) return { ...base, type: 'direct', speaker: lead, rule: 'quote.lead', certainty: 0.75 };
    if (previous?.speaker && !previous.isTerm && sentence.paragraph - previous.sentence.paragraph === 1) {
      return { ...base, type: 'direct', speaker: previous.speaker, rule: 'quote.next-paragraph', certainty: 0.6 };
    }
    return { ...base, type: 'direct', rule: 'quote.unattributed', certainty: 0.5 };
  }
  return { ...base, type: 'mixed', isTerm: words < 3, rule: 'quote.unattributed', certainty: 0.4 };
}

// “Never again.” “We will not forget,” she said.
function laterInParagraph(sentences: readonly Sentence[], at: number): Attribution | null {
  const { paragraph } = sentences[at] as Sentence;
  for (let next = at + 1; sentences[next]?.paragraph === paragraph; next++) {
    const sentence = sentences[next] as Sentence;
    const index = sentence.words.findIndex(({ quote }) => quote);
    if (index !== 0) return null;
    const found = attributionOf(sentence, index);
    if (found?.place === 'after') return found;
  }
  return null;
}

// The sentence before, in this paragraph or leading to it: its subject speaks.
function leadIn(sentences: readonly Sentence[], at: number): { sentence: Sentence; phrase: Phrase } | null {
  const before = sentences[at - 1];
  const here = sentences[at] as Sentence;
  if (!before) return null;
  const leads = before.words.at(-1)?.text === ':';
  if (before.paragraph !== here.paragraph && !leads) return null;
  for (const [index, word] of before.words.entries()) {
    if (!isVerb(word)) continue;
    const phrase = subjectOf(before.words, index, 0);
    if (phrase && canSpeak(before.words, phrase)) return { sentence: before, phrase };
  }
  return null;
}

function countWords(words: string): number {
  return words.trim() === '' ? 0 : words.trim().split(/\s+/).length;
}
