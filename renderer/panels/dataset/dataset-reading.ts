import { useEffect, useMemo, useRef, useState } from 'react';
import type { ExportPreview, ExportProgress } from '../../../core/contract/dataset.ts';
import type { Failure } from '../../../core/failure.ts';
import type { ExportRequest } from '../../../core/formats/export-request.ts';
import { useSaveState, useSession, useWorkspace } from '../../session.tsx';
import { failureOf } from '../../state/notices.ts';

/** What an export would hold, as far as it is known: `preview` may still be of what was asked for before, while `isReading`. */
export interface PreviewReading {
  readonly preview: ExportPreview | null;
  readonly isReading: boolean;
  readonly progress: ExportProgress | null;
  readonly failure: Failure | null;
  /** Whether the person stopped it. */
  readonly isStopped: boolean;
}

// How long choices may follow each other before a preview is made of the last, in milliseconds.
const rest = 250;

const nothing: PreviewReading = { preview: null, isReading: false, progress: null, failure: null, isStopped: false };

/**
 * Keeps a preview of `request`, as long as the component that asks is on screen: made anew for another request, once everything is saved and
 * once the project or `version` is another; null asks for none. The one before is cancelled.
 */
export function useExportPreview(request: ExportRequest | null, version: number): PreviewReading & { stop(): void; again(): void } {
  const { workspace } = useSession();
  const isSaved = useSaveState().state === 'saved';
  const work = useWorkspace((state) => state.work);
  const articles = useWorkspace((state) => state.imported);
  const [round, setRound] = useState(0);
  const [reading, setReading] = useState(nothing);
  const running = useRef<AbortController | null>(null);
  const isFirst = useRef(true);
  const key = JSON.stringify(request);
  // Only what it says counts.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is all of the request
  const asked = useMemo(() => request, [key]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the preview is of what is on disk, which these changes have reached
  useEffect(() => {
    if (!isSaved || !asked) {
      setReading(({ preview }) => ({ ...nothing, preview: asked ? preview : null }));
      return;
    }
    const stop = new AbortController();
    running.current = stop;
    setReading(({ preview }) => ({ ...nothing, preview, isReading: true }));
    const timer = setTimeout(
      () => {
        const onProgress = (progress: ExportProgress) => stop.signal.aborted || setReading((before) => ({ ...before, progress }));
        workspace.previewExport(asked, { onProgress, signal: stop.signal }).then(
          (preview) => stop.signal.aborted || setReading({ ...nothing, preview }),
          (error: unknown) => stop.signal.aborted || setReading({ ...nothing, failure: failureOf(error) }),
        );
      },
      isFirst.current ? 0 : rest,
    );
    isFirst.current = false;
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [workspace, asked, isSaved, work, articles, round, version]);
  return {
    ...reading,
    stop: () => {
      running.current?.abort();
      setReading({ ...nothing, isStopped: true });
    },
    again: () => setRound((before) => before + 1),
  };
}
