import type { Attribution } from './attribution.ts';
import { isEmptySubject } from './clauses.ts';
import { cueKind } from './cues.ts';
import { isNominal, type Phrase, phraseEndingAt, phraseStartingAt } from './phrases.ts';
import { canSpeak, isVerb, subjectOf } from './speakers.ts';
import { isGenitive } from './word-forms.ts';
import type { Sentence, Word } from './words.ts';

/** Who stands before the colon that leads to the marked run that is word `run` (“Smith: ‘Never again’”, “The senator hit back at once: “…””); null where none leads to it. */
export function labelBefore(sentence: Sentence, run: number): Attribution | null {
  const { words } = sentence;
  const colon = words.findIndex(({ text }) => text === ':');
  if (colon < 1 || colon > run) return null;
  const opening = phraseStartingAt(words, 0, colon);
  // “Smith on taxes: “…””
  const hasTopic = opening && /^(?:on|to|about|in|at)$/.test(words[opening.to]?.lower ?? '');
  if (opening && (opening.to === colon || hasTopic) && canSpeak(words, opening))
    return { sentence, cue: null, speaker: opening, place: 'label' };
  if (colon !== run - 1) return null;
  for (let at = 0; at < colon; at++) {
    if (!isVerb(words[at] as Word)) continue;
    const speaker = subjectOf(words, at, 0);
    if (speaker && canSpeak(words, speaker)) return { sentence, cue: { from: at, to: at + 1 }, speaker, place: 'label' };
  }
  return null;
}

/** The owner of what is in marks (“Smith’s “…””, “his “…” speech”), up to four words before word `run`; null where nobody is. */
export function ownerBefore(sentence: Sentence, run: number): Attribution | null {
  const { words } = sentence;
  for (let at = run - 1; at >= Math.max(0, run - 4); at--) {
    const word = words[at] as Word;
    if (/^(?:his|her|their|my)$/.test(word.lower))
      return { sentence, cue: null, speaker: { from: at, to: at + 1, pronoun: true }, place: 'owner' };
    if (isGenitive(word)) {
      const speaker = phraseEndingAt(words, at - 1, 0);
      return speaker && canSpeak(words, speaker) ? { sentence, cue: null, speaker, place: 'owner' } : null;
    }
    if (!isNominal(word)) return null;
  }
  return null;
}

/** Who stands behind a dash as the one whose words these are, the last thing in the line (“— Ana Ruiz, mayor”); null where nobody does. */
export function signatureBehind(sentence: Sentence, run: number): Attribution | null {
  const { words } = sentence;
  const first = run + 2;
  if (!/^[—–-]+$/.test(words[run + 1]?.text ?? '') || words.length - first > 12) return null;
  const speaker = phraseStartingAt(words, first, words.length);
  const isName = speaker !== null && !speaker.pronoun && words.slice(first, speaker.to).some(({ pos }) => pos === 'PROPN');
  const after = isName ? words[speaker.to] : undefined;
  const ends = after === undefined || /^[,.(]$/.test(after.text);
  return isName && ends && !words.slice(first).some(({ quote, pos }) => quote !== null || pos === 'AUX')
    ? { sentence, cue: null, speaker, place: 'signed' }
    : null;
}

/** The subject of the first verb before word `run`, if it is one that has words of its own: a guess. Null where it is none. */
export function subjectBefore(sentence: Sentence, run: number): Attribution | null {
  const { words } = sentence;
  // What stands before a semicolon is another sentence.
  const from = words.findLastIndex(({ text }, index) => index < run && text === ';') + 1;
  for (let at = from; at < run; at++) {
    if (!isVerb(words[at] as Word)) continue;
    const speaker = subjectOf(words, at, from);
    if (!speaker || !canSpeak(words, speaker) || isEmptySubject(words, speaker)) continue;
    if (!mayHaveWords(words, speaker)) return null;
    const cue = cueKind((words[at] as Word).lower) ? { from: at, to: at + 1 } : null;
    return { sentence, cue, speaker, place: 'subject' };
  }
  return null;
}

const peopleAndDocuments =
  /(?:er|or|ist|man|men|woman|women|people|ant|ent|ian)s?$|^(?:ad|ads|article|bill|campaign|chamber|committee|complaint|council|court|crowd|department|email|essay|government|group|law|lawsuit|letter|memo|message|ministry|one|party|poll|report|sign|site|some|statement|story|text|tweet|video|website)$/;

// People, groups and documents have words of their own; plans and days do not.
const mayHaveWords = (words: readonly Word[], { from, to, pronoun }: Phrase): boolean =>
  pronoun || words.slice(from, to).some(({ pos, lower }) => pos === 'PROPN' || peopleAndDocuments.test(lower));
