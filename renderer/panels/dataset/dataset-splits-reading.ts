import { useEffect, useState } from 'react';
import type { PlannedSplits } from '../../../core/contract/dataset.ts';
import { AppError, type Failure } from '../../../core/failure.ts';
import type { SplitOptions } from '../../../core/splits/options.ts';
import { useSaveState, useSession } from '../../session.tsx';

/** Which splits to ask for; see `previewSplits` in the contract. */
export interface SplitAsking {
  readonly options: SplitOptions | null;
  readonly anew: boolean;
}

/** Splits as the host plans them: the last plan, the progress of the next one if it takes long, and any failure. */
export interface SplitReading {
  readonly plan: PlannedSplits | null;
  readonly progress: { readonly searched: number; readonly of: number } | null;
  readonly failure: Failure | null;
}

const nothing: SplitReading = { plan: null, progress: null, failure: null };

/** Asks for `asking` until the plan is there, and again once everything is saved. Null asks for nothing. */
export function useSplits(asking: SplitAsking | null): SplitReading {
  const { workspace } = useSession();
  const { state } = useSaveState();
  const [reading, setReading] = useState(nothing);
  useEffect(() => {
    if (state !== 'saved' || !asking) return;
    let isCurrent = true;
    const ask = async () => {
      while (isCurrent) {
        const { plan, searched, of } = await workspace.previewSplits(asking);
        if (!isCurrent) return;
        if (plan) return setReading({ ...nothing, plan });
        setReading((before) => ({ ...before, progress: { searched, of } }));
      }
    };
    ask().catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      if (isCurrent) setReading({ ...nothing, failure: error.failure });
    });
    return () => {
      isCurrent = false;
      setReading((before) => ({ ...before, progress: null }));
    };
  }, [workspace, asking, state]);
  return reading;
}
