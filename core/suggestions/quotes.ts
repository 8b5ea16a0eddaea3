import type { Attribution, AttributionPlace } from './attribution.ts';
import { attributionOf } from './attribution-patterns.ts';
import { cueKind } from './cues.ts';
import type { MarkedSpan } from './marks.ts';
import { isPredicate } from './predicates.ts';
import type { QuotedRun } from './quoted-run.ts';
import { speakerAround, splitByCue } from './speaker-around.ts';
import { termKindOf } from './terms.ts';
import { leadsOn } from './word-forms.ts';
import type { Sentence, Word } from './words.ts';

// As measured: how often the speaker found in each place is the right one (bench/suggestions.md).
const certainties: Readonly<Record<AttributionPlace, number>> = {
  after: 0.97,
  adjacent: 0.85,
  before: 0.9,
  label: 0.8,
  trailing: 0.95,
  owner: 0.5,
  subject: 0.7,
  signed: 0.9,
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
  const isAlone = sentence.words.every((other, position) => position === index || /^\p{P}+$/u.test(other.text));
  const previous = runs.at(-1);
  const base: Base = {
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
  };
  const found = splitByCue(sentence, index, runs) ?? attributionOf(sentence, index);
  if (previous?.span.goesOn && !found) {
    const { cue, speaker, isTerm, certainty } = previous;
    return { ...base, cue, speaker, isTerm, certainty, type: 'direct', rule: 'quote.reopened', continues: previous.continues ?? previous };
  }
  const isWholeSentence = isAlone && span.start === sentence.words[0]?.start;
  const kind =
    found && words <= 6 && isCalledByNobody(found)
      ? 'name'
      : isWholeSentence
        ? null
        : termKindOf(sentence, index, words, isReported(found), listedWith(sentence, index, previous));
  if (found) return attributedRun(base, found, kind, isAlone);
  const around = speakerAround(sentences, at, runs, isAlone);
  return unattributedRun(base, around, kind, isAlone, isAlone && isHeading(sentences, at, base, around, previous));
}

/** What is known of a run before anything is read from the words around it. */
type Base = Omit<QuotedRun, 'type' | 'rule' | 'certainty'>;
type TermKind = ReturnType<typeof termKindOf>;

// A label is the words of somebody, but says nothing of what kind of term it is.
const termOf = (kind: TermKind): QuotedRun['term'] => (kind === 'label' ? null : kind);

function attributedRun(base: Base, found: Attribution, kind: TermKind, isAlone: boolean): QuotedRun {
  const { sentence, index, words } = base;
  const { cue, speaker, place } = found;
  const run = sentence.words[index] as Word;
  const isLedTo = place === 'adjacent' || sentence.words[index - 1]?.text === ':';
  const isStatement =
    (place === 'after' && leadsOn(run)) ||
    (isLedTo && (startsSentence(run) || isCall(run))) ||
    place === 'label' ||
    place === 'signed' ||
    isAlone;
  const isTerm = kind !== null || (words < 3 && !(isStatement && isReported(found)) && !isPredicate(sentence, index, found.cue));
  return {
    ...base,
    isTerm,
    term: termOf(kind),
    type: isStatement ? 'direct' : 'mixed',
    cue: cue && { sentence, ...cue },
    speaker: speaker && { sentence, phrase: speaker },
    rule: `quote.${place}`,
    certainty: certainties[place],
    confidence: isTerm ? 0.85 : place === 'subject' || place === 'owner' ? 0.75 : 0.97,
  };
}

function unattributedRun(base: Base, around: Partial<QuotedRun> | null, kind: TermKind, isAlone: boolean, isHeading: boolean): QuotedRun {
  const nobody = { ...base, certainty: 0, rule: 'quote.unattributed' } as const;
  if (isAlone && !isHeading && kind === null) return { ...nobody, type: 'direct', ...around };
  const isTerm = isHeading || kind !== null || base.words < 3 || (base.words < 5 && !around);
  return { ...nobody, type: 'mixed', isTerm, term: termOf(kind), confidence: 0.6, ...(isTerm ? null : around) };
}

// A short paragraph in marks of which nobody is the speaker, or only whoever speaks in the paragraph before, in other marks.
function isHeading(
  sentences: readonly Sentence[],
  at: number,
  { words, span, sentence }: Base,
  around: Partial<QuotedRun> | null,
  previous: QuotedRun | undefined,
): boolean {
  // One of a row of quotes that stand alone.
  const isOneOfMany =
    previous !== undefined &&
    !previous.isTerm &&
    previous.span.mark === span.mark &&
    sentence.paragraph - previous.sentence.paragraph === 1;
  const isUnlikeBefore =
    around?.rule === 'quote.next-paragraph' && words <= 6 && previous !== undefined && previous.span.mark !== span.mark;
  return (
    (around ? isUnlikeBefore : !isOneOfMany) &&
    words <= 8 &&
    sentences[at - 1]?.paragraph !== sentence.paragraph &&
    sentences[at + 1]?.paragraph !== sentence.paragraph
  );
}

const isReported = (found: Attribution | null): boolean => found !== null && /^(?:after|adjacent|label|signed)$/.test(found.place);

// “what many call a “…””: a name that nobody in particular gives.
const isCalledByNobody = ({ sentence, cue, speaker }: Attribution): boolean =>
  cue !== null &&
  cueKind((sentence.words[cue.from] as Word).lower) === 'label' &&
  speaker !== null &&
  speaker.to === speaker.from + 1 &&
  /^(?:many|some|others|critics|people|observers|most|everyone)$/.test(sentence.words[speaker.from]?.lower ?? '');

// What the run before is that stands in one list with this one.
function listedWith({ words }: Sentence, index: number, previous: QuotedRun | undefined): 'name' | 'document' | null {
  if (!previous?.isTerm || previous.sentence.words !== words || previous.term === null) return null;
  const between = words.slice(previous.index + 1, index);
  return between.length > 0 && between.every(({ lower }) => /^(?:,|and|or|&)$/.test(lower)) ? previous.term : null;
}

// “they shouted “never again!””
const isCall = (word: Word) => /[!?]["'”’»]*$/.test(word.text);

const startsSentence = (word: Word) => /^[“"'‘«„]*(?:\p{Lu}|…|\.\.\.|\[|\d)/u.test(word.text);

function countWords(words: string): number {
  return words.trim() === '' ? 0 : words.trim().split(/\s+/).length;
}
