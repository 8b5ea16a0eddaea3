import type { Attribution } from './attribution.ts';
import { attributionOf } from './attribution-patterns.ts';
import { reportIn } from './indirect.ts';
import type { Phrase } from './phrases.ts';
import type { QuotedRun } from './quoted-run.ts';
import { signatureBehind } from './speaker-without-cue.ts';
import { canSpeak, isCue, isVerb, subjectAfter, subjectOf } from './speakers.ts';
import { isCommaOrDash, isRelativePronoun } from './word-forms.ts';
import type { Sentence, Word } from './words.ts';

/** The attribution of the first part of an utterance that its cue splits (“We will stay,” she said in Paris, “and we will help.”), if word `index` is a further part of it; null otherwise. */
export function splitByCue(sentence: Sentence, index: number, runs: readonly QuotedRun[]): Attribution | null {
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

/** What the sentences around a marked run, which is in sentence `at`, say of its speaker, where its own says nothing; null where they do not either. `runs` are those before it, `isAlone` whether it is its whole sentence. */
export function speakerAround(
  sentences: readonly Sentence[],
  at: number,
  runs: readonly QuotedRun[],
  isAlone: boolean,
): Partial<QuotedRun> | null {
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
  if (!isAlone) return null;
  const below = sentences[at + 1];
  const signed = below && below.paragraph - paragraph === 1 ? signatureBehind(below, -1) : null;
  if (signed?.speaker) return { speaker: { sentence: signed.sentence, phrase: signed.speaker }, rule: 'quote.signed', certainty: 0.9 };
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
