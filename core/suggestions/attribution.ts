import { cueAfter, trailingCue } from './cue-after.ts';
import { cueBefore } from './cue-before.ts';
import { isPlainCue } from './cues.ts';
import type { Phrase } from './phrases.ts';
import { labelBefore, ownerBefore, subjectBefore } from './speaker-without-cue.ts';
import { leadsOn } from './word-forms.ts';
import type { Sentence, Word, WordRange } from './words.ts';

/** Who says a marked run and by which cue, found in the run's own sentence. */
export interface Attribution {
  readonly sentence: Sentence;
  /** Null where nothing reports. */
  readonly cue: WordRange | null;
  readonly speaker: Phrase | null;
  readonly place: AttributionPlace;
}

/**
 * By which pattern the speaker was found:
 *
 * - `after`: “We will stay,” said Smith.
 * - `adjacent`: Smith said: “We will stay.”
 * - `before`: Smith said that prices “go up and up” in winter.
 * - `label`: Smith: “We will stay.”
 * - `trailing`: The plan is “a disaster” for the region, Smith said.
 * - `subject`: Smith runs on a “plan for all of us”. (The subject of the sentence, a guess.)
 * - `owner`: On Monday came Smith’s “plan for all”.
 */
export type AttributionPlace = 'after' | 'adjacent' | 'before' | 'label' | 'trailing' | 'owner' | 'subject';

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
