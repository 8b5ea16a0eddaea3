import type { Output } from '../../../core/contract.ts';
import type { ConcordanceLine, ConcordanceOf } from '../../../core/search/concordance.ts';
import { useSession } from '../../session.tsx';
import { type Asked, useAsked } from '../search/asking.ts';

/** The lines of a concordance received so far. */
export interface Lines {
  readonly lines: readonly ConcordanceLine[];
  /** Whether there are more lines than are listed. */
  readonly isCut: boolean;
  readonly indexing: Output<'concordance'>['indexing'];
}

/** The most lines that are listed. */
const most = 10_000;
// Milliseconds between the last letter and the question.
const rest = 150;

/** The lines of `of`, part by part; see `useAsked`. Null asks nothing and gives no lines. */
export function useLines(of: ConcordanceOf | null): Asked<Lines> {
  const { workspace } = useSession();
  const key = of && JSON.stringify(of);
  const asked = useAsked<Lines>(
    'concordance',
    key,
    async (tell) => {
      let lines: ConcordanceLine[] = [];
      for (let after: string | null = null; of; ) {
        const part: Output<'concordance'> = await workspace.concordance({ of, after });
        lines = [...lines, ...part.lines].slice(0, most);
        const read = { lines, isCut: lines.length === most, indexing: part.indexing };
        after = part.next;
        if (after === null || read.isCut || !tell(read)) return read;
      }
      return { lines, isCut: false, indexing: null };
    },
    rest,
  );
  return key === null ? unasked : asked;
}

const unasked: Asked<Lines> = { key: '', answer: null, isDone: false, failure: null };
