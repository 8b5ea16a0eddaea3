import type { AttributionPlace } from './attribution.ts';
import type { MarkedSpan } from './marks.ts';
import type { Phrase } from './phrases.ts';
import type { Sentence, WordRange } from './words.ts';

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
