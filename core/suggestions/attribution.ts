import type { Phrase } from './phrases.ts';
import type { Sentence, WordRange } from './words.ts';

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
 * - `signed`: “We will stay.” — Smith, mayor
 */
export type AttributionPlace = 'after' | 'adjacent' | 'before' | 'label' | 'trailing' | 'owner' | 'subject' | 'signed';
