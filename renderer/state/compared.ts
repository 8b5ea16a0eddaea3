import { hasRead } from '../../core/agreement/cases.ts';
import type { Reading } from '../../core/agreement/meaning.ts';
import { type Annotator, deciderOf } from '../../core/model/annotator.ts';
import { lastOf } from './last-of.ts';
import type { Workspace } from './workspace.ts';

/** What is compared on an article: the work of each annotator who has begun it, and that of the adjudicator; null if there is none. */
export interface Compared {
  readonly readings: readonly Reading[];
  readonly decided: Reading | null;
}

/** What is compared on an article that is loaded. */
export function comparedOn({ opened, work, others }: Workspace, article: string): Compared {
  return compared(opened?.annotators, opened?.annotator.id, work.sets.get(article), others.get(article));
}

const compared = lastOf(
  (
    annotators: readonly Annotator[] | undefined,
    own: string | undefined,
    set: Reading['set'] | undefined,
    others: readonly Reading[] | undefined,
  ): Compared => {
    if (!annotators || own === undefined) return { readings: [], decided: null };
    const all = [...(set ? [{ annotator: own, set }] : []), ...(others ?? [])];
    const decider = deciderOf(annotators, own);
    return {
      readings: annotators
        .filter(({ role }) => role !== 'adjudicator')
        .flatMap(({ id }) => all.filter((reading) => reading.annotator === id && hasRead(reading))),
      decided: all.find(({ annotator }) => annotator === decider?.id) ?? null,
    };
  },
);
