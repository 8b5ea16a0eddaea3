import { useEffect, useState } from 'react';
import { AppError, type Output } from '../../core/contract.ts';
import type { ConcordanceLine, ConcordanceOf } from '../../core/search/concordance.ts';
import { useSession } from '../session.tsx';

/** The lines of a concordance as far as they are there. */
export interface Lines {
  readonly lines: readonly ConcordanceLine[];
  readonly isDone: boolean;
  readonly isCut: boolean;
  readonly indexing: Output<'concordance'>['indexing'];
  readonly failure: string | null;
}

const nothing: Lines = { lines: [], isDone: false, isCut: false, indexing: null, failure: null };
/** As many lines as are listed. */
const most = 10_000;
// Milliseconds between the last letter and the question.
const rest = 150;

/** The lines of `of`, part by part; what another question has overtaken is dropped, and no further part of it is asked for. Null asks nothing. */
export function useLines(of: ConcordanceOf | null): Lines {
  const { workspace } = useSession();
  const [found, setFound] = useState(nothing);
  const key = of && JSON.stringify(of);
  useEffect(() => {
    setFound(nothing);
    if (key === null) return;
    let isCurrent = true;
    const sought = JSON.parse(key) as ConcordanceOf;
    const ask = async () => {
      let lines: ConcordanceLine[] = [];
      for (let after: string | null = null; ; ) {
        const part: Output<'concordance'> = await workspace.concordance({ of: sought, after });
        if (!isCurrent) return;
        lines = [...lines, ...part.lines].slice(0, most);
        after = part.next;
        const isCut = lines.length === most;
        const isDone = after === null || isCut;
        setFound({ lines, isDone, isCut, indexing: part.indexing, failure: null });
        if (isDone) return;
      }
    };
    const timer = setTimeout(() => {
      ask().catch((error: unknown) => {
        if (!(error instanceof AppError)) throw error;
        const { message, next } = error.failure;
        if (isCurrent) setFound({ ...nothing, isDone: true, failure: `${message} ${next}` });
      });
    }, rest);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [workspace, key]);
  return found;
}
