import { useEffect, useMemo, useRef, useState } from 'react';
import type { ExportPreview, ExportProgress } from '../../../core/contract/dataset.ts';
import type { Failure } from '../../../core/failure.ts';
import type { ExportRequest } from '../../../core/formats/export-request.ts';
import { useSaveState, useSession, useWorkspace } from '../../session.tsx';
import { failureOf } from '../../state/notices.ts';

/** What an export would contain, as far as known. While `isReading`, `preview` may still be that of the previous request. */
export interface PreviewReading {
  readonly preview: ExportPreview | null;
  readonly isReading: boolean;
  readonly progress: ExportProgress | null;
  readonly failure: Failure | null;
  /** Whether the user stopped it. */
  readonly isStopped: boolean;
}

// In milliseconds. A preview is made once the choices have not changed for this long.
const rest = 250;

const nothing: PreviewReading = { preview: null, isReading: false, progress: null, failure: null, isStopped: false };

/**
 * Keeps a preview of `request` while the calling component is on screen; null means no preview. Made again for another request, once everything is
 * saved, and when the project or `version` changes. The previous one is cancelled.
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
  // Only its content matters.
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
