import type { Attribution, AttributionPlace } from './attribution.ts';
import { attributionOf } from './attribution-patterns.ts';
import { cueKind } from './cues.ts';
import { reportIn } from './indirect.ts';
import type { MarkedSpan } from './marks.ts';
import { type Phrase, phraseStartingAt } from './phrases.ts';
import { canSpeak, isCue, isVerb, subjectAfter, subjectOf } from './speakers.ts';
import { namesOf } from './terms.ts';
import { isCommaOrDash, isRelativePronoun, leadsOn } from './word-forms.ts';
import type { Sentence, Word, WordRange } from './words.ts';

/** How the speaker of a marked run was found, or that nobody was. */
export type QuoteRule =
  | `quote.${AttributionPlace}`
  | 'quote.continued'
  | 'quote.reopened'
  | 'quote.later'
  | 'quote.lead'
  | 'quote.next-paragraph'
  | 'quote.unattributed';

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
  readonly cue: (WordRange & { readonly sentence: Sentence }) | null;
  readonly rule: QuoteRule;
  /** 0 to 1: how sure the speaker is. */
  readonly certainty: number;
  /** The first run of the utterance that it is a further fragment of. */
  readonly continues: QuotedRun | null;
}

// As measured: how often the speaker found in each place is the right one (bench/suggestions.md).
const certainties: Readonly<Record<AttributionPlace, number>> = {
  after: 0.97,
  adjacent: 0.85,
  before: 0.9,
  label: 0.8,
  trailing: 0.95,
  owner: 0.5,
  subject: 0.7,
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
    continues: null,
    cue: null,
    speaker: null,
    confidence: 0.97,
  } as const;
  const found = splitByCue(sentence, index, runs) ?? attributionOf(sentence, index);
  if (previous?.span.goesOn && !found) {
    const { cue, speaker, isTerm, certainty } = previous;
    return { ...base, cue, speaker, isTerm, certainty, type: 'direct', rule: 'quote.reopened', continues: previous.continues ?? previous };
  }
  const reported = found?.place === 'after' || found?.place === 'adjacent' || found?.place === 'label';
  const vague = found?.cue && cueKind((sentence.words[found.cue.from] as Word).lower) === 'label' && isVague(found);
  const naming =
    vague && words <= 6
      ? 'name'
      : alone && span.start === sentence.words[0]?.start
        ? null
        : namesOf(sentence, index, words, reported, listedWith(sentence, index, previous));
  if (found) {
    const { cue, speaker, place } = found;
    const own = (place === 'after' && leadsOn(word)) || (place === 'adjacent' && startsSentence(word)) || place === 'label' || alone;
    const isTerm = naming !== null || (words < 3 && !(own && reported) && !isPredicate(sentence, index));
    return {
      ...base,
      isTerm,
      term: naming === 'label' ? null : naming,
      type: own ? 'direct' : 'mixed',
      cue: cue && { sentence, ...cue },
      speaker: speaker && { sentence, phrase: speaker },
      rule: `quote.${place}`,
      certainty: certainties[place],
      confidence: isTerm ? 0.85 : place === 'subject' || place === 'owner' ? 0.75 : 0.97,
    };
  }
  const rest = around(sentences, at, runs, alone);
  const heading =
    alone &&
    (!rest || (rest.rule === 'quote.next-paragraph' && words <= 6 && previous && previous.span.mark !== span.mark)) &&
    words <= 8 &&
    sentences[at - 1]?.paragraph !== sentence.paragraph &&
    sentences[at + 1]?.paragraph !== sentence.paragraph;
  if (alone && !heading && naming === null) return { ...base, type: 'direct', certainty: 0, rule: 'quote.unattributed', ...rest };
  const isTerm = heading || naming !== null || words < 3 || (words < 5 && !rest);
  return {
    ...base,
    type: 'mixed',
    isTerm,
    term: naming === 'label' ? null : naming,
    certainty: 0,
    rule: 'quote.unattributed',
    confidence: 0.6,
    ...(isTerm ? null : rest),
  };
}

// What the run before is that stands in one list with this one.
function listedWith({ words }: Sentence, index: number, previous: QuotedRun | undefined): 'name' | 'document' | null {
  if (!previous?.isTerm || previous.sentence.words !== words || previous.term === null) return null;
  const between = words.slice(previous.index + 1, index);
  return between.length > 0 && between.every(({ lower }) => /^(?:,|and|or|&)$/.test(lower)) ? previous.term : null;
}

// “what many call a “…””: a name that nobody in particular gives.
const isVague = ({ sentence, speaker }: Attribution) =>
  speaker !== null &&
  speaker.to === speaker.from + 1 &&
  /^(?:many|some|others|critics|people|observers|most|everyone)$/.test(sentence.words[speaker.from]?.lower ?? '');

const startsSentence = (word: Word) => /^[“"'‘«„]*(?:\p{Lu}|…|\.\.\.|\[|\d)/u.test(word.text);

// “was “largely finished””, “called it “absurd””: what is in marks is the statement.
function isPredicate({ words }: Sentence, index: number): boolean {
  if (isJudgement(words, index)) return true;
  for (let at = index - 1; at >= Math.max(0, index - 3); at--) {
    const word = words[at] as Word;
    if (/^(?:is|was|are|were|be|been|being|remain|remains|remained|become|became|seem|seems|seemed|looks|looked|’s|'s)$/.test(word.lower)) {
      return word.pos !== 'PART' || at === index - 1;
    }
    if (word.pos !== 'ADV' && word.pos !== 'DET' && !/^(?:most|more|not|n't)$/.test(word.lower)) return false;
  }
  return false;
}

// “called it “absurd””, “called the plan “absurd.””
function isJudgement(words: readonly Word[], index: number): boolean {
  for (let at = index - 2; at >= Math.max(0, index - 12); at--) {
    const word = words[at] as Word;
    if (cueKind(word.lower) !== 'label') continue;
    const object = words[at + 1] as Word;
    if (at === index - 2) return /^(?:it|that|this|him|her|them|me|us)$/.test(object.lower);
    return phraseStartingAt(words, at + 1, index)?.to === index;
  }
  return false;
}

// Who speaks where the run's own sentence does not say: the sentences around it do.
function around(sentences: readonly Sentence[], at: number, runs: readonly QuotedRun[], alone: boolean): Partial<QuotedRun> | null {
  const { paragraph } = sentences[at] as Sentence;
  const previous = runs.slice(-12).findLast(({ isTerm }) => !isTerm);
  const same = previous?.sentence.paragraph === paragraph ? previous : null;
  if (same?.speaker) {
    const { cue, speaker } = same;
    return {
      cue,
      speaker,
      rule: 'quote.continued',
      certainty: Math.min(0.93, same.certainty),
      confidence: 0.97,
      continues: same.continues ?? same,
    };
  }
  if (!alone) return null;
  const later = laterInParagraph(sentences, at);
  if (later) {
    const { sentence } = later;
    const cue = later.cue && { sentence, ...later.cue };
    return { cue, speaker: later.speaker && { sentence, phrase: later.speaker }, rule: 'quote.later', certainty: 0.8 };
  }
  const lead = leadIn(sentences, at);
  if (lead) return { speaker: lead, rule: 'quote.lead', certainty: 0.75 };
  if (previous?.speaker && paragraph - previous.sentence.paragraph === 1) {
    return { speaker: previous.speaker, rule: 'quote.next-paragraph', certainty: 0.6, confidence: 0.85 };
  }
  const reporter = reporterBefore(sentences, at);
  if (reporter) return { speaker: reporter, rule: 'quote.next-paragraph', certainty: 0.55, confidence: 0.85 };
  return null;
}

// “We will stay,” she said in Paris, “and we will help.”
function splitByCue(sentence: Sentence, index: number, runs: readonly QuotedRun[]): Attribution | null {
  const earlier = runs.at(-1);
  if (earlier?.sentence !== sentence || earlier.rule !== 'quote.after' || !earlier.speaker || !earlier.cue) return null;
  const before = sentence.words[index - 1];
  if (before?.text !== ':' && !isCommaOrDash(before)) return null;
  for (let at = earlier.cue.to; at < index; at++) {
    const word = sentence.words[at] as Word;
    if (word.lower === 'and' || (isCue(word, sentence.words[at + 1]) && at === index - 2)) return null;
  }
  return { sentence, cue: earlier.cue, speaker: earlier.speaker.phrase, place: 'after' };
}

// “Never again.” “We will not forget,” she said.
function laterInParagraph(sentences: readonly Sentence[], at: number): Attribution | null {
  const { paragraph } = sentences[at] as Sentence;
  for (let next = at + 1; next < at + 6 && sentences[next]?.paragraph === paragraph; next++) {
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
  // “Said Smith:”
  const inverted = leads && isCue(before.words[0] as Word) ? subjectAfter(before.words, 0, before.words.length - 1) : null;
  if (inverted) return { sentence: before, phrase: inverted };
  for (const [index, word] of before.words.entries()) {
    if (!isVerb(word)) continue;
    const phrase = subjectOf(before.words, index, 0);
    if (phrase && canSpeak(before.words, phrase) && !isRelativePronoun(before.words[phrase.from])) return { sentence: before, phrase };
  }
  return null;
}

// “Ana Ruiz said prices would fall.”, and the next paragraph is a quote.
function reporterBefore(sentences: readonly Sentence[], at: number): { sentence: Sentence; phrase: Phrase } | null {
  const before = sentences[at - 1];
  const here = sentences[at] as Sentence;
  if (!before || here.paragraph - before.paragraph !== 1) return null;
  const report = reportIn(before);
  return report && { sentence: before, phrase: report.speaker };
}

function countWords(words: string): number {
  return words.trim() === '' ? 0 : words.trim().split(/\s+/).length;
}
