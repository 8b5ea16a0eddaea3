import type { Attribution } from './attribution.ts';
import { cueAfter, trailingCue } from './cue-after.ts';
import { cueBefore } from './cue-before.ts';
import { isPlainCue } from './cues.ts';
import { labelBefore, ownerBefore, signatureBehind, subjectBefore } from './speaker-without-cue.ts';
import { leadsOn } from './word-forms.ts';
import type { Sentence, Word } from './words.ts';

/** The attribution of the marked run that is word `run` of `sentence`, by the first pattern that fits; null where its sentence says nothing of a speaker. */
export function attributionOf(sentence: Sentence, run: number): Attribution | null {
  const before = cueBefore(sentence, run);
  if (before?.place === 'adjacent') {
    const after = mayYield(before, run) ? cueAfter(sentence, run) : null;
    return after && isPlain(after) ? after : before;
  }
  return (
    cueAfter(sentence, run) ??
    before ??
    labelBefore(sentence, run) ??
    trailingCue(sentence, run) ??
    signatureBehind(sentence, run) ??
    subjectBefore(sentence, run) ??
    ownerBefore(sentence, run)
  );
}

// “She defends it in an advertisement: “We stay,” he says.”: behind a colon a verb that need not report yields to one that does.
const mayYield = (before: Attribution, run: number): boolean => {
  const { words } = before.sentence;
  return before.cue !== null && leadsOn(words[run] as Word) && words[run - 1]?.text === ':' && !isPlain(before);
};

const isPlain = ({ sentence, cue }: Attribution) => cue !== null && isPlainCue((sentence.words[cue.from] as Word).lower);
